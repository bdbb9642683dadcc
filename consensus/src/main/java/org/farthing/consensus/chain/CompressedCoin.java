package org.farthing.consensus.chain;

import java.util.Arrays;
import java.util.Optional;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.script.ScriptPattern;

/**
 * Coins in the few bytes that Bitcoin Core gives them on disk and in files of its set of coins:
 * numbers without needless bytes, amounts without their trailing zeros, and of the usual scripts
 * only what they pay to.
 */
public final class CompressedCoin {
  private static final int KEY_HASH = 0;
  private static final int SCRIPT_HASH = 1;

  /** Of an uncompressed public key; the lowest bit is that of its y coordinate. */
  private static final int UNCOMPRESSED_KEY = 4;

  /** How many scripts have a number instead of a size. */
  private static final int SPECIAL_SCRIPTS = 6;

  private static final int MAX_ZEROS = 9;

  private CompressedCoin() {}

  public static void write(Coin coin, ByteWriter out) {
    writeNumber(2L * coin.height() + (coin.coinbase() ? 1 : 0), out);
    writeNumber(compressAmount(coin.output().valueSat()), out);
    Script script = coin.output().scriptPubKey();
    Optional<byte[]> special = special(script);
    if (special.isPresent()) {
      out.bytes(special.get());
    } else {
      writeNumber((long) script.size() + SPECIAL_SCRIPTS, out);
      out.bytes(script.toByteArray());
    }
  }

  /**
   * Seven bits in each byte, the highest first; the last byte has its eighth bit clear. Every
   * number has one form: each further byte counts on from where the shorter forms end.
   */
  static void writeNumber(long number, ByteWriter out) {
    byte[] reversed = new byte[10];
    int length = 0;
    long rest = number;
    reversed[length++] = (byte) (rest & 0x7f);
    while (rest > 0x7f) {
      rest = (rest >>> 7) - 1;
      reversed[length++] = (byte) ((rest & 0x7f) | 0x80);
    }
    while (length > 0) {
      out.uint8(reversed[--length]);
    }
  }

  /**
   * One number of an amount's trailing zeros (nine at most), its last digit before them, and all
   * digits before that.
   */
  static long compressAmount(long sat) {
    if (sat == 0) {
      return 0;
    }
    long digits = sat;
    int zeros = 0;
    while (digits % 10 == 0 && zeros < MAX_ZEROS) {
      digits /= 10;
      zeros++;
    }
    return zeros < MAX_ZEROS
        ? 1 + (digits / 10 * 9 + digits % 10 - 1) * 10 + zeros
        : 1 + (digits - 1) * 10 + MAX_ZEROS;
  }

  /** The form of a script that pays to one key or hash in a usual way. */
  private static Optional<byte[]> special(Script script) {
    return switch (ScriptPattern.classify(script)) {
      case P2PKH -> ScriptPattern.payload(script).map(hash -> prefixed(KEY_HASH, hash));
      case P2SH -> ScriptPattern.payload(script).map(hash -> prefixed(SCRIPT_HASH, hash));
      case P2PK -> ScriptPattern.payload(script).flatMap(CompressedCoin::key);
      default -> Optional.empty();
    };
  }

  private static Optional<byte[]> key(byte[] key) {
    if (key.length == Secp256k1.COMPRESSED_SIZE) {
      return Optional.of(key);
    }
    // Whoever reads it finds y again only if the point is on the curve.
    return key[0] == UNCOMPRESSED_KEY && Secp256k1.isValidPublicKey(key)
        ? Optional.of(
            prefixed(
                UNCOMPRESSED_KEY | (key[key.length - 1] & 1),
                Arrays.copyOfRange(key, 1, 1 + Secp256k1.KEY_SIZE)))
        : Optional.empty();
  }

  private static byte[] prefixed(int kind, byte[] bytes) {
    byte[] form = new byte[1 + bytes.length];
    form[0] = (byte) kind;
    System.arraycopy(bytes, 0, form, 1, bytes.length);
    return form;
  }
}
