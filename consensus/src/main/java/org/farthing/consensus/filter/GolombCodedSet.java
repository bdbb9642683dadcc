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
  /** The numbers of elements in a set of {@code size}, in their order. */
  private long[] numbers(Collection<Script> elements, long size) {
    long range = size * falsePositives;
    long[] numbers = new long[elements.size()];
    int i = 0;
    for (Script element : elements) {
      numbers[i++] = number(element, range);
    }
    Arrays.sort(numbers);
    return numbers;
  }

  private long number(Script element, long range) {
    return unsignedMultiplyHigh(SipHash.hash(key0, key1, element.toByteArray()), range);
  }

  /** The upper half of the product of two numbers of 64 bits. */
  private static long unsignedMultiplyHigh(long a, long b) {
    return Math.multiplyHigh(a, b) + (a >> 63 & b) + (b >> 63 & a);
  }

  /**
   * @param elements none twice
   */
  byte[] encode(Collection<Script> elements) {
    ByteWriter out = new ByteWriter();
    out.compactSize(elements.size());
    BitWriter bits = new BitWriter(out);
    long last = 0;
    for (long number : numbers(elements, elements.size())) {
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

  /**
   * Whether any of the elements is in an encoded set, or seems to be.
   *
   * @throws DecodeException where the set ends too early
   */
  boolean containsAny(byte[] encoded, Collection<Script> elements) throws DecodeException {
    ByteReader in = new ByteReader(encoded);
    long size = in.compactSize();
    if (size < 0 || size > 0xffffffffL) {
      throw new DecodeException("a set of " + Long.toUnsignedString(size) + " elements");
    }
    if (size < elements.size()) {
      return containsAnyOfMany(in, (int) size, elements);
    }
    long[] wanted = numbers(elements, size);
    BitReader bits = new BitReader(in);
    long number = 0;
    int next = 0;
    for (long i = 0; i < size && next < wanted.length; i++) {
      number += difference(bits);
      while (next < wanted.length && wanted[next] < number) {
        next++;
      }
      if (next < wanted.length && wanted[next] == number) {
        return true;
      }
    }
    return false;
  }

  /** Where there are more elements than are in the set, it is quicker to look for each of them. */
  private boolean containsAnyOfMany(ByteReader in, int size, Collection<Script> elements)
      throws DecodeException {
    BitReader bits = new BitReader(in);
    long[] present = new long[size];
    long number = 0;
    for (int i = 0; i < size; i++) {
      number += difference(bits);
      present[i] = number;
    }
    long range = size * falsePositives;
    for (Script element : elements) {
      if (Arrays.binarySearch(present, number(element, range)) >= 0) {
        return true;
      }
    }
    return false;
  }

  private long difference(BitReader bits) throws DecodeException {
    long quotient = 0;
    while (bits.bit()) {
      quotient++;
    }
    return (quotient << remainderBits) + bits.bits(remainderBits);
  }
}
