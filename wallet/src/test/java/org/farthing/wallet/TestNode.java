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
import org.farthing.consensus.primitives.Txid;
import org.farthing.testing.ChainBuilder;

/** A chain with a simple mempool, and wallets that listen to both. */
final class TestNode implements ChainAccess, TxPublisher, AutoCloseable {
  private final ChainBuilder builder;
  private final Map<Txid, Transaction> mempool = new LinkedHashMap<>();
  private final List<Wallet> wallets = new ArrayList<>();
  private final Random random;
  private long laterSeconds;

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
      wallets.forEach(wallet -> wallet.chainChanged(event));
      dropWhere(tx -> tx.inputs().stream().anyMatch(input -> spent.contains(input.outPoint())));
    } else {
      wallets.forEach(wallet -> wallet.chainChanged(event));
      List<Transaction> waiting = new ArrayList<>(mempool.values());
      waiting.forEach(tx -> drop(tx.txid()));
      transactions.stream().filter(tx -> !tx.isCoinbase()).forEach(this::publish);
      waiting.forEach(this::publish);
    }
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
    for (TxIn input : transaction.inputs()) {
      if (!isSpendable(input.outPoint())) {
        return Optional.of("bad-txns-inputs-missingorspent");
      }
    }
    mempool.put(transaction.txid(), transaction);
    wallets.forEach(wallet -> wallet.addedToMempool(transaction));
    return Optional.empty();
  }

  private boolean isSpendable(OutPoint outPoint) {
    boolean spent =
        mempool.values().stream()
            .flatMap(tx -> tx.inputs().stream())
            .anyMatch(input -> input.outPoint().equals(outPoint));
    Optional<Coin> coin = builder.coin(outPoint);
    int next = builder.tip().height() + 1;
    boolean mature =
        coin.isEmpty()
            || !coin.get().coinbase()
            || next - coin.get().height() >= builder.params().coinbaseMaturity();
    return !spent && mature && (coin.isPresent() || mempool.containsKey(outPoint.txid()));
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
