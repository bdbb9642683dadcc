package org.farthing.consensus.primitives;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;

/**
 * Proves that transactions are in a block, without the others (BIP-0037): the tree of their
 * identifiers, depth first, one bit for each node that is shown, set where something below it is
 * proven; where nothing is, the node's hash alone is shown.
 */
public final class PartialMerkleTree {
  /** A block of 4,000,000 weight units has no room for more of the least size, 60 bytes. */
  private static final int MAX_TRANSACTIONS = 4_000_000 / (4 * 60);

  private final int transactionCount;
  private final byte[] hashes;
  private final byte[] bits;

  private PartialMerkleTree(int transactionCount, byte[] hashes, byte[] bits) {
    this.transactionCount = transactionCount;
    this.hashes = hashes;
    this.bits = bits;
  }

  /**
   * What a tree proves.
   *
   * @param root to be compared with the block's
   * @param txids in the order of the block
   * @param positions of the same in the block
   */
  public record Proven(MerkleRoot root, List<Txid> txids, List<Integer> positions) {
    public Proven {
      txids = List.copyOf(txids);
      positions = List.copyOf(positions);
    }
  }

  /**
   * The proof for some of a block's transactions.
   *
   * @param txids of the whole block, at least one
   */
  public static PartialMerkleTree of(List<Txid> txids, Set<Txid> wanted) {
    return new Writer(txids, wanted).write();
  }

  public static PartialMerkleTree read(ByteReader in) throws DecodeException {
    int transactionCount = in.int32();
    byte[] hashes = in.bytes(in.count(Hash256.SIZE) * Hash256.SIZE);
    return new PartialMerkleTree(transactionCount, hashes, in.varBytes());
  }

  public void writeTo(ByteWriter out) {
    out.int32(transactionCount);
    out.compactSize(hashes.length / Hash256.SIZE).bytes(hashes);
    out.varBytes(bits);
  }

  /** How many transactions the block is said to have: as unsigned 32 bits. */
  public int transactionCount() {
    return transactionCount;
  }

  /** What the tree proves; empty where it is none that {@link #of} makes. */
  public Optional<Proven> prove() {
    if (transactionCount <= 0
        || transactionCount > MAX_TRANSACTIONS
        || hashes.length / Hash256.SIZE > transactionCount
        || bits.length * 8L < hashes.length / Hash256.SIZE) {
      return Optional.empty();
    }
    return new Reader().read();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PartialMerkleTree that
        && transactionCount == that.transactionCount
        && Arrays.equals(hashes, that.hashes)
        && Arrays.equals(bits, that.bits);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(hashes) + Arrays.hashCode(bits);
  }

  /** The number of nodes at a height; the leaves are at height 0. */
  private static int width(int leaves, int height) {
    return (leaves + (1 << height) - 1) >> height;
  }

  private static int rootHeight(int leaves) {
    int height = 0;
    while (width(leaves, height) > 1) {
      height++;
    }
    return height;
  }

  /** Goes down from the root to what is proven. */
  private static final class Writer {
    private final List<Txid> txids;
    private final Set<Txid> wanted;
    private final ByteWriter hashes = new ByteWriter();
    private final BitSet bits = new BitSet();
    private int bitCount;

    Writer(List<Txid> txids, Set<Txid> wanted) {
      this.txids = txids;
      this.wanted = wanted;
    }

    PartialMerkleTree write() {
      node(rootHeight(txids.size()), 0);
      byte[] packed = Arrays.copyOf(bits.toByteArray(), (bitCount + 7) / 8);
      return new PartialMerkleTree(txids.size(), hashes.toByteArray(), packed);
    }

    private void node(int height, int position) {
      int from = position << height;
      int to = Math.min((position + 1) << height, txids.size());
      boolean hasWanted = txids.subList(from, to).stream().anyMatch(wanted::contains);
      bits.set(bitCount++, hasWanted);
      if (height == 0 || !hasWanted) {
        hashes.bytes(hash(height, position));
        return;
      }
      node(height - 1, 2 * position);
      if (2 * position + 1 < width(txids.size(), height - 1)) {
        node(height - 1, 2 * position + 1);
      }
    }

    private byte[] hash(int height, int position) {
      if (height == 0) {
        return txids.get(position).toByteArray();
      }
      byte[] left = hash(height - 1, 2 * position);
      boolean alone = 2 * position + 1 >= width(txids.size(), height - 1);
      return MerkleTree.hashPair(left, alone ? left : hash(height - 1, 2 * position + 1));
    }
  }

  /** Follows the bits down the tree; null stands for a tree that is wrong. */
  private final class Reader {
    private final List<Txid> proven = new ArrayList<>();
    private final List<Integer> positions = new ArrayList<>();
    private int bitsUsed;
    private int hashesUsed;

    Optional<Proven> read() {
      byte[] root = node(rootHeight(transactionCount), 0);
      boolean used =
          (bitsUsed + 7) / 8 == bits.length && hashesUsed == hashes.length / Hash256.SIZE;
      return root != null && used
          ? Optional.of(new Proven(MerkleRoot.of(root), proven, positions))
          : Optional.empty();
    }

    private byte[] node(int height, int position) {
      if (bitsUsed == bits.length * 8) {
        return null;
      }
      boolean hasProven = (bits[bitsUsed / 8] >> (bitsUsed % 8) & 1) != 0;
      bitsUsed++;
      if (height == 0 || !hasProven) {
        return shown(height == 0 && hasProven, position);
      }
      byte[] left = node(height - 1, 2 * position);
      boolean alone = 2 * position + 1 >= width(transactionCount, height - 1);
      byte[] right = left == null || alone ? left : node(height - 1, 2 * position + 1);
      // Equal halves belong to a shorter list with the same root (CVE-2012-2459).
      boolean wrong = right == null || (!alone && Arrays.equals(left, right));
      return wrong ? null : MerkleTree.hashPair(left, right);
    }

    private byte[] shown(boolean isProven, int position) {
      int at = hashesUsed * Hash256.SIZE;
      if (at == hashes.length) {
        return null;
      }
      hashesUsed++;
      byte[] hash = Arrays.copyOfRange(hashes, at, at + Hash256.SIZE);
      if (isProven) {
        proven.add(Txid.of(hash));
        positions.add(position);
      }
      return hash;
    }
  }
}
