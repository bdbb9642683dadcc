package org.farthing.consensus.primitives;

import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;

/**
 * An output of a transaction.
 *
 * @param index the output's position, an unsigned 32-bit number; {@code -1} (all ones) together
 *     with a zero txid marks a coinbase input
 */
public record OutPoint(Txid txid, int index) implements Comparable<OutPoint> {
  /** The length in bytes. */
  public static final int SIZE = 36;

  /** What the input of a coinbase names. */
  public static final OutPoint NULL = new OutPoint(Txid.ZERO, -1);

  public boolean isNull() {
    return index == -1 && txid.isZero();
  }

  public static OutPoint read(ByteReader in) throws DecodeException {
    return new OutPoint(Txid.read(in), in.int32());
  }

  public void writeTo(ByteWriter out) {
    txid.writeTo(out);
    out.int32(index);
  }

  /** By the transaction, in an order without meaning, then by the index. */
  @Override
  public int compareTo(OutPoint other) {
    int byTransaction = txid.compareTo(other.txid);
    return byTransaction != 0 ? byTransaction : Integer.compareUnsigned(index, other.index);
  }

  /** Written out, as maps of coins ask for it some ten thousand times for each block. */
  @Override
  public boolean equals(Object other) {
    return other instanceof OutPoint that && index == that.index && txid.equals(that.txid);
  }

  @Override
  public int hashCode() {
    return 31 * txid.hashCode() + index;
  }

  @Override
  public String toString() {
    return txid + ":" + Integer.toUnsignedString(index);
  }
}
