package org.farthing.node.cli.bench;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.primitives.Witness;
import org.farthing.consensus.script.PrecomputedTransaction;
import org.farthing.node.cli.bench.HostilePool.Answer;
import org.farthing.node.cli.bench.HostilePool.Lock;
import org.farthing.node.mempool.MempoolOptions;

/**
 * What strangers may send to keep a mempool busy, kind by kind, each into a pool of its own that is
 * prepared for it.
 */
final class HostileTransactions {
  static final int CLUSTER = 64;
  static final int CLUSTERS = 100;
  private static final int COLLIDING = 97_000;
  private static final long FEE = 1_000;
  private static final long LAST_FEE = 60_000;
  private static final long SMALL_POOL = 5_000_000;

  private final int messages;
  private final Random random = new Random(5);

  /**
   * @param messages of each kind; fewer of those that take long to prepare
   */
  HostileTransactions(int messages) {
    this.messages = messages;
  }

  private static HostilePool pool() {
    return new HostilePool(MempoolOptions.defaults());
  }

  private int few() {
    return Math.max(1, messages / 20);
  }

  /** For comparison: one signature, two outputs. */
  List<Answer> honestPayments() {
    List<Answer> answers = new ArrayList<>();
    try (HostilePool pool = pool()) {
      for (int i = 0; i < messages; i++) {
        TxOut output = new TxOut((HostilePool.COIN_SAT - FEE) / 2, KnownKey.LOCK);
        TxIn input = new TxIn(pool.coin(Lock.KEY_HASH), Script.EMPTY, -3);
        Transaction unsigned = new Transaction(2, List.of(input), List.of(output, output), 0);
        answers.add(pool.offer(KnownKey.signed(unsigned, Lock.KEY_HASH.output())));
      }
    }
    return answers;
  }

  /** As many inputs as fit into a message, chosen so that their hash codes are all the same. */
  List<Answer> collidingInputs() {
    List<Answer> answers = new ArrayList<>();
    try (HostilePool pool = pool()) {
      for (int i = 0; i < few(); i++) {
        List<OutPoint> coins = new ArrayList<>();
        for (int j = 0; j < COLLIDING; j++) {
          ByteBuffer id = ByteBuffer.allocate(Txid.SIZE).putLong(8, random.nextLong());
          coins.add(new OutPoint(Txid.of(id.array()), 0));
        }
        answers.add(pool.offer(HostilePool.spend(coins, HostilePool.COIN_SAT, 2)));
      }
    }
    return answers;
  }

  /** One coin is spent again and again, for as little more as is allowed. */
  List<Answer> replacements() {
    List<Answer> answers = new ArrayList<>();
    try (HostilePool pool = pool()) {
      List<OutPoint> coin = List.of(pool.coin(Lock.ANCHOR));
      for (int i = 0; i < messages; i++) {
        answers.add(pool.offer(HostilePool.spend(coin, HostilePool.COIN_SAT - FEE - 8L * i, 2)));
      }
    }
    return answers;
  }

  /** As many inputs as there is room for, each of which conflicts with another cluster. */
  List<Answer> conflictsWithEverybody() {
    List<Answer> answers = new ArrayList<>();
    try (HostilePool pool = pool()) {
      List<OutPoint> coins = new ArrayList<>();
      for (int i = 0; i < 2_400; i++) {
        OutPoint coin = pool.coin(Lock.ANCHOR);
        pool.accept(HostilePool.spend(List.of(coin), HostilePool.COIN_SAT - FEE, 2));
        coins.add(coin);
      }
      for (int i = 0; i < few(); i++) {
        long value = HostilePool.COIN_SAT * coins.size() - 10_000 * FEE - i;
        answers.add(pool.offer(HostilePool.spend(coins, value, 2)));
      }
    }
    return answers;
  }

  /**
   * Conflicts with the first transaction of as many full chains as may be replaced.
   *
   * @param feeSat what it pays
   * @param outputs how large it is
   */
  private List<Answer> conflictsWithChains(long feeSat, int outputs) {
    List<Answer> answers = new ArrayList<>();
    try (HostilePool pool = pool()) {
      List<OutPoint> coins = new ArrayList<>();
      for (int i = 0; i < CLUSTERS; i++) {
        OutPoint coin = pool.coin(Lock.ANCHOR);
        long first = i == 0 ? 100 * FEE : FEE;
        acceptChain(pool, coin, first, FEE);
        coins.add(coin);
      }
      for (int i = 0; i < few(); i++) {
        long value = HostilePool.COIN_SAT * coins.size() - feeSat - i;
        answers.add(pool.offer(HostilePool.spend(coins, value, outputs)));
      }
    }
    return answers;
  }

  /** It pays less than what it would push out. */
  List<Answer> conflictsWithChainsForTooLittle() {
    return conflictsWithChains(FEE, 2);
  }

  /** It pays more than all of them, but less than one for its size. */
  List<Answer> conflictsWithChainsAtALowRate() {
    return conflictsWithChains(2 * CLUSTERS * CLUSTER * FEE, 6_000);
  }

  /** It is taken, and thousands have to go. */
  List<Answer> replacesThousands() {
    return conflictsWithChains(2 * CLUSTERS * CLUSTER * FEE, 2).subList(0, 1);
  }

  private static Transaction child(Transaction parent, long feeSat) {
    return HostilePool.spend(
        List.of(parent.outPoint(0)), parent.outputs().get(0).valueSat() - feeSat, 2);
  }

  /** As long as it may be. */
  private static void acceptChain(HostilePool pool, OutPoint coin, long firstSat, long furtherSat) {
    Transaction last =
        pool.accept(HostilePool.spend(List.of(coin), HostilePool.COIN_SAT - firstSat, 2));
    for (int i = 1; i < CLUSTER; i++) {
      last = pool.accept(child(last, furtherSat));
    }
  }

  /** Chains as long as they may be, and one more. */
  List<Answer> longChains() {
    List<Answer> answers = new ArrayList<>();
    try (HostilePool pool = pool()) {
      for (int i = 0; i < few(); i++) {
        Transaction last =
            pool.accept(
                HostilePool.spend(List.of(pool.coin(Lock.ANCHOR)), HostilePool.COIN_SAT - FEE, 2));
        for (int j = 1; j <= CLUSTER; j++) {
          last = child(last, FEE + random.nextInt(1_000));
          answers.add(pool.offer(last));
        }
      }
    }
    return answers;
  }

  /** Clusters in which each child spends from each parent. */
  List<Answer> denseClusters() {
    List<Answer> answers = new ArrayList<>();
    try (HostilePool pool = pool()) {
      for (int i = 0; i < few(); i++) {
        answers.addAll(dense(pool, pool.coin(Lock.ANCHOR)));
      }
    }
    return answers;
  }

  /**
   * @param extra spent by the last child, which is small and pays well
   */
  private List<Answer> dense(HostilePool pool, OutPoint extra) {
    List<Transaction> parents = new ArrayList<>();
    List<Answer> answers = new ArrayList<>();
    int half = CLUSTER / 2;
    for (int i = 0; i < half; i++) {
      long value = HostilePool.COIN_SAT - FEE - random.nextInt(1_000);
      parents.add(HostilePool.spend(List.of(pool.coin(Lock.ANCHOR)), value, half));
      answers.add(pool.offer(parents.get(i)));
    }
    for (int i = 0; i < half - 1; i++) {
      List<OutPoint> coins = new ArrayList<>();
      long value = 0;
      for (Transaction parent : parents) {
        coins.add(parent.outPoint(i));
        value += parent.outputs().get(i).valueSat();
      }
      answers.add(pool.offer(HostilePool.spend(coins, value - FEE - random.nextInt(50_000), 2)));
    }
    List<OutPoint> last = List.of(parents.get(0).outPoint(half - 1), extra);
    answers.add(
        pool.offer(
            HostilePool.spend(last, HostilePool.COIN_SAT + HostilePool.SMALL_SAT - LAST_FEE, 2)));
    return answers;
  }

  /** Takes one transaction out of as many such clusters as may be, which are all ordered anew. */
  List<Answer> conflictsWithDenseClusters() {
    List<Answer> answers = new ArrayList<>();
    try (HostilePool pool = pool()) {
      List<OutPoint> coins = new ArrayList<>();
      for (int i = 0; i < CLUSTERS; i++) {
        coins.add(pool.coin(Lock.ANCHOR));
        dense(pool, coins.get(i));
      }
      for (int i = 0; i < few(); i++) {
        long value = HostilePool.COIN_SAT * coins.size() - 11 * CLUSTERS * LAST_FEE / 10 - i;
        answers.add(pool.offer(HostilePool.spend(coins, value, 7_000)));
      }
    }
    return answers;
  }

  /** Someone hangs a long chain that pays little to a payment, which its owner then replaces. */
  List<Answer> pinnedPayments() {
    List<Answer> answers = new ArrayList<>();
    try (HostilePool pool = pool()) {
      for (int i = 0; i < few(); i++) {
        OutPoint coin = pool.coin(Lock.ANCHOR);
        acceptChain(pool, coin, FEE, 10);
        answers.add(
            pool.offer(HostilePool.spend(List.of(coin), HostilePool.COIN_SAT - 10 * FEE, 2)));
      }
    }
    return answers;
  }

  /** Parents without a fee, and children that pay for them, replace each other. */
  List<Answer> conflictingPackages() {
    List<Answer> answers = new ArrayList<>();
    try (HostilePool pool = pool()) {
      List<OutPoint> coin = List.of(pool.coin(Lock.ANCHOR));
      for (int i = 0; i < messages; i++) {
        Transaction parent = HostilePool.spend(coin, HostilePool.COIN_SAT - i % 2, 2);
        answers.add(pool.offer(List.of(parent, child(parent, FEE + 100L * i))));
      }
    }
    return answers;
  }

  /** As many parents as may be, each with many conflicts, and a child that pays too little. */
  List<Answer> largePackages() {
    List<Answer> answers = new ArrayList<>();
    try (HostilePool pool = pool()) {
      for (int i = 0; i < few(); i++) {
        List<Transaction> transactions = new ArrayList<>();
        List<OutPoint> coins = new ArrayList<>();
        for (int j = 0; j < 24; j++) {
          List<OutPoint> spent = new ArrayList<>();
          for (int k = 0; k < 90; k++) {
            spent.add(pool.coin(Lock.ANCHOR));
          }
          Transaction parent = HostilePool.spend(spent, 90 * HostilePool.COIN_SAT, 2);
          transactions.add(parent);
          coins.add(parent.outPoint(0));
        }
        transactions.add(
            HostilePool.spend(coins, 24 * (90 * HostilePool.COIN_SAT - 1_000_000) - 10, 2));
        answers.add(pool.offer(transactions));
      }
    }
    return answers;
  }

  /** As many signatures to verify as standard transactions may have; the last is wrong. */
  List<Answer> costlyScripts() {
    List<Answer> answers = new ArrayList<>();
    try (HostilePool pool = pool()) {
      for (int i = 0; i < Math.min(few(), 5); i++) {
        answers.add(pool.offer(costly(pool, 420)));
      }
    }
    return answers;
  }

  private static Transaction costly(HostilePool pool, int count) {
    List<TxIn> inputs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      inputs.add(new TxIn(pool.coin(Lock.ONE_OF_TWENTY), Script.EMPTY, -3));
    }
    TxOut output = new TxOut(count * HostilePool.COIN_SAT - 100 * FEE, HostilePool.ANCHOR);
    PrecomputedTransaction unsigned =
        PrecomputedTransaction.of(
            new Transaction(2, inputs, List.of(output), 0),
            Collections.nCopies(count, Lock.ONE_OF_TWENTY.output()));
    for (int i = 0; i < count; i++) {
      byte[] signature = KnownKey.sign(unsigned, i == count - 1 ? 0 : i, HostilePool.ONE_OF_TWENTY);
      byte[] script = HostilePool.ONE_OF_TWENTY.toByteArray();
      inputs.set(i, inputs.get(i).withWitness(Witness.of(new byte[0], signature, script)));
    }
    return new Transaction(2, inputs, List.of(output), 0);
  }

  /**
   * A pool that is full, and payments each of which pays more than those before it.
   *
   * @param fullness gets the part of the memory in use, after each
   */
  List<Answer> evictions(List<Double> fullness) {
    List<Answer> answers = new ArrayList<>();
    try (HostilePool pool = new HostilePool(MempoolOptions.defaults().withMaxBytes(SMALL_POOL))) {
      long feeSat = FEE;
      while (answers.size() < messages) {
        feeSat += 1 + feeSat / 1_000;
        Transaction payment =
            HostilePool.spend(
                List.of(pool.coin(Lock.ANCHOR)), HostilePool.COIN_SAT - 20 * feeSat, 100);
        boolean full = pool.fullness() > 0.99;
        Answer answer = pool.offer(payment);
        if (full) {
          answers.add(answer);
          fullness.add(pool.fullness());
        }
      }
    }
    return answers;
  }
}
