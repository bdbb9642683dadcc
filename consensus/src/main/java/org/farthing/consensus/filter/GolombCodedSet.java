package org.farthing.consensus.filter;

import java.util.Arrays;
import java.util.Collection;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.crypto.SipHash;
import org.farthing.consensus.primitives.Script;

/**
 * A set of byte strings in few bits (BIP-0158): each becomes a number below the size of the set
 * times a factor, and the differences of these numbers, in their order, are written as Golomb-Rice
 * codes. What is in the set is always found in it; anything else is found by chance, once in as
 * many tries as the factor says.
 *
 * @param key0 of SipHash, which makes the numbers
 * @param key1 the other half
 * @param remainderBits of a Golomb-Rice code
 * @param falsePositives how many tries it takes on average to find what is not there
 */
record GolombCodedSet(long key0, long key1, int remainderBits, long falsePositives) {
  /**
   * @param elements none twice
   */
  byte[] encode(Collection<Script> elements) {
    ByteWriter out = new ByteWriter();
    out.compactSize(elements.size());
    BitWriter bits = new BitWriter(out);
    long last = 0;
    long range = elements.size() * falsePositives;
    for (long number : numbers(elements, range)) {
      long difference = number - last;
      for (long quotient = difference >>> remainderBits; quotient > 0; quotient--) {
        bits.bit(true);
      }
      bits.bit(false);
      bits.bits(difference, remainderBits);
      last = number;
    }
    bits.flush();
    return out.toByteArray();
  }

  /** The numbers of elements, in their order. */
  private long[] numbers(Collection<Script> elements, long range) {
    return elements.stream()
        .mapToLong(element -> number(SipHash.hash(key0, key1, element.toByteArray()), range))
        .sorted()
        .toArray();
  }

  /** The upper half of the product of a hash, which has no sign, and the range. */
  private static long number(long hash, long range) {
    return Math.multiplyHigh(hash, range) + (hash >> 63 & range);
  }

  /**
   * Whether any of the elements is in an encoded set, or seems to be.
   *
   * @throws DecodeException where the set ends too early
   */
  boolean containsAny(byte[] encoded, FilterQuery elements) throws DecodeException {
    Numbers numbers = decode(encoded);
    return elements.meets(numbers);
  }

  private Numbers decode(byte[] encoded) throws DecodeException {
    ByteReader in = new ByteReader(encoded);
    long size = in.compactSize();
    if (size < 0 || size > (long) Byte.SIZE * in.remaining() / (remainderBits + 1)) {
      throw new DecodeException("a set of " + Long.toUnsignedString(size) + " elements");
    }
    BitReader bits = new BitReader(encoded, in.position());
    Numbers numbers = new Numbers(key0, key1, (int) size, size * falsePositives);
    long number = 0;
    for (int i = 0; i < size; i++) {
      long quotient = bits.ones();
      number += (quotient << remainderBits) + bits.bits(remainderBits);
      numbers.put(i, number);
    }
    return numbers;
  }

  /**
   * The numbers of a set, made to be asked for many others: a few bits for each, of the parts of
   * the range in which there are numbers, tell most others from those that have to be looked for.
   */
  static final class Numbers {
    private static final int PARTS_FOR_EACH = 16;

    private final long key0;
    private final long key1;
    private final long range;
    private final long[] sorted;

    /** A bit for each part of the range. */
    private final long[] parts;

    /** By so many bits a number is larger than that of its part. */
    private final int shift;

    Numbers(long key0, long key1, int size, long range) {
      this.key0 = key0;
      this.key1 = key1;
      this.range = range;
      this.sorted = new long[size];
      int partBits =
          Math.max(6, Long.SIZE - Long.numberOfLeadingZeros((long) PARTS_FOR_EACH * size));
      this.parts = new long[1 << (partBits - 6)];
      this.shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(range) - partBits);
    }

    long key0() {
      return key0;
    }

    long key1() {
      return key1;
    }

    private void put(int index, long number) {
      sorted[index] = number;
      long part = number >>> shift;
      parts[(int) (part >>> 6) & (parts.length - 1)] |= 1L << part;
    }

    /** Whether an element with this hash is there, or seems to be. */
    boolean has(long hash) {
      long number = number(hash, range);
      long part = number >>> shift;
      return (parts[(int) (part >>> 6)] & 1L << part) != 0
          && Arrays.binarySearch(sorted, number) >= 0;
    }
  }
}
