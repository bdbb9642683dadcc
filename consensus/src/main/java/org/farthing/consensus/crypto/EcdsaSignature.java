package org.farthing.consensus.crypto;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/**
 * The encodings of ECDSA signatures: compact (r and s, 32 bytes each, big-endian) and DER, which
 * BIP-0066 takes strictly and the chain before it took laxly. The byte for the hash type that
 * follows a signature in a script is no part of it.
 */
public final class EcdsaSignature {
  /** The length of a compact signature in bytes. */
  public static final int COMPACT_SIZE = 64;

  private static final int SIZE = 32;
  private static final int SEQUENCE = 0x30;
  private static final int INTEGER = 0x02;

  /** A strict signature: 0x30 length 0x02 length r 0x02 length s. */
  private static final int MIN_DER_SIZE = 8;

  private static final int MAX_DER_SIZE = 72;

  private static final byte[] ORDER = bytes(Secp256k1.ORDER);
  private static final byte[] HALF_ORDER = bytes(Secp256k1.ORDER.shiftRight(1));

  private EcdsaSignature() {}

  /** Whether {@code der} is DER in its only strict form (BIP-0066); r and s may have any value. */
  public static boolean isStrictDer(byte[] der) {
    if (der.length < MIN_DER_SIZE || der.length > MAX_DER_SIZE) {
      return false;
    }
    if (der[0] != SEQUENCE || der[1] != der.length - 2) {
      return false;
    }
    int lengthOfR = der[3] & 0xff;
    if (lengthOfR + 5 >= der.length) {
      return false;
    }
    int lengthOfS = der[lengthOfR + 5] & 0xff;
    return lengthOfR + lengthOfS + 6 == der.length
        && isStrictInteger(der, 2, lengthOfR)
        && isStrictInteger(der, lengthOfR + 4, lengthOfS);
  }

  /**
   * Whether strict DER stands before a last byte, as signatures do in scripts before their type.
   */
  public static boolean isStrictDerWithType(byte[] item) {
    return item.length > 0 && isStrictDer(Arrays.copyOf(item, item.length - 1));
  }

  private static boolean isStrictInteger(byte[] der, int at, int length) {
    if (der[at] != INTEGER || length == 0 || der[at + 2] < 0) {
      return false;
    }
    // A zero byte in front only where the number would be negative without it.
    return length == 1 || der[at + 2] != 0 || der[at + 3] < 0;
  }

  /** Whether s is at most half the curve's order: of s and n - s, both valid, only one is. */
  public static boolean isLowS(byte[] compact) {
    return Arrays.compareUnsigned(compact, SIZE, COMPACT_SIZE, HALF_ORDER, 0, SIZE) <= 0;
  }

  /** Whether r and s are from 1 to n - 1. */
  static boolean isInRange(byte[] compact) {
    return isInRange(compact, 0) && isInRange(compact, SIZE);
  }

  private static boolean isInRange(byte[] compact, int offset) {
    if (Arrays.compareUnsigned(compact, offset, offset + SIZE, ORDER, 0, SIZE) >= 0) {
      return false;
    }
    for (int i = offset; i < offset + SIZE; i++) {
      if (compact[i] != 0) {
        return true;
      }
    }
    return false;
  }

  /** The same signature with n - s for a high s, as signature checks have always taken both. */
  static byte[] withLowS(byte[] compact) {
    if (isLowS(compact)) {
      return compact;
    }
    byte[] result = compact.clone();
    BigInteger s = new BigInteger(1, compact, SIZE, SIZE);
    System.arraycopy(bytes(Secp256k1.ORDER.subtract(s)), 0, result, SIZE, SIZE);
    return result;
  }

  private static byte[] bytes(BigInteger value) {
    byte[] raw = value.toByteArray();
    byte[] result = new byte[SIZE];
    int length = Math.min(SIZE, raw.length);
    System.arraycopy(raw, raw.length - length, result, SIZE - length, length);
    return result;
  }

  /**
   * Reads DER as laxly as Bitcoin always has where strictness is not a rule yet: negative numbers
   * taken as positive, any padding, any garbage after it, lengths written too long.
   *
   * @return compact; all zero, a signature that is never valid, where a number exceeds 32 bytes or
   *     the curve's order; empty where it cannot be read at all
   */
  public static Optional<byte[]> parseLaxDer(byte[] der) {
    LaxReader in = new LaxReader(der);
    if (!in.skipSequence()) {
      return Optional.empty();
    }
    byte[] compact = new byte[COMPACT_SIZE];
    boolean fits = true;
    for (int offset = 0; offset < COMPACT_SIZE; offset += SIZE) {
      int length = in.integer();
      if (length < 0) {
        return Optional.empty();
      }
      fits &= in.copyNumber(length, compact, offset);
    }
    fits = fits && isBelowOrder(compact, 0) && isBelowOrder(compact, SIZE);
    return Optional.of(fits ? compact : new byte[COMPACT_SIZE]);
  }

  private static boolean isBelowOrder(byte[] compact, int offset) {
    return Arrays.compareUnsigned(compact, offset, offset + SIZE, ORDER, 0, SIZE) < 0;
  }

  /** Strict DER of a compact signature: at most 72 bytes, at most 71 with a low s. */
  public static byte[] toDer(byte[] compact) {
    if (compact.length != COMPACT_SIZE) {
      throw new IllegalArgumentException("a compact signature has 64 bytes");
    }
    byte[] r = new BigInteger(1, compact, 0, SIZE).toByteArray();
    byte[] s = new BigInteger(1, compact, SIZE, SIZE).toByteArray();
    byte[] der = new byte[6 + r.length + s.length];
    der[0] = SEQUENCE;
    der[1] = (byte) (der.length - 2);
    writeInteger(der, 2, r);
    writeInteger(der, 4 + r.length, s);
    return der;
  }

  private static void writeInteger(byte[] der, int at, byte[] value) {
    der[at] = INTEGER;
    der[at + 1] = (byte) value.length;
    System.arraycopy(value, 0, der, at + 2, value.length);
  }

  /** A position in lax DER. */
  private static final class LaxReader {
    private static final int MAX_LENGTH_BYTES = 3;

    private final byte[] der;
    private int position;

    LaxReader(byte[] der) {
      this.der = der;
    }

    /** The tag and the length of the whole, of which nothing is believed. */
    boolean skipSequence() {
      if (der.length < 2 || der[0] != SEQUENCE) {
        return false;
      }
      int first = der[1] & 0xff;
      position = 2;
      if ((first & 0x80) != 0) {
        int lengthBytes = first - 0x80;
        if (lengthBytes > der.length - position) {
          return false;
        }
        position += lengthBytes;
      }
      return true;
    }

    /** The tag and the length of a number, which is there as a whole; -1 where it is not. */
    int integer() {
      if (position == der.length || der[position] != INTEGER) {
        return -1;
      }
      position++;
      int length = length();
      return length > der.length - position ? -1 : length;
    }

    private int length() {
      if (position == der.length) {
        return -1;
      }
      int first = der[position++] & 0xff;
      if ((first & 0x80) == 0) {
        return first;
      }
      int lengthBytes = first - 0x80;
      if (lengthBytes > der.length - position) {
        return -1;
      }
      while (lengthBytes > 0 && der[position] == 0) {
        position++;
        lengthBytes--;
      }
      if (lengthBytes > MAX_LENGTH_BYTES) {
        return -1;
      }
      int length = 0;
      for (; lengthBytes > 0; lengthBytes--) {
        length = length << 8 | (der[position++] & 0xff);
      }
      return length;
    }

    /** Takes the number to 32 bytes, right-aligned; false where it does not fit. */
    boolean copyNumber(int length, byte[] target, int offset) {
      int end = position + length;
      while (position < end && der[position] == 0) {
        position++;
      }
      int significant = end - position;
      boolean fits = significant <= SIZE;
      if (fits) {
        System.arraycopy(der, position, target, offset + SIZE - significant, significant);
      }
      position = end;
      return fits;
    }
  }
}
