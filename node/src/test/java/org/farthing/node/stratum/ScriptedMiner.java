package org.farthing.node.stratum;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a miner does with its work, from the description of the protocol and without the node's
 * code: makes headers, hashes them, and compares with targets.
 */
public final class ScriptedMiner {
  private static final HexFormat HEX = HexFormat.of();

  /** The target of difficulty 1: {@code 0x00000000ffff0000…}. */
  private static final BigInteger DIFFICULTY_ONE =
      new BigInteger("00000000ffff" + "0".repeat(52), 16);

  private final JsonNode job;
  private final String extraNonce1;
  private final String extraNonce2;

  /**
   * @param job the parameters of {@code mining.notify}
   * @param extraNonce1 from the answer to {@code mining.subscribe}
   * @param extraNonce2 as many digits as that answer wants
   */
  public ScriptedMiner(JsonNode job, String extraNonce1, String extraNonce2) {
    this.job = job;
    this.extraNonce1 = extraNonce1;
    this.extraNonce2 = extraNonce2;
  }

  public String job() {
    return job.get(0).asText();
  }

  public String extraNonce2() {
    return extraNonce2;
  }

  public String time() {
    return job.get(7).asText();
  }

  /** The target of blocks, from the compact form. */
  public BigInteger blockTarget() {
    long bits = Long.parseLong(job.get(6).asText(), 16);
    return BigInteger.valueOf(bits & 0x7fffff).shiftLeft(8 * ((int) (bits >> 24) - 3));
  }

  public static BigInteger shareTarget(double difficulty) {
    return new BigDecimal(DIFFICULTY_ONE)
        .divide(new BigDecimal(difficulty), 0, RoundingMode.FLOOR)
        .toBigInteger();
  }

  /**
   * The first nonce from {@code from} on whose hash is at most {@code most}, above {@code least}.
   */
  public int search(int from, BigInteger least, BigInteger most) {
    return search(job.get(5).asText(), from, least, most);
  }

  /** The same with another version of the block, in eight digits. */
  public int search(String version, int from, BigInteger least, BigInteger most) {
    byte[] header = header(version);
    for (int nonce = from; ; nonce++) {
      ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).putInt(76, nonce);
      BigInteger hash = number(sha256d(header));
      if (hash.compareTo(most) <= 0 && hash.compareTo(least) > 0) {
        return nonce;
      }
    }
  }

  private byte[] header(String version) {
    ByteBuffer header = ByteBuffer.allocate(80).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(Integer.parseUnsignedInt(version, 16));
    ByteBuffer previous = ByteBuffer.wrap(HEX.parseHex(job.get(1).asText()));
    while (previous.hasRemaining()) {
      header.putInt(previous.getInt());
    }
    byte[] root =
        sha256d(
            HEX.parseHex(job.get(2).asText() + extraNonce1 + extraNonce2 + job.get(3).asText()));
    for (JsonNode sibling : job.get(4)) {
      root = sha256d(join(root, HEX.parseHex(sibling.asText())));
    }
    header.put(root);
    header.putInt(Integer.parseUnsignedInt(time(), 16));
    header.putInt(Integer.parseUnsignedInt(job.get(6).asText(), 16));
    return header.array();
  }

  private static byte[] join(byte[] left, byte[] right) {
    return ByteBuffer.allocate(left.length + right.length).put(left).put(right).array();
  }

  private static BigInteger number(byte[] hash) {
    byte[] reversed = new byte[hash.length];
    for (int i = 0; i < hash.length; i++) {
      reversed[i] = hash[hash.length - 1 - i];
    }
    return new BigInteger(1, reversed);
  }

  private static byte[] sha256d(byte[] data) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return sha256.digest(sha256.digest(data));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
