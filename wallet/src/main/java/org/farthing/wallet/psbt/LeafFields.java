package org.farthing.wallet.psbt;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.wallet.spend.LeafScript;

/** Leaf scripts: the control block is the key data, script and leaf version the value. */
final class LeafFields {
  private static final int MIN_KEY_SIZE = 1 + 1 + Secp256k1.KEY_SIZE;

  /** By script, the shortest control block first. */
  static final Comparator<Map.Entry<ByteString, ByteString>> ORDER =
      Comparator.<Map.Entry<ByteString, ByteString>, LeafScript>comparing(
              field -> leaf(field.getValue()))
          .thenComparing(field -> controlBlock(field.getKey()), LeafScript.SHORTEST_FIRST);

  private LeafFields() {}

  static void checkKey(ByteString key) throws DecodeException {
    if (key.size() < MIN_KEY_SIZE) {
      throw new DecodeException("Input Taproot leaf script key is not at least 34 bytes");
    }
    if ((key.size() - MIN_KEY_SIZE) % Secp256k1.KEY_SIZE != 0) {
      throw new DecodeException("Input Taproot leaf script key's control block size is not valid");
    }
  }

  static Optional<ByteString> value(ByteString value) throws DecodeException {
    if (value.isEmpty()) {
      throw new DecodeException("Input Taproot leaf script must be at least 1 byte");
    }
    return Optional.of(value);
  }

  static ByteString controlBlock(ByteString key) {
    return key.slice(1);
  }

  static LeafScript leaf(ByteString value) {
    int end = value.size() - 1;
    return new LeafScript(value.slice(0, end), value.byteAt(end));
  }

  static ByteString write(LeafScript leaf) {
    return leaf.script().then(ByteString.of(new byte[] {(byte) leaf.version()}));
  }
}
