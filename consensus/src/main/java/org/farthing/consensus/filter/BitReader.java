package org.farthing.consensus.filter;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.farthing.consensus.bytes.DecodeException;

/** Reads bits, the most significant first. */
final class BitReader {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** However many bits of the first byte are read already, so many are in one look ahead. */
  private static final int AHEAD = Long.SIZE - Byte.SIZE + 1;

  private final byte[] data;
  private final long end;
  private long position;

  BitReader(byte[] data, int offset) {
    this.data = data;
    this.end = (long) Byte.SIZE * data.length;
    this.position = (long) Byte.SIZE * offset;
  }

  /** How many ones stand before the next zero, which is read too. */
  long ones() throws DecodeException {
    long count = 0;
    int found = Long.numberOfLeadingZeros(~ahead());
    while (found >= AHEAD) {
      count += AHEAD;
      move(AHEAD);
      found = Long.numberOfLeadingZeros(~ahead());
    }
    move(found + 1);
    return count + found;
  }

  /**
   * @param count from 1 to {@value #AHEAD}
   */
  long bits(int count) throws DecodeException {
    long value = ahead() >>> (Long.SIZE - count);
    move(count);
    return value;
  }

  private void move(int bits) throws DecodeException {
    position += bits;
    if (position > end) {
      throw new DecodeException("bits end too early");
    }
  }

  /** The next bits from the highest down; zeros behind the end. */
  private long ahead() {
    int first = (int) (position / Byte.SIZE);
    long bits = data.length - first >= Long.BYTES ? (long) LONG.get(data, first) : last(first);
    return bits << (position % Byte.SIZE);
  }

  private long last(int first) {
    long bits = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      bits = bits << Byte.SIZE | (first + i < data.length ? data[first + i] & 0xff : 0);
    }
    return bits;
  }
}
