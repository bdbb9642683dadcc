package org.farthing.node.mining.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.farthing.consensus.chain.Coin;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Witness;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.testing.BlockDraft;
import org.farthing.testing.ChainBuilder;

/** Makes payments at random, of coins that anybody can spend. */
final class PaymentMaker {
  static final Script PAYOUT = ScriptPattern.p2wsh(BlockDraft.ANYONE);
  private static final Witness KEY = Witness.of(BlockDraft.ANYONE.toByteArray());

  /** Less is not worth spending again. */
  private static final long LEAST_VALUE_SAT = 1_000_000;

  private static final int FEW = 10;

  private static final int REPLACEABLE = -3;

  private final ChainBuilder chain;
  private final ModelPool pool;
  private final Random random;

  /** Of the chain, or of what became of it. */
  private final List<OutPoint> confirmed = new ArrayList<>();

  PaymentMaker(ChainBuilder chain, ModelPool pool, Random random) {
    this.chain = chain;
    this.pool = pool;
    this.random = random;
  }

  /** Its outputs may be spent from now on. */
  void confirmed(Block block) {
    for (Transaction tx : block.transactions()) {
      for (int i = 0; i < tx.outputs().size(); i++) {
        if (tx.outputs().get(i).scriptPubKey().equals(PAYOUT)) {
          confirmed.add(tx.outPoint(i));
        }
      }
    }
  }

  /** Whether few coins are left that can be spent now. */
  boolean isPoor() {
    return confirmed.stream()
            .flatMap(place -> chain.coin(place).stream())
            .filter(coin -> isWorthIt(coin) && isMature(coin))
            .limit(FEW)
            .count()
        < FEW;
  }

  private static boolean isWorthIt(Coin coin) {
    return coin.output().valueSat() >= LEAST_VALUE_SAT;
  }

  private boolean isMature(Coin coin) {
    return !coin.coinbase() || coin.height() + 99 <= chain.tip().height();
  }

  /** A coin of the chain that can be spent now, whoever wants to; there must be one. */
  Map.Entry<OutPoint, TxOut> confirmedCoin() {
    while (true) {
      int place = random.nextInt(confirmed.size());
      Coin coin = chain.coin(confirmed.get(place)).orElse(null);
      if (coin == null || !isWorthIt(coin)) {
        Collections.swap(confirmed, place, confirmed.size() - 1);
        confirmed.remove(confirmed.size() - 1);
      } else if (isMature(coin)) {
        return Map.entry(confirmed.get(place), coin.output());
      }
    }
  }

  /** Coins of the chain, and outputs of those that wait, spent by others or not. */
  Map<OutPoint, TxOut> someCoins(int most, int percentWaiting) {
    List<ModelTx> waiting = new ArrayList<>(pool.waiting().values());
    Map<OutPoint, TxOut> coins = new LinkedHashMap<>();
    for (int i = 1 + random.nextInt(most); i > 0; i--) {
      Map.Entry<OutPoint, TxOut> coin = confirmedCoin();
      if (!waiting.isEmpty() && random.nextInt(100) < percentWaiting) {
        Transaction maker = waiting.get(random.nextInt(waiting.size())).transaction();
        int index = random.nextInt(maker.outputs().size());
        coin = Map.entry(maker.outPoint(index), maker.outputs().get(index));
      }
      if (coin.getValue().valueSat() >= LEAST_VALUE_SAT) {
        coins.put(coin.getKey(), coin.getValue());
      }
    }
    return coins;
  }

  /** Mostly low, so that it matters; a few are high. */
  long someFee() {
    int most = random.nextInt(100) < 70 ? 400 : random.nextInt(100) < 70 ? 8_000 : 60_000;
    return random.nextInt(most);
  }

  /** To one to three outputs; sometimes it may not be mined at once. */
  Transaction pay(Map<OutPoint, TxOut> coins, long feeSat) {
    List<TxOut> outputs = outputs(coins, feeSat, 1 + random.nextInt(3));
    List<TxIn> inputs =
        coins.keySet().stream()
            .map(coin -> new TxIn(coin, Script.EMPTY, someSequence(), KEY))
            .toList();
    return new Transaction(2, inputs, outputs, someLockTime());
  }

  /** One that a block may have now. */
  Transaction payNow(Map<OutPoint, TxOut> coins, long feeSat, int outputs) {
    List<TxIn> inputs =
        coins.keySet().stream()
            .map(coin -> new TxIn(coin, Script.EMPTY, REPLACEABLE, KEY))
            .toList();
    return new Transaction(2, inputs, outputs(coins, feeSat, outputs), 0);
  }

  private List<TxOut> outputs(Map<OutPoint, TxOut> coins, long feeSat, int outputs) {
    long total = coins.values().stream().mapToLong(TxOut::valueSat).sum() - feeSat;
    List<TxOut> outs = new ArrayList<>();
    for (int i = 1; i < outputs; i++) {
      outs.add(new TxOut(total / outputs, PAYOUT));
    }
    outs.add(new TxOut(total - (outputs - 1) * (total / outputs), PAYOUT));
    if (random.nextInt(4) == 0) {
      byte[] data = new byte[2 + random.nextInt(70)];
      Arrays.fill(data, (byte) random.nextInt());
      data[0] = 0x6a;
      data[1] = (byte) (data.length - 2);
      outs.add(random.nextInt(outs.size() + 1), new TxOut(0, Script.of(data)));
    }
    return outs;
  }

  /** Mostly without a relative lock; else blocks. */
  private int someSequence() {
    return random.nextInt(12) == 0 ? random.nextInt(3) : REPLACEABLE;
  }

  private int someLockTime() {
    return random.nextInt(8) == 0 ? chain.tip().height() - 1 + random.nextInt(3) : 0;
  }
}
