package org.farthing.consensus.chain;

import java.math.BigInteger;
import java.util.Arrays;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.BlockHeader;

/**
 * A header in its place in the tree. Immutable: any thread may walk from a node to its ancestors.
 * What is known of the block's validity and body stands beside it, in {@link HeaderTree}.
 */
public final class HeaderNode {
  /** The number of blocks whose times make the median time past. */
  static final int MEDIAN_TIME_SPAN = 11;

  private final BlockHeader header;
  private final int height;
  private final BigInteger chainWork;
  private final HeaderNode parent;
  private final HeaderNode jump;

  /** Computed when somebody asks first, on any thread; negative before. */
  private volatile long medianTimePast = -1;

  private HeaderNode(BlockHeader header, HeaderNode parent, BigInteger work) {
    this.header = header;
    this.parent = parent;
    this.height = parent == null ? 0 : parent.height + 1;
    this.chainWork = parent == null ? work : parent.chainWork.add(work);
    this.jump = parent == null ? this : jumpFrom(parent);
  }

  /**
   * @param work the expected number of hashes for this header alone
   */
  static HeaderNode genesis(BlockHeader header, BigInteger work) {
    return new HeaderNode(header, null, work);
  }

  /**
   * @param work the expected number of hashes for this header alone
   */
  static HeaderNode after(HeaderNode parent, BlockHeader header, BigInteger work) {
    return new HeaderNode(header, parent, work);
  }

  public BlockHeader header() {
    return header;
  }

  public BlockHash hash() {
    return header.hash();
  }

  public int height() {
    return height;
  }

  /** Under which the ledger keeps the block. */
  public BlockKey key() {
    return new BlockKey(height, hash());
  }

  /** The expected number of hashes for this header and all before it. */
  public BigInteger chainWork() {
    return chainWork;
  }

  /** The expected number of hashes for this header alone. */
  BigInteger work() {
    return parent == null ? chainWork : chainWork.subtract(parent.chainWork);
  }

  /** The header before, or null at the genesis. */
  public HeaderNode parent() {
    return parent;
  }

  /** Seconds since 1970: the median of the last eleven times (BIP-0113), this one included. */
  public long medianTimePast() {
    long median = medianTimePast;
    if (median < 0) {
      median = medianOfLastTimes();
      medianTimePast = median;
    }
    return median;
  }

  private long medianOfLastTimes() {
    long[] times = new long[MEDIAN_TIME_SPAN];
    int count = 0;
    for (HeaderNode node = this; node != null && count < times.length; node = node.parent) {
      times[count++] = node.header.timeSeconds();
    }
    Arrays.sort(times, 0, count);
    return times[count / 2];
  }

  /** The ancestor at {@code target} (this node itself at its own height), in logarithmic time. */
  public HeaderNode ancestor(int target) {
    if (target < 0 || target > height) {
      throw new IllegalArgumentException("no ancestor at " + target + " of " + height);
    }
    HeaderNode node = this;
    while (node.height > target) {
      node = node.jump.height >= target ? node.jump : node.parent;
    }
    return node;
  }

  /** The last node that both branches share. */
  public HeaderNode forkWith(HeaderNode other) {
    int common = Math.min(height, other.height);
    HeaderNode left = ancestor(common);
    HeaderNode right = other.ancestor(common);
    while (left != right) {
      left = left.parent;
      right = right.parent;
    }
    return left;
  }

  public boolean isAncestorOf(HeaderNode other) {
    return height <= other.height && other.ancestor(height) == this;
  }

  /**
   * The far pointer of a child of {@code parent}: two equal jumps in a row become one of double
   * length (E. Myers, "An applicative random-access stack", 1983), so that any height is a
   * logarithmic number of steps away.
   */
  private static HeaderNode jumpFrom(HeaderNode parent) {
    HeaderNode near = parent.jump;
    HeaderNode far = near.jump;
    return parent.height - near.height == near.height - far.height ? far : parent;
  }

  @Override
  public String toString() {
    return hash() + " at " + height;
  }
}
