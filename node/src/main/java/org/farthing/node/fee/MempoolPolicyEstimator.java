package org.farthing.node.fee;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.validation.BlockChecks;
import org.farthing.node.mempool.FeePerWeight;
import org.farthing.node.mempool.FeeRate;
import org.farthing.node.mempool.MempoolEntry;

/**
 * Estimates from what waits now, as Bitcoin Core's mempool policy does: what the middle of the next
 * block pays, or its last quarter. That says something only while miners take their transactions
 * from a mempool like ours, which the last blocks show. Node thread.
 */
public final class MempoolPolicyEstimator {
  /** An estimate is for the next block or the one after it: later ones hold what is yet to come. */
  static final int TARGET = 2;

  private static final int WINDOW = 6;

  /** The part of the last blocks that must have been known beforehand. */
  private static final double LEAST_KNOWN = 0.75;

  private static final long BLOCK_WEIGHT = BlockChecks.MAX_WEIGHT;
  private static final long CONSERVATIVE_WEIGHT = BLOCK_WEIGHT / 2;
  private static final long ECONOMICAL_WEIGHT = BLOCK_WEIGHT / 4 * 3;

  private static final int FORMAT = 1;
  private static final int MINED_BLOCK_BYTES = 20;

  private final List<MinedBlock> last = new ArrayList<>();
  private BlockHash tip = BlockHash.ZERO;

  /**
   * A block was connected.
   *
   * @param confirmed the transactions of the mempool that are in it
   */
  public void connected(int height, Block block, List<MempoolEntry> confirmed) {
    long weight = block.transactions().stream().skip(1).mapToLong(Transaction::weight).sum();
    long known = confirmed.stream().mapToLong(entry -> entry.transaction().weight()).sum();
    connected(new MinedBlock(height, weight, known), block.hash());
  }

  /** The same, of a block of which no more need be known. */
  public void connected(MinedBlock block, BlockHash hash) {
    int height = block.height();
    last.removeIf(earlier -> earlier.height() >= height);
    if (!last.isEmpty() && last.get(last.size() - 1).height() != height - 1) {
      last.clear();
    }
    if (last.size() == WINDOW) {
      last.remove(0);
    }
    last.add(block);
    tip = hash;
  }

  /** The last blocks, the newest first. */
  public List<MinedBlock> minedBlocks() {
    List<MinedBlock> newest = new ArrayList<>(last);
    Collections.reverse(newest);
    return newest;
  }

  /**
   * @param nextBlock the chunks that a miner would put into it
   * @param least what has to be paid at any rate: the answer where a block has room left
   */
  public FeeEstimate estimate(List<FeePerWeight> nextBlock, boolean conservative, FeeRate least) {
    Optional<String> doubt = doubt();
    if (doubt.isPresent()) {
      return FeeEstimate.unknown(
          FeeSource.MEMPOOL_POLICY, TARGET, FeeSource.MEMPOOL_POLICY.label() + ": " + doubt.get());
    }
    FeeRate rate = at(conservative ? CONSERVATIVE_WEIGHT : ECONOMICAL_WEIGHT, nextBlock);
    return FeeEstimate.of(
        FeeSource.MEMPOOL_POLICY, rate.equals(FeeRate.ZERO) ? least : rate, TARGET);
  }

  /** Why the mempool says nothing of the next block; empty if it does. */
  private Optional<String> doubt() {
    if (last.size() < WINDOW) {
      return Optional.of("Not enough recent block data for fee rate estimation");
    }
    long weight = last.stream().mapToLong(MinedBlock::weight).sum();
    long known = last.stream().mapToLong(MinedBlock::knownWeight).sum();
    // Less than a block in six blocks: there was nothing that miners could have preferred.
    return weight >= BLOCK_WEIGHT && known < LEAST_KNOWN * weight
        ? Optional.of("Mempool is unreliable for fee rate estimation")
        : Optional.empty();
  }

  /** The rate of the chunk that stands at some weight; zero if the block ends before. */
  private static FeeRate at(long weight, List<FeePerWeight> nextBlock) {
    List<FeePerWeight> bestFirst = new ArrayList<>(nextBlock);
    bestFirst.sort((one, other) -> other.rate().compareTo(one.rate()));
    long sum = 0;
    for (FeePerWeight chunk : bestFirst) {
      sum += chunk.weight();
      if (sum >= weight) {
        return chunk.rate();
      }
    }
    return FeeRate.ZERO;
  }

  /** What is worth keeping between two runs. */
  public byte[] encode() {
    ByteWriter out = new ByteWriter();
    out.int32(FORMAT).int32(last.size());
    for (MinedBlock block : last) {
      out.int32(block.height()).int64(block.weight()).int64(block.knownWeight());
    }
    tip.writeTo(out);
    return out.toByteArray();
  }

  /**
   * @param encoded what {@link #encode} returned
   * @param height of the tip
   * @throws DecodeException if it is something else, or ends with another block than the tip
   */
  public static MempoolPolicyEstimator decode(byte[] encoded, int height, BlockHash tip)
      throws DecodeException {
    ByteReader in = new ByteReader(encoded);
    int format = in.int32();
    if (format != FORMAT) {
      throw new DecodeException("format " + format + ", not " + FORMAT);
    }
    int count = in.int32();
    if (count < 0 || count > WINDOW || in.remaining() < count * MINED_BLOCK_BYTES) {
      throw new DecodeException(count + " blocks");
    }
    MempoolPolicyEstimator estimator = new MempoolPolicyEstimator();
    for (int i = 0; i < count; i++) {
      MinedBlock block = new MinedBlock(in.int32(), in.int64(), in.int64());
      if (block.height() != height - (count - 1 - i)) {
        throw new DecodeException("a block at height %d".formatted(block.height()));
      }
      estimator.last.add(block);
    }
    estimator.tip = BlockHash.read(in);
    in.expectEnd();
    if (count > 0 && !estimator.tip.equals(tip)) {
      throw new DecodeException("the last block is " + estimator.tip);
    }
    return estimator;
  }
}
