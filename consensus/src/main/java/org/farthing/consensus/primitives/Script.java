package org.farthing.consensus.primitives;

import java.util.Arrays;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.CompactSize;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.bytes.Hex;

/**
 * The bytes of a script, whether they make sense or not. What they mean: package {@code script}.
 */
public final class Script {
  public static final Script EMPTY = new Script(new byte[0]);

  private final byte[] bytes;

  private Script(byte[] bytes) {
    this.bytes = bytes;
  }

  public static Script of(byte[] bytes) {
    return bytes.length == 0 ? EMPTY : new Script(bytes.clone());
  }

  public static Script parse(String hex) throws DecodeException {
    return new Script(Hex.decode(hex));
  }

  /** A count, then the bytes. */
  public static Script read(ByteReader in) throws DecodeException {
    return new Script(in.varBytes());
  }

  public void writeTo(ByteWriter out) {
    out.varBytes(bytes);
  }

  /** The length in bytes. */
  public int size() {
    return bytes.length;
  }

  /** The length in bytes with the count before it. */
  public int encodedSize() {
    return CompactSize.sizeOf(bytes.length) + bytes.length;
  }

  public boolean isEmpty() {
    return bytes.length == 0;
  }

  /** The unsigned byte at {@code index}. */
  public int byteAt(int index) {
    return bytes[index] & 0xff;
  }

  /** A copy of the bytes from {@code from} to before {@code to}. */
  public byte[] slice(int from, int to) {
    if (from < 0 || to < from || to > bytes.length) {
      throw new IndexOutOfBoundsException(from + ".." + to + " of " + bytes.length);
    }
    return Arrays.copyOfRange(bytes, from, to);
  }

  public byte[] toByteArray() {
    return bytes.clone();
  }

  /** Whether the script has the bytes from {@code from} to before {@code to} of an array. */
  public boolean equalsBytes(byte[] array, int from, int to) {
    return Arrays.equals(bytes, 0, bytes.length, array, from, to);
  }

  /** The hash code of a script that has these bytes of an array. */
  public static int hashOf(byte[] array, int from, int to) {
    int hash = 1;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + array[i];
    }
    return hash;
  }

  public String toHex() {
    return Hex.encode(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Script that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return hashOf(bytes, 0, bytes.length);
  }

  @Override
  public String toString() {
    return toHex();
  }
}
