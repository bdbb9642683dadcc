package org.farthing.consensus.primitives;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.bytes.Hex;

/**
 * 32 bytes in wire order, held as four little-endian longs. Only text shows them reversed, as every
 * Bitcoin program does. Identifiers of different kinds are different types and never equal.
 */
public abstract sealed class Hash256
    permits Txid, Wtxid, BlockHash, MerkleRoot, CoinSetHash, FilterHash, FilterHeader {
  /** The length in bytes. */
  public static final int SIZE = 32;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final long word0;
  private final long word1;
  private final long word2;
  private final long word3;

  /** Takes 32 bytes in wire order. */
  Hash256(byte[] wire) {
    if (wire.length != SIZE) {
      throw new IllegalArgumentException("a hash has 32 bytes, not " + wire.length);
    }
    word0 = (long) LONG.get(wire, 0);
    word1 = (long) LONG.get(wire, 8);
    word2 = (long) LONG.get(wire, 16);
    word3 = (long) LONG.get(wire, 24);
  }

  /** Reads 32 bytes in wire order. */
  Hash256(ByteReader in) throws DecodeException {
    word0 = in.int64();
    word1 = in.int64();
    word2 = in.int64();
    word3 = in.int64();
  }

  /** Reads 32 bytes where they are this hash; otherwise reads nothing. */
  final boolean isNextIn(ByteReader in) throws DecodeException {
    int start = in.position();
    if (in.int64() == word0 && in.int64() == word1 && in.int64() == word2 && in.int64() == word3) {
      return true;
    }
    in.rewind(start);
    return false;
  }

  /** The bytes in wire order of 64 hexadecimal digits in display order. */
  static byte[] parseDisplay(String hex) throws DecodeException {
    if (hex.length() != 2 * SIZE) {
      throw new DecodeException("a hash has 64 hexadecimal digits, not " + hex.length());
    }
    return Hex.reversed(Hex.decode(hex));
  }

  /**
   * Eight of the 32 bytes as a number.
   *
   * @param index 0 for the first bytes on the wire (the least significant of the number that proof
   *     of work looks at) to 3
   */
  public long word(int index) {
    return switch (index) {
      case 0 -> word0;
      case 1 -> word1;
      case 2 -> word2;
      case 3 -> word3;
      default -> throw new IndexOutOfBoundsException(index);
    };
  }

  /** All four, in their order. */
  public long[] words() {
    return new long[] {word0, word1, word2, word3};
  }

  public boolean isZero() {
    return (word0 | word1 | word2 | word3) == 0;
  }

  public byte[] toByteArray() {
    byte[] wire = new byte[SIZE];
    LONG.set(wire, 0, word0);
    LONG.set(wire, 8, word1);
    LONG.set(wire, 16, word2);
    LONG.set(wire, 24, word3);
    return wire;
  }

  public void writeTo(ByteWriter out) {
    out.int64(word0).int64(word1).int64(word2).int64(word3);
  }

  @Override
  public final boolean equals(Object other) {
    return other instanceof Hash256 that
        && getClass() == that.getClass()
        && word0 == that.word0
        && word1 == that.word1
        && word2 == that.word2
        && word3 == that.word3;
  }

  /** An order without meaning, by the words, which subclasses offer as their own. */
  final int compareWords(Hash256 other) {
    int first = Long.compare(word0, other.word0);
    int second = first != 0 ? first : Long.compare(word1, other.word1);
    int third = second != 0 ? second : Long.compare(word2, other.word2);
    return third != 0 ? third : Long.compare(word3, other.word3);
  }

  /**
   * Strangers can choose identifiers whose hash codes are the same. Subclasses are therefore
   * comparable, each with itself: hash maps then look through collisions in logarithmic time.
   */
  @Override
  public final int hashCode() {
    return Long.hashCode(word0);
  }

  /** 64 hexadecimal digits, reversed: display order. */
  @Override
  public final String toString() {
    return HexFormat.of().formatHex(Hex.reversed(toByteArray()));
  }
}
