package org.farthing.node.mining;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.farthing.consensus.chain.Owner;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.node.mempool.Mempool;
import org.farthing.node.mempool.MempoolChain;
import org.farthing.node.mempool.MempoolOptions;
import org.farthing.testing.ChainBuilder;
import org.farthing.testing.TestKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What templates pay, against the most that can be had: of each cluster all sets of transactions
 * that contain what they spend are tried, and which set of which cluster goes into the block is
 * decided for all of them together, for every weight. No chunks, no order, no greed.
 */
class TemplateFeeTest {
  private static final Script MINER = ChainBuilder.MINER.p2wpkh();
  private static final int CLUSTERS = 60;
  private static final int MOST_IN_CLUSTER = 7;
  private static final int RESERVED = 8000;

  /** A transaction with what it is to the block, and the members of its cluster that it spends. */
  private record Member(int weight, long feeSat, int parents) {}

  private final List<List<Member>> clusters = new ArrayList<>();
  private int totalWeight;

  private void grow(ChainBuilder chain, Mempool pool, Random random) {
    for (int i = 0; i < CLUSTERS; i++) {
      List<Member> members = new ArrayList<>();
      List<Coin> coins = new ArrayList<>();
      OutPoint coinbase = chain.coinbase(i + 1);
      coins.add(new Coin(coinbase, chain.coin(coinbase).orElseThrow().output(), -1));
      int size = 1 + random.nextInt(MOST_IN_CLUSTER);
      while (members.size() < size) {
        add(members, coins, pool, random);
      }
      clusters.add(members);
    }
  }

  /** What a member may spend. */
  private record Coin(OutPoint outPoint, TxOut output, int maker) {}

  private void add(List<Member> members, List<Coin> coins, Mempool pool, Random random) {
    List<Coin> spent = new ArrayList<>();
    int inputs = members.isEmpty() ? 1 : 1 + random.nextInt(2);
    for (int i = 0; i < inputs && !coins.isEmpty(); i++) {
      spent.add(coins.remove(random.nextInt(coins.size())));
    }
    // Rates from 1 to some 50 sat/vB, most of them low, in any order of parents and children.
    long fee = 400 + (long) (8_000 * Math.pow(random.nextDouble(), 3));
    Transaction transaction = sign(spent, 2 + random.nextInt(5), fee);
    assertThat(pool.accept(transaction, 1_300_000_000_000L).reason()).isEmpty();
    int parents = 0;
    for (Coin coin : spent) {
      parents |= coin.maker() < 0 ? 0 : 1 << coin.maker();
    }
    for (int i = 0; i < transaction.outputs().size(); i++) {
      coins.add(new Coin(transaction.outPoint(i), transaction.outputs().get(i), members.size()));
    }
    members.add(new Member(transaction.weight(), fee, parents));
    totalWeight += transaction.weight();
  }

  private static Transaction sign(List<Coin> spent, int outputs, long feeSat) {
    long value = spent.stream().mapToLong(coin -> coin.output().valueSat()).sum() - feeSat;
    List<TxOut> outs = new ArrayList<>();
    for (int i = 0; i < outputs; i++) {
      outs.add(new TxOut(value / outputs + (i == 0 ? value % outputs : 0), MINER));
    }
    Transaction unsigned =
        new Transaction(
            2,
            spent.stream().map(coin -> new TxIn(coin.outPoint(), Script.EMPTY, -3)).toList(),
            outs,
            0);
    List<TxOut> outputsSpent = spent.stream().map(Coin::output).toList();
    for (int i = 0; i < spent.size(); i++) {
      unsigned = ChainBuilder.MINER.sign(unsigned, i, outputsSpent);
    }
    return unsigned;
  }

  /** The most that transactions below this weight pay together. */
  private long best(int weight) {
    long[] most = new long[weight];
    for (List<Member> members : clusters) {
      long[] next = most.clone();
      for (Map.Entry<Integer, Long> set : sets(members).entrySet()) {
        int taken = set.getKey();
        for (int left = taken; left < weight; left++) {
          next[left] = Math.max(next[left], most[left - taken] + set.getValue());
        }
      }
      most = next;
    }
    return Arrays.stream(most).max().orElseThrow();
  }

  /** By weight, the most that a set of members with all that they spend pays. */
  private static Map<Integer, Long> sets(List<Member> members) {
    Map<Integer, Long> sets = new TreeMap<>();
    for (int set = 1; set < 1 << members.size(); set++) {
      int weight = 0;
      long fee = 0;
      boolean whole = true;
      for (int i = 0; i < members.size(); i++) {
        if ((set & 1 << i) != 0) {
          weight += members.get(i).weight();
          fee += members.get(i).feeSat();
          whole &= (members.get(i).parents() & ~set) == 0;
        }
      }
      if (whole) {
        sets.merge(weight, fee, Math::max);
      }
    }
    return sets;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void templatesPayNinetyNineHundredthsOfTheMostThereIs(long seed) {
    try (ChainBuilder chain = ChainBuilder.regtest()) {
      chain.mine(100 + CLUSTERS);
      Mempool pool =
          new Mempool(MempoolChain.of(chain.chain()), MempoolOptions.defaults(), Owner.UNCHECKED);
      grow(chain, pool, new Random(seed));
      for (int percent : new int[] {20, 50, 80}) {
        int room = totalWeight / 100 * percent;
        BlockTemplate template =
            new BlockAssembler(
                    MiningChain.of(chain.chain()),
                    pool,
                    MiningOptions.defaults().withMaxWeight(RESERVED + room))
                .template(TestKey.number(9).p2wpkh(), chain.nowSeconds() + 100);
        assertThat(chain.chain().testBlock(template.block(), chain.nowSeconds() + 100).isAccepted())
            .isTrue();
        long best = best(room);
        assertThat(template.feesSat()).isLessThanOrEqualTo(best);
        assertThat((double) template.feesSat() / best).isGreaterThan(0.99);
      }
    }
  }

  /** The search itself, where the answer can be seen: a child that pays for its parent. */
  @Test
  void theSearchSeesWhatGreedDoesNot() {
    clusters.add(List.of(new Member(100, 10, 0), new Member(100, 300, 1)));
    clusters.add(List.of(new Member(150, 200, 0)));
    assertThat(best(151)).isEqualTo(200);
    assertThat(best(201)).isEqualTo(310);
    assertThat(best(101)).isEqualTo(10);
    assertThat(best(351)).isEqualTo(510);
  }
}
