package org.farthing.wallet.psbt;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.consensus.crypto.Sha256;
import org.farthing.wallet.psbt.PsbtField.FieldRule;

/** What the participants of MuSig2 exchange (BIP-0373). */
final class MusigFields {
  private static final int NONCE_SIZE = 66;

  private static final int PARTICIPANT = 1;
  private static final int AGGREGATE = PARTICIPANT + Secp256k1.COMPRESSED_SIZE;
  private static final int LEAF_HASH = AGGREGATE + Secp256k1.COMPRESSED_SIZE;

  /** By aggregate key, the key path before leaves, then by participant. */
  static final Comparator<Map.Entry<ByteString, ByteString>> ORDER =
      Comparator.<Map.Entry<ByteString, ByteString>, ByteString>comparing(
              field -> field.getKey().slice(AGGREGATE))
          .thenComparing(field -> field.getKey().slice(PARTICIPANT, AGGREGATE));

  private MusigFields() {}

  /** The keys of a participant and of all together, and the hash of a leaf if it is for one. */
  static FieldRule key(String what) {
    return key -> {
      if (key.size() != LEAF_HASH && key.size() != LEAF_HASH + Sha256.SIZE) {
        throw new DecodeException(
            "Input musig2 " + what + " key is not expected size of 67 or 99 bytes");
      }
      FieldValues.checkKey(key.slice(AGGREGATE, LEAF_HASH), "musig2 aggregate pubkey is invalid");
      FieldValues.checkKey(
          key.slice(PARTICIPANT, AGGREGATE), "musig2 participant pubkey is invalid");
    };
  }

  static Optional<ByteString> nonce(ByteString value) throws DecodeException {
    if (value.size() != NONCE_SIZE) {
      throw new DecodeException("Input musig2 pubnonce value is not 66 bytes");
    }
    return Optional.of(value);
  }

  static PsbtInput.MusigPart part(Map.Entry<ByteString, ByteString> field) {
    ByteString key = field.getKey();
    return new PsbtInput.MusigPart(
        key.slice(PARTICIPANT, AGGREGATE),
        key.slice(AGGREGATE, LEAF_HASH),
        Optional.of(key.slice(LEAF_HASH)).filter(hash -> !hash.isEmpty()),
        field.getValue());
  }
}
