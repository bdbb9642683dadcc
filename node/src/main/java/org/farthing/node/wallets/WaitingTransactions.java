package org.farthing.node.wallets;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.Coin;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.mempool.BumpFees;
import org.farthing.node.mempool.FeeRate;
import org.farthing.node.mempool.MempoolEntry;
import org.farthing.node.mempool.MempoolOptions;
import org.farthing.node.mempool.MempoolSnapshot;
import org.farthing.wallet.MempoolView;
import org.farthing.wallet.selection.SpendableCoin.Ancestry;

/**
 * The mempool as of one moment, as wallets see it.
 *
 * @param patient see {@link MempoolView#patientRate}
 */
record WaitingTransactions(
    ChainSnapshot chain, MempoolSnapshot mempool, Supplier<Optional<Long>> patient)
    implements MempoolView {
  @Override
  public Limits limits() {
    return new Limits(
        mempool.options().clusters().chains().ancestors(),
        mempool.options().clusters().chains().descendants(),
        mempool.options().fees().dust().satPerKvb());
  }

  @Override
  public Ancestry ancestry(Txid txid) {
    return mempool
        .get(txid)
        .map(
            entry ->
                new Ancestry(
                    mempool.withAncestors(entry).size(),
                    mempool.cluster(txid).orElseThrow().count()))
        .orElse(Ancestry.CONFIRMED);
  }

  @Override
  public boolean hasChild(Txid txid) {
    return mempool.get(txid).filter(entry -> !mempool.children(entry).isEmpty()).isPresent();
  }

  @Override
  public Map<OutPoint, Long> bumpFees(Collection<OutPoint> coins, long rate) {
    return BumpFees.ofEach(mempool, coins, new FeeRate(rate));
  }

  @Override
  public long combinedBumpFee(Collection<OutPoint> coins, long rate) {
    return BumpFees.ofAll(mempool, coins, new FeeRate(rate));
  }

  @Override
  public boolean hasRoomFor(Transaction transaction) {
    Map<Txid, MempoolEntry> cluster = new LinkedHashMap<>();
    Set<Txid> replaced = new HashSet<>();
    for (TxIn input : transaction.inputs()) {
      mempool
          .cluster(input.outPoint().txid())
          .ifPresent(found -> found.entries().forEach(each -> cluster.put(each.txid(), each)));
      mempool
          .spender(input.outPoint())
          .ifPresent(
              spender ->
                  mempool.withDescendants(spender).forEach(each -> replaced.add(each.txid())));
    }
    cluster.keySet().removeAll(replaced);
    long weight = cluster.values().stream().mapToLong(MempoolEntry::policyWeight).sum();
    MempoolOptions.ClusterLimits limits = mempool.options().clusters();
    return cluster.size() < limits.count() && weight + transaction.weight() <= limits.weight();
  }

  @Override
  public Optional<TxOut> output(OutPoint outPoint) {
    return mempool.coins(chain.chain(), chain.height() + 1).coin(outPoint).map(Coin::output);
  }

  @Override
  public Optional<Long> patientRate() {
    return patient.get();
  }
}
