package org.farthing.consensus.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads little-endian values from a range of an array that it does not own and does not change.
 * Every method throws {@link DecodeException} where bytes are missing; none allocates more than the
 * bytes that are there. The errors begin with Bitcoin Core's words: they come to stand in the log.
 */
public final class ByteReader {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final String END_OF_DATA = "DataStream::read(): end of data: ";

  private final byte[] data;
  private final int end;
  private int position;

  public ByteReader(byte[] data) {
    this(data, 0, data.length);
  }

  public ByteReader(byte[] data, int offset, int length) {
    if (offset < 0 || length < 0 || offset > data.length - length) {
      throw new IndexOutOfBoundsException(offset + "+" + length + " of " + data.length);
    }
    this.data = data;
    this.position = offset;
    this.end = offset + length;
  }

  public int remaining() {
    return end - position;
  }

  /** The index in the underlying array of the next byte to be read. */
  public int position() {
    return position;
  }

  /** The bytes that are left to be read, which they stay. */
  public byte[] rest() {
    return Arrays.copyOfRange(data, position, end);
  }

  /** The bytes read since {@code start}, an earlier {@link #position()}. */
  public byte[] since(int start) {
    return Arrays.copyOfRange(data, start, position);
  }

  /** Hashes bytes that were read, without a copy of them. */
  public void feed(int start, int length, MessageDigest digest) {
    if (length < 0 || start > position - length) {
      throw new IndexOutOfBoundsException(start + "+" + length + " before " + position);
    }
    digest.update(data, start, length);
  }

  /** Goes back to an earlier {@link #position()}. */
  public void rewind(int earlier) {
    if (earlier < 0 || earlier > position) {
      throw new IllegalArgumentException("cannot rewind from " + position + " to " + earlier);
    }
    position = earlier;
  }

  private void need(int count) throws DecodeException {
    if (count > end - position) {
      throw new EndOfDataException(
          END_OF_DATA + count + " bytes wanted, " + (end - position) + " left");
    }
  }

  public int uint8() throws DecodeException {
    need(1);
    return data[position++] & 0xff;
  }

  public int uint16() throws DecodeException {
    return uint8() | uint8() << 8;
  }

  /** Two bytes, big-endian: ports are written so. */
  public int uint16BigEndian() throws DecodeException {
    return uint8() << 8 | uint8();
  }

  public int int32() throws DecodeException {
    need(4);
    int value = (int) INT.get(data, position);
    position += 4;
    return value;
  }

  public long uint32() throws DecodeException {
    return int32() & 0xffffffffL;
  }

  public long int64() throws DecodeException {
    need(8);
    long value = (long) LONG.get(data, position);
    position += 8;
    return value;
  }

  /**
   * A count of any size; above 2^63 - 1 it is negative.
   *
   * @throws DecodeException also where it is not in its shortest form
   */
  public long compactSize() throws DecodeException {
    int first = uint8();
    long value =
        switch (first) {
          case CompactSize.MARKER_16 -> uint16();
          case CompactSize.MARKER_32 -> uint32();
          case CompactSize.MARKER_64 -> int64();
          default -> first;
        };
    int size = first < CompactSize.MARKER_16 ? 1 : 1 + (2 << (first - CompactSize.MARKER_16));
    if (CompactSize.sizeOf(value) != size) {
      throw new DecodeException("non-canonical ReadCompactSize()");
    }
    return value;
  }

  /**
   * A count of elements of which each takes at least {@code minimumElementSize} bytes: refused at
   * once where so many cannot follow, so that a list of this capacity can be allocated.
   */
  public int count(int minimumElementSize) throws DecodeException {
    long count = compactSize();
    if (count < 0 || count > CompactSize.MAX_COUNT) {
      throw new DecodeException(
          "ReadCompactSize(): size too large: " + Long.toUnsignedString(count));
    }
    if (count * minimumElementSize > remaining()) {
      throw new EndOfDataException(END_OF_DATA + count + " elements announced");
    }
    return (int) count;
  }

  /** Reads one element of a list. */
  @FunctionalInterface
  public interface Element<T> {
    T read(ByteReader in) throws DecodeException;
  }

  /**
   * So many elements, one after the other.
   *
   * @param count what {@link #count} has answered
   */
  public <T> List<T> list(int count, Element<T> element) throws DecodeException {
    List<T> list = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      list.add(element.read(this));
    }
    return list;
  }

  public byte[] bytes(int count) throws DecodeException {
    need(count);
    position += count;
    return Arrays.copyOfRange(data, position - count, position);
  }

  /** A count, then so many bytes. */
  public byte[] varBytes() throws DecodeException {
    return bytes(count(1));
  }

  /**
   * A count, then so many bytes, which are put into an array.
   *
   * @return the count
   */
  public int varBytesInto(byte[] array, int offset) throws DecodeException {
    int count = count(1);
    System.arraycopy(data, position, array, offset, count);
    position += count;
    return count;
  }

  public void skip(int count) throws DecodeException {
    need(count);
    position += count;
  }

  /** The end of the data: bytes left over are an error. */
  public void expectEnd() throws DecodeException {
    if (position != end) {
      throw new DecodeException((end - position) + " bytes left over");
    }
  }
}
