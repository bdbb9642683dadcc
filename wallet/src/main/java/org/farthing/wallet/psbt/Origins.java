package org.farthing.wallet.psbt;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.crypto.Sha256;
import org.farthing.wallet.descriptor.KeyOrigin;
import org.farthing.wallet.keys.DerivationPath;
import org.farthing.wallet.spend.TaprootData.TaprootKey;

/** Where keys come from, in the values of fields; what is read here has been checked before. */
final class Origins {
  private Origins() {}

  static KeyOrigin read(ByteString value) {
    try {
      return read(value.reader());
    } catch (DecodeException e) {
      throw new AssertionError("an origin that was read before", e);
    }
  }

  private static KeyOrigin read(ByteReader in) throws DecodeException {
    int fingerprint = Integer.reverseBytes(in.int32());
    List<Integer> steps = new ArrayList<>();
    while (in.remaining() > 0) {
      steps.add(in.int32());
    }
    return new KeyOrigin(fingerprint, new DerivationPath(steps));
  }

  static ByteString write(KeyOrigin origin) {
    ByteWriter out = new ByteWriter();
    write(origin, out);
    return PsbtField.written(out);
  }

  private static void write(KeyOrigin origin, ByteWriter out) {
    out.int32(Integer.reverseBytes(origin.fingerprint()));
    origin.path().steps().forEach(out::int32);
  }

  static TaprootKey readTaproot(ByteString value) {
    try {
      ByteReader in = value.reader();
      NavigableSet<ByteString> hashes = new TreeSet<>();
      int count = in.count(Sha256.SIZE);
      for (int i = 0; i < count; i++) {
        hashes.add(ByteString.of(in.bytes(Sha256.SIZE)));
      }
      return new TaprootKey(hashes, read(in));
    } catch (DecodeException e) {
      throw new AssertionError("an origin that was read before", e);
    }
  }

  static ByteString write(TaprootKey key) {
    ByteWriter out = new ByteWriter().compactSize(key.leafHashes().size());
    key.leafHashes().forEach(hash -> hash.writeTo(out));
    write(key.origin(), out);
    return PsbtField.written(out);
  }
}
