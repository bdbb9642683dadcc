package org.farthing.node.app;

import java.util.Optional;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.node.mempool.MempoolEntry;
import org.farthing.node.mempool.MempoolResult;
import org.farthing.node.mempool.MempoolSnapshot;
import org.farthing.node.rpc.port.MempoolPort;
import org.farthing.node.time.Clock;

/** The waiting transactions, as RPC methods and wallets see them. */
record MempoolAdapter(NodeCore core, Clock clock) implements MempoolPort {
  @Override
  public MempoolSnapshot snapshot() {
    return core.mempool().snapshot();
  }

  @Override
  public MempoolResult submit(Transaction transaction) {
    Optional<MempoolEntry> waiting = core.mempool().get(transaction.txid());
    if (waiting.isPresent()) {
      core.gossip().announcer().added(waiting.get());
      return new MempoolResult.Accepted(waiting.get());
    }
    return core.mempool().accept(transaction, clock.nowMillis());
  }

  @Override
  public MempoolResult test(Transaction transaction) {
    return core.mempool().test(transaction, clock.nowMillis());
  }
}
