package org.farthing.node.mining.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.farthing.consensus.chain.Coin;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.testing.ChainBuilder;

/** What of a transaction depends on the chain. All scripts of the test can be satisfied. */
final class ModelRules {
  private static final int MATURITY = 100;

  private final ChainBuilder chain;
  private final Map<Txid, ModelTx> waiting;

  ModelRules(ChainBuilder chain, Map<Txid, ModelTx> waiting) {
    this.chain = chain;
    this.waiting = waiting;
  }

  private int nextHeight() {
    return chain.tip().height() + 1;
  }

  /** Why it may not wait whatever it pays; empty if nothing speaks against it. */
  Optional<ModelPool.Answer> unfit(Transaction tx, List<ModelTx> before) {
    if (waiting.containsKey(tx.txid())) {
      return Optional.of(ModelPool.Answer.REFUSED);
    }
    if (coins(tx, before).size() < tx.inputs().size()) {
      boolean isConfirmed = false;
      for (int i = 0; i < tx.outputs().size(); i++) {
        isConfirmed |= chain.coin(tx.outPoint(i)).isPresent();
      }
      return Optional.of(isConfirmed ? ModelPool.Answer.REFUSED : ModelPool.Answer.MISSING);
    }
    return isMinable(tx, before) ? Optional.empty() : Optional.of(ModelPool.Answer.REFUSED);
  }

  /** Whether the next block may have it together with what it spends from. */
  boolean isMinable(Transaction tx, List<ModelTx> before) {
    List<Coin> coins = coins(tx, before);
    boolean minable = coins.size() == tx.inputs().size() && feeSat(tx, before) >= 0;
    for (int i = 0; minable && i < coins.size(); i++) {
      Coin coin = coins.get(i);
      minable =
          (!coin.coinbase() || coin.height() + MATURITY <= nextHeight())
              && isUnlocked(tx.inputs().get(i), coin);
    }
    return minable && isFinal(tx);
  }

  /** Relative locks of the test count blocks (BIP-0068); all its transactions have version 2. */
  private boolean isUnlocked(TxIn input, Coin coin) {
    return input.sequence() < 0 || coin.height() + (input.sequence() & 0xffff) <= nextHeight();
  }

  /** Absolute locks of the test are heights. */
  private boolean isFinal(Transaction tx) {
    return tx.lockTime() < nextHeight()
        || tx.inputs().stream().allMatch(input -> input.sequence() == -1);
  }

  long feeSat(Transaction tx, List<ModelTx> before) {
    return coins(tx, before).stream().mapToLong(coin -> coin.output().valueSat()).sum()
        - tx.outputs().stream().mapToLong(TxOut::valueSat).sum();
  }

  private List<Coin> coins(Transaction tx, List<ModelTx> before) {
    List<Coin> coins = new ArrayList<>();
    for (TxIn input : tx.inputs()) {
      coin(input.outPoint(), before).ifPresent(coins::add);
    }
    return coins;
  }

  private Optional<Coin> coin(OutPoint outPoint, List<ModelTx> before) {
    Optional<Transaction> maker =
        Optional.ofNullable(waiting.get(outPoint.txid()))
            .or(() -> before.stream().filter(tx -> tx.txid().equals(outPoint.txid())).findFirst())
            .map(ModelTx::transaction);
    return maker.isPresent()
        ? maker
            .filter(tx -> outPoint.index() < tx.outputs().size())
            .map(tx -> new Coin(tx.outputs().get(outPoint.index()), nextHeight(), false))
        : chain.coin(outPoint);
  }
}
