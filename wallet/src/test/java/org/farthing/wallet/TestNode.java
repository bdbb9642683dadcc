package org.farthing.wallet;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.farthing.consensus.chain.ChainEvent;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.Coin;
import org.farthing.consensus.chain.Owner;
import org.farthing.consensus.crypto.Scrypt;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.testing.ChainBuilder;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.store.MemoryWalletStore;
import org.farthing.wallet.store.WalletRecord;

/** A chain with a simple mempool, and wallets that listen to both. */
final class TestNode implements ChainAccess, TxPublisher, AutoCloseable {
  private final ChainBuilder builder;
  private final Map<Txid, Transaction> mempool = new LinkedHashMap<>();
  private final List<Wallet> wallets = new ArrayList<>();
  private final List<Watcher> watchers = new ArrayList<>();
  private final Random random;
  private long laterSeconds;
  private boolean refusing;

  /** Is told what wallets are told, before them. */
  interface Watcher {
    void chainChanged(ChainEvent event);

    void addedToMempool(Transaction transaction);
  }

  void watch(Watcher watcher) {
    watchers.add(watcher);
  }

  void unwatch(Watcher watcher) {
    watchers.remove(watcher);
  }

  /** Whether the mempool takes nothing new. */
  void refuse(boolean everything) {
    refusing = everything;
  }

  /** The mempool lets a transaction go, with all that spend from it. */
  void evict(Transaction transaction) {
    dropWithDescendants(transaction);
  }

  TestNode(ConsensusParams params, long seed) {
    builder = ChainBuilder.on(params);
    random = new Random(seed);
    builder.chain().addListener(this::chainChanged);
  }

  /** Regtest with another maturity. */
  static ConsensusParams regtest(int maturity) {
    return ConsensusParams.regtest().withCoinbaseMaturity(maturity);
  }

  ChainBuilder builder() {
    return builder;
  }

  WalletContext context() {
    return new WalletContext(
        builder.params(),
        this,
        this,
        () -> builder.nowSeconds() + laterSeconds,
        random,
        WalletOptions.of(new Scrypt.Cost(4, 8, 1)),
        Owner.UNCHECKED);
  }

  /** A wallet in memory that waits for descriptors. */
  Wallet withoutKeys(boolean privateKeys) throws WalletException {
    return Wallet.createWithoutKeys(
        new MemoryWalletStore(),
        context(),
        Protection.none(),
        new WalletRecord.Kind(privateKeys, true, false));
  }

  /** Lets time pass in which no block is found. */
  void later(long seconds) {
    laterSeconds += seconds;
  }

  void add(Wallet wallet) {
    wallets.add(wallet);
    while (!wallet.catchUp(7)) {
      Thread.onSpinWait();
    }
  }

  void remove(Wallet wallet) {
    wallets.remove(wallet);
  }

  private void chainChanged(ChainEvent event) {
    List<Transaction> transactions = event.block().transactions();
    if (event instanceof ChainEvent.Connected) {
      Set<OutPoint> spent = new HashSet<>();
      for (Transaction transaction : transactions) {
        drop(transaction.txid());
        transaction.inputs().forEach(input -> spent.add(input.outPoint()));
      }
      tell(event);
      dropWhere(tx -> tx.inputs().stream().anyMatch(input -> spent.contains(input.outPoint())));
    } else {
      tell(event);
      List<Transaction> waiting = new ArrayList<>(mempool.values());
      waiting.forEach(tx -> drop(tx.txid()));
      transactions.stream().filter(tx -> !tx.isCoinbase()).forEach(this::publish);
      waiting.forEach(this::publish);
    }
  }

  private void tell(ChainEvent event) {
    watchers.forEach(watcher -> watcher.chainChanged(event));
    wallets.forEach(wallet -> wallet.chainChanged(event));
  }

  private void dropWhere(Predicate<Transaction> condition) {
    List.copyOf(mempool.values()).stream().filter(condition).forEach(tx -> dropWithDescendants(tx));
  }

  private void dropWithDescendants(Transaction transaction) {
    drop(transaction.txid());
    dropWhere(
        tx ->
            tx.inputs().stream()
                .anyMatch(input -> input.outPoint().txid().equals(transaction.txid())));
  }

  private void drop(Txid txid) {
    if (mempool.remove(txid) != null) {
      wallets.forEach(wallet -> wallet.removedFromMempool(txid));
    }
  }

  @Override
  public ChainSnapshot snapshot() {
    return builder.chain().snapshot();
  }

  @Override
  public Collection<Transaction> mempool() {
    return mempool.values();
  }

  @Override
  public Optional<String> publish(Transaction transaction) {
    if (mempool.containsKey(transaction.txid())) {
      return Optional.empty();
    }
    if (refusing) {
      return Optional.of("mempool min fee not met");
    }
    for (TxIn input : transaction.inputs()) {
      if (!isSpendable(input.outPoint())) {
        return Optional.of("bad-txns-inputs-missingorspent");
      }
    }
    List<Transaction> replaced = rivals(transaction);
    for (Transaction rival : replaced) {
      if (transaction.parents().contains(rival.txid()) || feeSat(transaction) <= feeSat(rival)) {
        return Optional.of("insufficient fee");
      }
    }
    replaced.forEach(this::dropWithDescendants);
    if (!mempool.keySet().containsAll(waitingParents(transaction))) {
      return Optional.of("bad-txns-inputs-missingorspent");
    }
    mempool.put(transaction.txid(), transaction);
    watchers.forEach(watcher -> watcher.addedToMempool(transaction));
    wallets.forEach(wallet -> wallet.addedToMempool(transaction));
    return Optional.empty();
  }

  /** The parents that no block has. */
  private List<Txid> waitingParents(Transaction transaction) {
    return transaction.inputs().stream()
        .map(TxIn::outPoint)
        .filter(outPoint -> builder.coin(outPoint).isEmpty())
        .map(OutPoint::txid)
        .toList();
  }

  private List<Transaction> rivals(Transaction transaction) {
    Set<OutPoint> wanted = new HashSet<>();
    transaction.inputs().forEach(input -> wanted.add(input.outPoint()));
    return mempool.values().stream()
        .filter(tx -> tx.inputs().stream().anyMatch(input -> wanted.contains(input.outPoint())))
        .toList();
  }

  private long feeSat(Transaction transaction) {
    long in = 0;
    for (TxIn input : transaction.inputs()) {
      OutPoint outPoint = input.outPoint();
      Optional<Coin> coin = builder.coin(outPoint);
      in +=
          coin.isPresent()
              ? coin.get().output().valueSat()
              : mempool.get(outPoint.txid()).outputs().get(outPoint.index()).valueSat();
    }
    return in - transaction.outputs().stream().mapToLong(TxOut::valueSat).sum();
  }

  private boolean isSpendable(OutPoint outPoint) {
    Optional<Coin> coin = builder.coin(outPoint);
    int next = builder.tip().height() + 1;
    boolean mature =
        coin.isEmpty()
            || !coin.get().coinbase()
            || next - coin.get().height() >= builder.params().coinbaseMaturity();
    return mature && (coin.isPresent() || mempool.containsKey(outPoint.txid()));
  }

  /** Mines what is in the mempool, parents first. */
  void mine(Script payTo) {
    builder.add(builder.draft().payTo(payTo).with(List.copyOf(mempool.values())).build());
  }

  @Override
  public void close() {
    builder.close();
  }
}
