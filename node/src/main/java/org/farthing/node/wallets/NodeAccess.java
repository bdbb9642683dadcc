package org.farthing.node.wallets;

import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.filter.BlockFilter;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.node.mempool.MempoolEntry;
import org.farthing.node.mempool.MempoolResult;
import org.farthing.node.mempool.MempoolSnapshot;
import org.farthing.node.sync.BlockFilters;
import org.farthing.wallet.ChainAccess;
import org.farthing.wallet.MempoolView;
import org.farthing.wallet.TxPublisher;

/** What wallets see of a node: the chain as of the latest snapshot, and the mempool. */
public final class NodeAccess implements ChainAccess, TxPublisher {
  private final Supplier<ChainSnapshot> chain;
  private final Supplier<MempoolSnapshot> mempool;
  private final Function<Transaction, MempoolResult> submit;
  private final Optional<BlockFilters> filters;
  private Supplier<Optional<Long>> patientRate = Optional::empty;
  private Executor workers = Runnable::run;

  /**
   * @param submit takes a transaction in and announces it to peers, also if it waits already; on
   *     the node's thread
   * @param filters of blocks, if the node makes them
   */
  public NodeAccess(
      Supplier<ChainSnapshot> chain,
      Supplier<MempoolSnapshot> mempool,
      Function<Transaction, MempoolResult> submit,
      Optional<BlockFilters> filters) {
    this.chain = chain;
    this.mempool = mempool;
    this.submit = submit;
    this.filters = filters;
  }

  /**
   * Who knows at which rate transactions are confirmed that have all the time in the world, in
   * satoshis for each thousand virtual bytes.
   */
  public NodeAccess withPatientRate(Supplier<Optional<Long>> known) {
    patientRate = known;
    return this;
  }

  /** Who runs pure functions beside the node's thread. */
  public NodeAccess withWorkers(Executor helpers) {
    workers = helpers;
    return this;
  }

  @Override
  public Executor workers() {
    return workers;
  }

  @Override
  public MempoolView waiting() {
    return new WaitingTransactions(chain.get(), mempool.get(), patientRate);
  }

  @Override
  public ChainSnapshot snapshot() {
    return chain.get();
  }

  @Override
  public boolean hasFilters() {
    return filters.isPresent();
  }

  @Override
  public Optional<BlockFilter> filter(HeaderNode block) {
    return filters.flatMap(all -> all.filter(block));
  }

  @Override
  public Collection<Transaction> mempool() {
    return mempool.get().entriesBestFirst().stream().map(MempoolEntry::transaction).toList();
  }

  @Override
  public Optional<String> publish(Transaction transaction) {
    MempoolResult result = submit.apply(transaction);
    boolean taken = result.isAccepted() || mempool.get().contains(transaction.txid());
    return taken ? Optional.empty() : Optional.of(result.toString());
  }
}
