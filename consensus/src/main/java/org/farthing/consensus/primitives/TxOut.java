package org.farthing.consensus.primitives;

import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;

/**
 * An output of a transaction.
 *
 * @param valueSat the amount in satoshis: any 64-bit number, also one that no rule allows
 */
public record TxOut(long valueSat, Script scriptPubKey) {
  /** The least bytes that an output takes on the wire. */
  static final int MIN_SIZE = 8 + 1;

  public static TxOut read(ByteReader in) throws DecodeException {
    return new TxOut(in.int64(), Script.read(in));
  }

  public void writeTo(ByteWriter out) {
    out.int64(valueSat);
    scriptPubKey.writeTo(out);
  }

  /** The length in bytes. */
  public int encodedSize() {
    return 8 + scriptPubKey.encodedSize();
  }

  /** Written out, as what a record makes of itself at run time would hold up each start. */
  @Override
  public boolean equals(Object other) {
    return other instanceof TxOut that
        && valueSat == that.valueSat
        && scriptPubKey.equals(that.scriptPubKey);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(valueSat) + scriptPubKey.hashCode();
  }
}
