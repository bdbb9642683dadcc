package org.farthing.node.mining;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.params.Deployment;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.validation.BlockChecks;
import org.farthing.consensus.validation.TxChecks;
import org.farthing.node.mempool.Chunk;
import org.farthing.node.mempool.FeePerWeight;
import org.farthing.node.mempool.Mempool;
import org.farthing.node.mempool.MempoolEntry;

/**
 * Fills blocks with what pays best. It takes the mempool's chunks by falling feerate, as long as
 * they fit; where one doesn't, it is left out with all that come after it in its cluster. Node
 * thread.
 */
public final class BlockAssembler {
  /** A block is full when so many chunks in a row didn't fit and so little weight is left. */
  private static final int MAX_MISFITS = 1000;

  private static final int ALMOST_FULL_WEIGHT = 4000;

  private final MiningChain chain;
  private final Mempool mempool;
  private final MiningOptions options;
  private volatile Optional<Filled> lastFilled = Optional.empty();

  /**
   * How far a block was filled.
   *
   * @param weight with what is reserved for header and coinbase
   * @param transactions without the coinbase
   */
  public record Filled(int weight, int transactions) {}

  public BlockAssembler(MiningChain chain, Mempool mempool, MiningOptions options) {
    this.chain = chain;
    this.mempool = mempool;
    this.options = options;
  }

  /**
   * A block after the tip with the best of the mempool.
   *
   * @param payout the script that subsidy and fees are paid to
   */
  public BlockTemplate template(Script payout, long nowSeconds) {
    Filling filling = best();
    lastFilled = Optional.of(new Filled(filling.weight, filling.items.size()));
    return template(chain.tip(), payout, nowSeconds, filling.items);
  }

  /** How far the last block was filled, unless none was made yet. Any thread. */
  public Optional<Filled> lastFilled() {
    return lastFilled;
  }

  /** The chunks that the next block would have. */
  public List<FeePerWeight> nextBlock() {
    return best().chunks;
  }

  public MiningOptions options() {
    return options;
  }

  /**
   * A block after the tip with these transactions and no others. Whether they may stand there is
   * not looked at.
   */
  public BlockTemplate template(Script payout, long nowSeconds, List<BlockTemplate.Item> items) {
    lastFilled = Optional.of(new Filled(options.reservedWeight(), 0));
    return template(chain.tip(), payout, nowSeconds, items);
  }

  /** The same after any block of the tree. */
  public BlockTemplate template(
      HeaderNode parent, Script payout, long nowSeconds, List<BlockTemplate.Item> items) {
    ConsensusParams params = chain.params();
    int height = parent.height() + 1;
    long feesSat = items.stream().mapToLong(BlockTemplate.Item::feeSat).sum();
    return new BlockTemplate(
        parent,
        new Coinbase(
            height,
            params.subsidy().at(height) + feesSat,
            payout,
            params.isActive(Deployment.SEGWIT, height)),
        items,
        header(parent, nowSeconds));
  }

  /** The header of a block made now, as far as the transactions don't tell it. */
  BlockTemplate.HeaderFields header(HeaderNode parent, long nowSeconds) {
    long timeSeconds = Math.max(nowSeconds, chain.minimumTime(parent));
    return new BlockTemplate.HeaderFields(
        options.version().orElseGet(() -> chain.version(parent)),
        timeSeconds,
        chain.nextBits(parent, timeSeconds));
  }

  private Filling best() {
    Filling filling = new Filling();
    for (Chunk chunk : mempool.chunks()) {
      if (chunk.fees().rate().compareTo(options.minimumFee()) < 0 || filling.isFull()) {
        break;
      }
      filling.offer(chunk);
    }
    return filling;
  }

  /** A block in the making. */
  private final class Filling {
    private final HeaderNode parent = chain.tip();
    private final long cutoffSeconds = parent.medianTimePast();
    private final List<BlockTemplate.Item> items = new ArrayList<>();
    private final List<FeePerWeight> chunks = new ArrayList<>();
    private final Set<Long> closedClusters = new HashSet<>();
    private int weight = options.reservedWeight();
    private int sigOpCost = options.reservedSigOpCost();
    private int misfits;

    boolean isFull() {
      return misfits > MAX_MISFITS && weight + ALMOST_FULL_WEIGHT > options.maxWeight();
    }

    void offer(Chunk chunk) {
      int addedWeight = 0;
      int addedSigOpCost = 0;
      for (MempoolEntry entry : chunk.entries()) {
        addedWeight += entry.transaction().weight();
        addedSigOpCost += entry.sigOpCost();
      }
      boolean fits =
          weight + addedWeight < options.maxWeight()
              && sigOpCost + addedSigOpCost < BlockChecks.MAX_SIGOP_COST
              && !closedClusters.contains(chunk.clusterId())
              && chunk.entries().stream().allMatch(this::isFinal);
      if (!fits) {
        closedClusters.add(chunk.clusterId());
        misfits++;
        return;
      }
      misfits = 0;
      weight += addedWeight;
      sigOpCost += addedSigOpCost;
      chunks.add(chunk.fees());
      for (MempoolEntry entry : chunk.entries()) {
        items.add(new BlockTemplate.Item(entry.transaction(), entry.feeSat(), entry.sigOpCost()));
      }
    }

    private boolean isFinal(MempoolEntry entry) {
      return TxChecks.inHeaderContext(entry.transaction(), parent.height() + 1, cutoffSeconds)
          .isAccepted();
    }
  }
}
