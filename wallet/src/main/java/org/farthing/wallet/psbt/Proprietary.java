package org.farthing.wallet.psbt;

import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.bytes.CompactSize;
import org.farthing.consensus.bytes.DecodeException;

/**
 * A field whose meaning only one program knows.
 *
 * @param identifier of the program
 * @param subtype what the program calls a field of this kind
 * @param key the whole key
 */
public record Proprietary(ByteString identifier, long subtype, ByteString key, ByteString value) {
  static Proprietary of(ByteString key, ByteString value) {
    try {
      Proprietary proprietary = ofKey(key);
      return new Proprietary(proprietary.identifier, proprietary.subtype, key, value);
    } catch (DecodeException e) {
      throw new AssertionError("a key that was read before", e);
    }
  }

  static Proprietary ofKey(ByteString key) throws DecodeException {
    ByteReader in = key.reader();
    in.compactSize();
    ByteString identifier = ByteString.of(in.varBytes());
    long subtype = in.compactSize();
    if (subtype < 0 || subtype > CompactSize.MAX_COUNT) {
      throw new DecodeException("ReadCompactSize(): size too large");
    }
    return new Proprietary(identifier, subtype, key, ByteString.EMPTY);
  }
}
