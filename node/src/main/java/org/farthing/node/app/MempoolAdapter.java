package org.farthing.node.app;

import java.util.List;
import java.util.Optional;
import org.farthing.consensus.primitives.Amount;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.mempool.FeeRate;
import org.farthing.node.mempool.MempoolResult;
import org.farthing.node.mempool.MempoolSnapshot;
import org.farthing.node.mempool.PackageResult;
import org.farthing.node.rpc.port.MempoolFilePort;
import org.farthing.node.rpc.port.MempoolPort;
import org.farthing.node.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The waiting transactions, as RPC methods and wallets see them. */
record MempoolAdapter(NodeCore core, MempoolFilePort file, Clock clock) implements MempoolPort {
  private static final Logger LOG = LoggerFactory.getLogger(MempoolAdapter.class);

  @Override
  public MempoolSnapshot snapshot() {
    return core.mempool().snapshot();
  }

  @Override
  public MempoolResult submit(Transaction transaction) {
    return core.gossip().submit(transaction);
  }

  @Override
  public PackageResult submit(List<Transaction> transactions, Optional<FeeRate> highestRate) {
    return core.gossip().transactions().submit(transactions, highestRate, clock.nowMillis());
  }

  @Override
  public boolean prioritise(Txid txid, long additionalSat) {
    if (core.mempool().isDusty(txid)) {
      return false;
    }
    long deltaSat = core.mempool().prioritise(txid, additionalSat);
    LOG.info(
        "PrioritiseTransaction: {} ({}in mempool) {}",
        txid,
        core.mempool().contains(txid) ? "" : "not ",
        deltaSat == 0
            ? "delta cleared"
            : "fee += %s, new delta=%s"
                .formatted(Amount.format(additionalSat), Amount.format(deltaSat)));
    return true;
  }

  @Override
  public MempoolResult test(Transaction transaction) {
    return core.mempool().test(transaction, clock.nowMillis());
  }

  @Override
  public PackageResult test(List<Transaction> transactions) {
    return core.mempool().test(transactions, clock.nowMillis());
  }
}
