package org.farthing.consensus.bytes;

import java.util.Arrays;

/**
 * Bytes as a value: never changed, equal where their content is, ordered like unsigned numbers with
 * the shorter first where one begins the other.
 */
public final class ByteString implements Comparable<ByteString> {
  public static final ByteString EMPTY = new ByteString(new byte[0]);

  private final byte[] bytes;

  private ByteString(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A copy of the bytes. */
  public static ByteString of(byte[] bytes) {
    return bytes.length == 0 ? EMPTY : new ByteString(bytes.clone());
  }

  public static ByteString parse(String hex) throws DecodeException {
    return new ByteString(Hex.decode(hex));
  }

  /** The length in bytes. */
  public int size() {
    return bytes.length;
  }

  public boolean isEmpty() {
    return bytes.length == 0;
  }

  /** Whether all bytes are zero: also where there are none. */
  public boolean isZero() {
    for (byte b : bytes) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  /** The unsigned byte at {@code index}. */
  public int byteAt(int index) {
    return bytes[index] & 0xff;
  }

  /** The bytes from {@code from} to before {@code to}. */
  public ByteString slice(int from, int to) {
    if (from < 0 || to < from || to > bytes.length) {
      throw new IndexOutOfBoundsException(from + ".." + to + " of " + bytes.length);
    }
    return new ByteString(Arrays.copyOfRange(bytes, from, to));
  }

  /** The bytes from {@code from} on. */
  public ByteString slice(int from) {
    return slice(from, bytes.length);
  }

  /** These bytes, and others behind them. */
  public ByteString then(ByteString others) {
    byte[] both = Arrays.copyOf(bytes, bytes.length + others.bytes.length);
    System.arraycopy(others.bytes, 0, both, bytes.length, others.bytes.length);
    return new ByteString(both);
  }

  public byte[] toByteArray() {
    return bytes.clone();
  }

  /** Reads what stands in the bytes. */
  public ByteReader reader() {
    return new ByteReader(bytes);
  }

  /** As they are, without a count. */
  public void writeTo(ByteWriter out) {
    out.bytes(bytes);
  }

  @Override
  public int compareTo(ByteString other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ByteString that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Lower-case hexadecimal. */
  @Override
  public String toString() {
    return Hex.encode(bytes);
  }
}
