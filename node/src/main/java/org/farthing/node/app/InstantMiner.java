package org.farthing.node.app;

import java.util.List;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.validation.Verdict;
import org.farthing.node.mining.BlockAssembler;
import org.farthing.node.mining.BlockGenerator;
import org.farthing.node.mining.BlockTemplate;
import org.farthing.node.mining.MiningChain;
import org.farthing.node.mining.MiningOptions;

/**
 * Mines at once, for networks whose proof of work is next to nothing. On the node's thread.
 *
 * <p>Each block must be younger than the median of those before it. Many in a row run ahead of the
 * clock by a second for each six; before they are so far ahead that their own node would refuse
 * them, the clock goes on with them.
 */
final class InstantMiner {
  /**
   * Peers whose clocks differ a little should take the blocks too: they refuse beyond two hours.
   */
  private static final long FAR_AHEAD_SECONDS = 60 * 60;

  private static final long MAX_TRIES = 10_000_000;

  private final NodeCore core;
  private final NodeClock clock;
  private final BlockAssembler assembler;

  InstantMiner(NodeCore core, NodeClock clock) {
    this.core = core;
    this.clock = clock;
    this.assembler =
        new BlockAssembler(MiningChain.of(core.chain()), core.mempool(), MiningOptions.defaults());
  }

  /** A block after the tip with the best of the mempool. */
  Block mine(Script payout) {
    keepUp(core.chain().snapshot().tip());
    return add(assembler.template(payout, clock.nowSeconds()));
  }

  /**
   * An empty block after any block whose header is known.
   *
   * @throws IllegalStateException if the chain does not take it
   */
  Block mineEmpty(HeaderNode parent, Script payout) {
    keepUp(parent);
    return add(assembler.template(parent, payout, clock.nowSeconds(), List.of()));
  }

  private void keepUp(HeaderNode parent) {
    long behind = core.chain().minimumTime(parent) - clock.nowSeconds();
    if (behind > FAR_AHEAD_SECONDS) {
      clock.advance(behind * 1000);
    }
  }

  /** A block of the same content, at the same time, may be there, or have been invalidated. */
  private Block add(BlockTemplate template) {
    Block block = solve(template.block());
    for (long extra = 1; core.chain().headers().find(block.hash()).isPresent(); extra++) {
      block = solve(template.withExtraNonce(extra));
    }
    Verdict verdict = core.intake().accept(block);
    if (!verdict.isAccepted()) {
      throw new IllegalStateException("the chain refuses the block: " + verdict);
    }
    return block;
  }

  private static Block solve(Block template) {
    return BlockGenerator.solve(template, MAX_TRIES)
        .orElseThrow(() -> new IllegalStateException("this network's blocks need real work"));
  }
}
