package org.farthing.node.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.node.mining.BlockGenerator;
import org.farthing.node.mining.BlockTemplate;
import org.farthing.node.mining.Coinbase;

/** A branch of regtest that wins against some blocks: the same payments, and one block more. */
final class RivalBranch {
  private static final ConsensusParams PARAMS = ConsensusParams.regtest();

  /** Whom its blocks pay: anybody. */
  private static final Script ANYBODY = Script.of(new byte[] {0x51});

  private final List<String> blocks = new ArrayList<>();
  private BlockHash tip;

  private RivalBranch(BlockHash fork) {
    this.tip = fork;
  }

  /**
   * @param some blocks that follow each other, with their coinbases' commitments to witnesses
   * @param height of the first
   * @return for each one with the same payments, and one without any, in hexadecimal
   */
  static List<String> against(List<Block> some, int height) {
    RivalBranch branch = new RivalBranch(some.get(0).header().previous());
    for (Block block : some) {
      List<Transaction> all = block.transactions();
      long rewardSat = all.get(0).outputs().get(0).valueSat();
      Coinbase coinbase = new Coinbase(height + branch.blocks.size(), rewardSat, ANYBODY, true);
      branch.add(coinbase, all.subList(1, all.size()), block.header(), 0);
    }
    int last = height + some.size();
    Coinbase coinbase = new Coinbase(last, PARAMS.subsidy().at(last), ANYBODY, false);
    branch.add(coinbase, List.of(), some.get(some.size() - 1).header(), 1);
    return branch.blocks;
  }

  private void add(
      Coinbase coinbase, List<Transaction> payments, BlockHeader like, long secondsLater) {
    BlockTemplate.HeaderFields fields =
        new BlockTemplate.HeaderFields(
            like.version(), like.timeSeconds() + secondsLater, like.bits());
    Block unsolved = coinbase.blockOn(tip, payments, OptionalLong.empty(), fields);
    Block block = BlockGenerator.solve(unsolved, BlockGenerator.DEFAULT_MAX_TRIES).orElseThrow();
    tip = block.hash();
    blocks.add(Hex.encode(block.serialize()));
  }
}
