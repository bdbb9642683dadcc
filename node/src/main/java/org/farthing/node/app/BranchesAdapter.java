package org.farthing.node.app;

import java.util.List;
import org.farthing.consensus.chain.ChainTip;
import org.farthing.consensus.chain.ChainVerification;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.validation.Verdict;
import org.farthing.node.rpc.port.BranchesPort;
import org.farthing.node.time.Clock;

/** The branches of the chain, as RPC methods see and move them. */
record BranchesAdapter(NodeCore core, Clock clock) implements BranchesPort {
  /**
   * Who takes back many blocks wants no mempool of what they had: so many of the last ones, as in
   * Bitcoin Core.
   */
  private static final int BLOCKS_THAT_RETURN = 10;

  /** Where no other block comes, the chain is kept so long after it has gone back. */
  private static final long WRITE_MILLIS = 60_000;

  @Override
  public List<ChainTip> tips() {
    return core.chain().tips();
  }

  @Override
  public Verdict submit(BlockHeader header) {
    return core.chain().acceptHeader(header, clock.nowSeconds());
  }

  @Override
  public void invalidate(HeaderNode block) {
    core.mempool().returningAtMost(BLOCKS_THAT_RETURN, () -> core.intake().invalidate(block));
    core.scheduler().after(WRITE_MILLIS, core.chain()::writeDown);
  }

  @Override
  public void reconsider(HeaderNode block) {
    core.intake().reconsider(block);
  }

  @Override
  public void prefer(HeaderNode block) {
    core.intake().prefer(block);
  }

  @Override
  public ChainVerification verify(int level, int blocks) {
    return ChainLog.verify(core.chain(), level, blocks);
  }
}
