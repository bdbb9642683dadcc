package org.farthing.consensus.primitives;

import java.util.Arrays;
import java.util.List;
import org.farthing.consensus.crypto.Sha256;

/**
 * Bitcoin's binary tree of double SHA-256. The last node of an odd level is paired with itself, so
 * that different lists can have one root (CVE-2012-2459): {@link Result#mutated} tells the
 * suspicious ones.
 */
public final class MerkleTree {
  private MerkleTree() {}

  /**
   * @param mutated two neighbours on some level are equal: the same root belongs to a shorter list
   */
  public record Result(MerkleRoot root, boolean mutated) {}

  /** The root over the identifiers of a block's transactions, as its header names it. */
  public static Result ofTxids(List<Transaction> transactions) {
    byte[] level = new byte[transactions.size() * Hash256.SIZE];
    for (int i = 0; i < transactions.size(); i++) {
      put(level, i, transactions.get(i).txid());
    }
    return reduce(level, transactions.size());
  }

  /** The root over the witness identifiers, the coinbase's taken as zero (BIP-0141). */
  public static MerkleRoot ofWtxids(List<Transaction> transactions) {
    byte[] level = new byte[transactions.size() * Hash256.SIZE];
    for (int i = 1; i < transactions.size(); i++) {
      put(level, i, transactions.get(i).wtxid());
    }
    return reduce(level, transactions.size()).root();
  }

  private static void put(byte[] level, int index, Hash256 hash) {
    System.arraycopy(hash.toByteArray(), 0, level, index * Hash256.SIZE, Hash256.SIZE);
  }

  private static Result reduce(byte[] leaves, int leafCount) {
    if (leafCount == 0) {
      return new Result(MerkleRoot.ZERO, false);
    }
    byte[] level = leaves;
    int count = leafCount;
    boolean mutated = false;
    while (count > 1) {
      int pairs = (count + 1) / 2;
      byte[] next = new byte[pairs * Hash256.SIZE];
      for (int i = 0; i < pairs; i++) {
        int left = 2 * i;
        int right = Math.min(left + 1, count - 1);
        mutated |= left != right && equal(level, left, right);
        hashPair(level, left, right, next, i * Hash256.SIZE);
      }
      level = next;
      count = pairs;
    }
    return new Result(MerkleRoot.of(level), mutated);
  }

  private static boolean equal(byte[] level, int left, int right) {
    return Arrays.equals(
        level,
        left * Hash256.SIZE,
        (left + 1) * Hash256.SIZE,
        level,
        right * Hash256.SIZE,
        (right + 1) * Hash256.SIZE);
  }

  /** The node above two others, each of 32 bytes. */
  public static byte[] hashPair(byte[] left, byte[] right) {
    byte[] pair = Arrays.copyOf(left, 2 * Hash256.SIZE);
    System.arraycopy(right, 0, pair, Hash256.SIZE, Hash256.SIZE);
    return Sha256.doubleHash(pair);
  }

  private static void hashPair(byte[] level, int left, int right, byte[] next, int place) {
    if (right == left + 1) {
      Sha256.doubleHash(level, left * Hash256.SIZE, 2 * Hash256.SIZE, next, place);
      return;
    }
    byte[] pair = new byte[2 * Hash256.SIZE];
    System.arraycopy(level, left * Hash256.SIZE, pair, 0, Hash256.SIZE);
    System.arraycopy(level, right * Hash256.SIZE, pair, Hash256.SIZE, Hash256.SIZE);
    Sha256.doubleHash(pair, 0, pair.length, next, place);
  }
}
