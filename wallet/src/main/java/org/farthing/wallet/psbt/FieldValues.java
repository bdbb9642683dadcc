package org.farthing.wallet.psbt;

import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.bytes.EndOfDataException;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.consensus.crypto.Sha256;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Witness;
import org.farthing.wallet.psbt.PsbtField.FieldRule;
import org.farthing.wallet.psbt.PsbtField.FieldValue;

/** The forms of keys and values that several kinds of fields share. */
final class FieldValues {
  private FieldValues() {}

  /** Reads a value to its end. */
  @FunctionalInterface
  interface Reading<T> {
    T read(ByteReader in) throws DecodeException;
  }

  /** A value of exactly one thing. */
  static <T> T whole(ByteString value, Reading<T> reading) throws DecodeException {
    ByteReader in = value.reader();
    T read;
    try {
      read = reading.read(in);
    } catch (EndOfDataException e) {
      throw wrongSize();
    }
    if (in.remaining() != 0) {
      throw wrongSize();
    }
    return read;
  }

  private static DecodeException wrongSize() {
    return new DecodeException("Size of value was not the stated size");
  }

  /** Whatever stands there. */
  static Optional<ByteString> any(ByteString value) {
    return Optional.of(value);
  }

  /** A script; an empty one says nothing. */
  static Optional<ByteString> script(ByteString value) {
    return Optional.of(value).filter(script -> !script.isEmpty());
  }

  /** A value of a fixed size. */
  static FieldValue fixed(int size) {
    return value -> Optional.of(whole(value, in -> ByteString.of(in.bytes(size))));
  }

  /** 32 bytes; zeros say nothing. */
  static Optional<ByteString> nonZero(ByteString value) throws DecodeException {
    return Optional.of(whole(value, in -> ByteString.of(in.bytes(Sha256.SIZE))))
        .filter(bytes -> !bytes.isZero());
  }

  static Optional<ByteString> count(ByteString value) throws DecodeException {
    whole(value, in -> in.count(0));
    return Optional.of(value);
  }

  /** A transaction without witness, which inputs don't need. */
  static Optional<ByteString> unsigned(ByteString value) throws DecodeException {
    Transaction transaction = whole(value, Transaction::readWithoutWitness);
    if (transaction.inputs().stream().anyMatch(input -> !input.scriptSig().isEmpty())) {
      throw new DecodeException("Unsigned tx does not have empty scriptSigs and scriptWitnesses.");
    }
    return Optional.of(value);
  }

  static Optional<ByteString> transaction(ByteString value) throws DecodeException {
    whole(value, Transaction::read);
    return Optional.of(value);
  }

  /** An output; the amount of -1 stands for none. */
  static Optional<ByteString> output(ByteString value) throws DecodeException {
    TxOut output = whole(value, TxOut::read);
    return Optional.of(value).filter(v -> output.valueSat() != -1);
  }

  /** The stack of a witness; an empty one says nothing. */
  static Optional<ByteString> witness(ByteString value) throws DecodeException {
    Witness witness = whole(value, Witness::read);
    return Optional.of(value).filter(v -> !witness.isEmpty());
  }

  /** A fingerprint and child numbers, each of four bytes. */
  static Optional<ByteString> keyOrigin(ByteString value) throws DecodeException {
    if (value.isEmpty() || value.size() % 4 != 0) {
      throw new DecodeException("Invalid length for HD key path");
    }
    return Optional.of(value);
  }

  /** The hashes of leaves, sorted and each once, then an origin. */
  static FieldValue taprootOrigin(String scope) {
    return value -> {
      ByteReader in = value.reader();
      NavigableSet<ByteString> hashes = new TreeSet<>();
      try {
        int count = in.count(Sha256.SIZE);
        for (int i = 0; i < count; i++) {
          hashes.add(ByteString.of(in.bytes(Sha256.SIZE)));
        }
      } catch (DecodeException e) {
        throw new DecodeException(scope + " Taproot BIP32 keypath has an invalid length");
      }
      ByteString origin = ByteString.of(in.bytes(in.remaining()));
      keyOrigin(origin);
      ByteWriter out = new ByteWriter(value.size()).compactSize(hashes.size());
      hashes.forEach(hash -> hash.writeTo(out));
      return Optional.of(PsbtField.written(out).then(origin));
    };
  }

  /** Public keys of 33 bytes, one after the other (BIP-0373). */
  static FieldValue participants(String scope) {
    return value -> {
      for (int at = 0; at + Secp256k1.COMPRESSED_SIZE <= value.size(); ) {
        ByteString key = value.slice(at, at + Secp256k1.COMPRESSED_SIZE);
        checkKey(key, scope + " musig2 participant pubkey is invalid");
        at += Secp256k1.COMPRESSED_SIZE;
      }
      if (value.size() % Secp256k1.COMPRESSED_SIZE != 0) {
        throw new DecodeException(
            scope + " musig2 participants pubkeys value size is not a multiple of 33");
      }
      return Optional.of(value);
    };
  }

  /** The number of the kind, then an aggregate key (BIP-0373). */
  static FieldRule aggregateKey(String scope) {
    FieldRule size =
        PsbtField.size(scope + " MuSig2 Participants Pubkeys", Secp256k1.COMPRESSED_SIZE + 1);
    return key -> {
      size.check(key);
      checkKey(key.slice(1), scope + " musig2 aggregate pubkey is invalid");
    };
  }

  /** The number of the kind, then a public key of 33 or 65 bytes. */
  static FieldRule publicKey(String wrongSize) {
    return key -> {
      int size = key.size() - 1;
      if (size != Secp256k1.COMPRESSED_SIZE && size != Secp256k1.UNCOMPRESSED_SIZE) {
        throw new DecodeException(wrongSize);
      }
      checkKey(key.slice(1), "Invalid pubkey");
    };
  }

  static void checkKey(ByteString key, String message) throws DecodeException {
    if (!Secp256k1.isValidPublicKey(key.toByteArray())) {
      throw new DecodeException(message);
    }
  }

  /** The number of the kind, then an identifier with its length, and a number. */
  static void proprietary(ByteString key) throws DecodeException {
    Proprietary.ofKey(key);
  }

  /** A script's bytes. */
  static Script toScript(ByteString value) {
    return Script.of(value.toByteArray());
  }
}
