package org.farthing.consensus.chain;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.farthing.consensus.chain.ChainVerification.Outcome;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.validation.Verdict;

/**
 * Checks the blocks below the tip again ({@code verifychain}). Each level does what the levels
 * below it do, and more:
 *
 * <ol start="0">
 *   <li>the block can be read;
 *   <li>it breaks no rule that can be checked without its place;
 *   <li>its undo data can be read;
 *   <li>the coins are those that the block leaves, and taking it back gives those before it;
 *   <li>it connects again.
 * </ol>
 *
 * Nothing is changed.
 */
final class ChainVerifier {
  static final int MAX_LEVEL = 4;

  /** About 200 bytes each; further blocks are not taken back. */
  private static final int MAX_COINS = 500_000;

  private final ConsensusParams params;
  private final ChainSnapshot chain;
  private final BlockConnector connector;
  private final AssumedValid assumedValid;
  private final CoinOverlay coins;
  private final int level;
  private final BooleanSupplier stopping;
  private int blocks;
  private int transactions;
  private boolean incomplete;
  private boolean coinsDontFit;
  private String coinProblem = "";

  /**
   * @param coins as of the tip
   * @param level is brought into the range that there is
   * @param stopping asked between two blocks: once it is true nothing more is checked
   */
  ChainVerifier(
      ConsensusParams params,
      ChainSnapshot chain,
      CoinView coins,
      BlockConnector connector,
      AssumedValid assumedValid,
      int level,
      BooleanSupplier stopping) {
    this.params = params;
    this.chain = chain;
    this.coins = new CoinOverlay(coins);
    this.connector = connector;
    this.assumedValid = assumedValid;
    this.stopping = stopping;
    this.level = Math.max(0, Math.min(MAX_LEVEL, level));
  }

  /** Something is wrong, in Bitcoin Core's words. */
  private static final class CorruptException extends Exception {
    private static final long serialVersionUID = 1L;

    CorruptException(String what, HeaderNode node, String detail) {
      super(
          "%s at %d, hash=%s%s"
              .formatted(
                  what, node.height(), node.hash(), detail.isEmpty() ? "" : " (" + detail + ")"));
    }

    CorruptException(String what) {
      super(what);
    }
  }

  /**
   * @param count of blocks; all for 0, for less, and for more than there are
   */
  ChainVerification verify(int count) {
    int height = chain.height();
    int least = count <= 0 || count > height ? 0 : height - count;
    try {
      HeaderNode reached = downTo(least);
      if (!coinProblem.isEmpty()) {
        throw new CorruptException(
            "coin database inconsistencies found (%s, %d good transactions before that)"
                .formatted(coinProblem, transactions));
      }
      if (level >= 4 && !coinsDontFit) {
        upFrom(reached);
      }
    } catch (CorruptException e) {
      return result(Outcome.CORRUPT, "Verification error: " + e.getMessage());
    }
    if (stopping.getAsBoolean()) {
      return result(Outcome.INTERRUPTED, "");
    }
    if (coinsDontFit) {
      return result(
          Outcome.SKIPPED_COINS,
          "Skipped verification of level >=3 (insufficient database cache size). Consider"
              + " increasing -dbcache.");
    }
    return incomplete
        ? result(
            Outcome.MISSING_BLOCKS,
            "Block verification stopping at height %d (no data). This could be due to pruning or"
                    .formatted(height - blocks)
                + " use of an assumeutxo snapshot.")
        : result(Outcome.SOUND, "");
  }

  private ChainVerification result(Outcome outcome, String problem) {
    return new ChainVerification(outcome, blocks, level, transactions, problem);
  }

  /** The last node that was not checked. */
  private HeaderNode downTo(int height) throws CorruptException {
    HeaderNode node = chain.tip();
    while (node.height() > height && !stopping.getAsBoolean()) {
      if (chain.chain().status(node).isPruned()) {
        incomplete = true;
        return node;
      }
      check(node);
      blocks++;
      node = node.parent();
    }
    return node;
  }

  private void check(HeaderNode node) throws CorruptException {
    Block block = read(node);
    if (level >= 1
        && BlockAcceptance.inIsolation(block, params) instanceof Verdict.Rejected rejected) {
      throw new CorruptException("found bad block", node, rejected.toString());
    }
    if (level < 2) {
      return;
    }
    BlockUndo undo = readUndo(node);
    if (!fits(block, undo)) {
      throw new CorruptException("found bad undo data", node, "");
    }
    coinsDontFit |= coins.size() > MAX_COINS;
    if (level >= 3 && !coinsDontFit) {
      if (takeBack(block, undo, node.height())) {
        transactions += block.transactions().size();
      } else {
        coinProblem = "last %d blocks".formatted(chain.height() - node.height() + 1);
        transactions = 0;
      }
    }
  }

  private Block read(HeaderNode node) throws CorruptException {
    Optional<Block> block;
    try {
      block = chain.chain().block(node.hash());
    } catch (StoreException e) {
      block = Optional.empty();
    }
    return block.orElseThrow(() -> new CorruptException("ReadBlock failed", node, ""));
  }

  private BlockUndo readUndo(HeaderNode node) throws CorruptException {
    Optional<BlockUndo> undo;
    try {
      undo = chain.chain().undo(node.hash());
    } catch (StoreException e) {
      undo = Optional.empty();
    }
    return undo.orElseThrow(() -> new CorruptException("found bad undo data", node, ""));
  }

  /** The undo data has a coin for each input. */
  private static boolean fits(Block block, BlockUndo undo) {
    List<Transaction> spenders = block.transactions().subList(1, block.transactions().size());
    if (undo.spent().size() != spenders.size()) {
      return false;
    }
    for (int i = 0; i < spenders.size(); i++) {
      if (undo.spent().get(i).size() != spenders.get(i).inputs().size()) {
        return false;
      }
    }
    return true;
  }

  /** Takes a block back; false if the coins were not as the block must have left them. */
  private boolean takeBack(Block block, BlockUndo undo, int height) {
    boolean clean = true;
    for (int i = block.transactions().size() - 1; i >= 0; i--) {
      Transaction tx = block.transactions().get(i);
      clean &= takeOutputs(tx, height);
      if (i > 0) {
        clean &= giveInputs(tx, undo.spent().get(i - 1));
      }
    }
    return clean;
  }

  private boolean takeOutputs(Transaction tx, int height) {
    boolean clean = true;
    for (int i = 0; i < tx.outputs().size(); i++) {
      Coin left = new Coin(tx.outputs().get(i), height, tx.isCoinbase());
      if (Coin.canBeSpent(left.output())) {
        OutPoint outPoint = tx.outPoint(i);
        clean &= coins.coin(outPoint).filter(left::equals).isPresent();
        coins.remove(outPoint);
      }
    }
    return clean;
  }

  private boolean giveInputs(Transaction tx, List<Coin> spent) {
    boolean clean = true;
    for (int i = 0; i < spent.size(); i++) {
      OutPoint outPoint = tx.inputs().get(i).outPoint();
      clean &= coins.coin(outPoint).isEmpty();
      coins.put(outPoint, spent.get(i));
    }
    return clean;
  }

  private void upFrom(HeaderNode node) throws CorruptException {
    for (int height = node.height() + 1; height <= chain.height(); height++) {
      if (stopping.getAsBoolean()) {
        return;
      }
      HeaderNode next = chain.tip().ancestor(height);
      BlockConnector.Outcome outcome =
          connector.connect(read(next), next, coins, assumedValid.of(next));
      if (outcome instanceof BlockConnector.Outcome.Refused refused) {
        throw new CorruptException("found unconnectable block", next, refused.verdict().toString());
      }
      coins.apply(((BlockConnector.Outcome.Connected) outcome).changes());
    }
  }
}
