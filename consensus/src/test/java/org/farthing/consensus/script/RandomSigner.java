package org.farthing.consensus.script;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.testing.TestKey;

/**
 * Signs with every hash type. Some signatures are odd on purpose: encoded as no rule but those
 * before BIP-0066 allows, of types without meaning, with a high s; and some are wrong.
 */
final class RandomSigner {
  private static final int[] TYPES = {1, 2, 3, 0x81, 0x82, 0x83};
  private static final BigInteger ORDER =
      new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);

  private final Random random;
  private final boolean odd;

  RandomSigner(Random random) {
    this.random = random;
    this.odd = random.nextInt(4) == 0;
  }

  byte[] legacy(Transaction transaction, int index, Script code, TestKey key) {
    int type = ecdsaType();
    return ecdsa(SigHash.legacy(transaction, index, code, type), key, type);
  }

  byte[] segwit(PrecomputedTransaction unsigned, int index, Script code, TestKey key) {
    int type = ecdsaType();
    return ecdsa(SigHash.segwit(unsigned, index, code, type), key, type);
  }

  byte[] schnorr(PrecomputedTransaction unsigned, int index, TestKey key, TaprootContext context) {
    int type = random.nextBoolean() ? SigHashType.DEFAULT : TYPES[random.nextInt(TYPES.length)];
    byte[] hash = SigHash.taproot(unsigned, index, type, context);
    if (hash == null) {
      return Arrays.copyOf(bytes(64), 65 - random.nextInt(2));
    }
    byte[] signature = Secp256k1.signSchnorr(hash, key.privateKey(), bytes(32));
    if (type != SigHashType.DEFAULT) {
      signature = Arrays.copyOf(signature, 65);
      signature[64] = (byte) type;
    }
    return odd && random.nextInt(3) == 0 ? spoilSchnorr(signature) : signature;
  }

  private byte[] spoilSchnorr(byte[] signature) {
    return switch (random.nextInt(6)) {
      case 0 -> Arrays.copyOf(signature, 65);
      case 1 -> Arrays.copyOf(signature, 64);
      case 2 -> Arrays.copyOf(signature, random.nextInt(67));
      case 3 -> new byte[0];
      default -> flipped(signature);
    };
  }

  private int ecdsaType() {
    if (odd && random.nextInt(4) == 0) {
      return random.nextInt(256);
    }
    return random.nextInt(3) == 0 ? TYPES[random.nextInt(TYPES.length)] : SigHashType.ALL;
  }

  private byte[] ecdsa(byte[] hash, TestKey key, int type) {
    byte[] compact = Secp256k1.signEcdsa(hash, key.privateKey());
    byte[] der = Secp256k1.compactToDer(compact);
    if (odd && random.nextBoolean()) {
      der = oddDer(compact);
    }
    return new ByteWriter().bytes(der).uint8(type).toByteArray();
  }

  /** The first three are still valid where strict encodings are not asked for. */
  private byte[] oddDer(byte[] compact) {
    BigInteger r = new BigInteger(1, compact, 0, 32);
    BigInteger s = new BigInteger(1, compact, 32, 32);
    return switch (random.nextInt(8)) {
      case 0 -> highS(r, s);
      case 1 -> lax(number(r), number(ORDER.subtract(s)));
      case 2 -> lax(number(r), number(s));
      case 3 -> lax(number(r.add(ORDER)), number(s));
      case 4 -> lax(number(BigInteger.ZERO), number(s));
      case 5 -> flipped(lax(number(r), number(s)));
      default -> Arrays.copyOf(lax(number(r), number(s)), random.nextInt(60));
    };
  }

  /** In strict encoding. */
  private static byte[] highS(BigInteger r, BigInteger s) {
    byte[] one = r.toByteArray();
    byte[] other = ORDER.subtract(s).toByteArray();
    ByteWriter out = new ByteWriter().uint8(0x30).uint8(4 + one.length + other.length);
    out.uint8(2).uint8(one.length).bytes(one);
    return out.uint8(2).uint8(other.length).bytes(other).toByteArray();
  }

  private byte[] number(BigInteger value) {
    byte[] bytes = value.toByteArray();
    int zeros = random.nextInt(3) == 0 ? random.nextInt(40) : 0;
    return new ByteWriter().bytes(new byte[zeros]).bytes(bytes).toByteArray();
  }

  private byte[] lax(byte[] r, byte[] s) {
    ByteWriter numbers = new ByteWriter();
    numbers.uint8(2).bytes(length(r.length)).bytes(r);
    numbers.uint8(2).bytes(length(s.length)).bytes(s);
    byte[] content = numbers.toByteArray();
    int claimed = random.nextInt(4) == 0 ? random.nextInt(128) : content.length;
    byte[] rest = bytes(random.nextInt(4) == 0 ? random.nextInt(4) : 0);
    ByteWriter out = new ByteWriter().uint8(0x30).bytes(length(claimed));
    return out.bytes(content).bytes(rest).toByteArray();
  }

  /** In one byte, or in the long form with zeros in front. */
  private byte[] length(int length) {
    int zeros = random.nextInt(4) == 0 ? random.nextInt(6) : 0;
    if (length < 128 && zeros == 0) {
      return new byte[] {(byte) length};
    }
    ByteWriter out = new ByteWriter().uint8(0x80 + zeros + 1).bytes(new byte[zeros]);
    return out.uint8(length).toByteArray();
  }

  private byte[] flipped(byte[] bytes) {
    byte[] result = bytes.clone();
    result[random.nextInt(result.length)] ^= (byte) (1 << random.nextInt(8));
    return result;
  }

  private byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }
}
