package org.farthing.node.mempool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Linearisations against the best that there is, found by trying out all. */
class LinearizationTest {
  private int tag;

  private MempoolEntry entry(long feeSat, int weight, List<MempoolEntry> parents) {
    List<TxIn> inputs = new ArrayList<>();
    inputs.add(new TxIn(new OutPoint(Txid.ZERO, 0), Script.EMPTY, tag++));
    for (MempoolEntry parent : parents) {
      inputs.add(new TxIn(parent.transaction().outPoint(0), Script.EMPTY, tag));
    }
    Transaction tx = new Transaction(2, inputs, List.of(new TxOut(1, Script.EMPTY)), 0);
    return new MempoolEntry(tx, new MempoolEntry.Fees(feeSat, 0), 0, weight, 0, 0, false);
  }

  /** Some members, each of which spends some of those before it. */
  private List<MempoolEntry> members(int count, int greatest, double density, Random random) {
    List<MempoolEntry> members = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<MempoolEntry> parents = new ArrayList<>();
      for (MempoolEntry earlier : members) {
        if (random.nextDouble() < density) {
          parents.add(earlier);
        }
      }
      members.add(entry(random.nextInt(greatest), 1 + random.nextInt(greatest), parents));
    }
    return members;
  }

  private static boolean spends(MempoolEntry child, MempoolEntry parent) {
    return child.transaction().inputs().stream()
        .anyMatch(input -> input.outPoint().txid().equals(parent.txid()));
  }

  /**
   * The chunks of the best order: the part that pays best of all that need nothing else, the
   * smallest such part, and so on with the rest.
   */
  private static List<FeePerWeight> bestChunks(List<MempoolEntry> members) {
    List<FeePerWeight> chunks = new ArrayList<>();
    int all = (1 << members.size()) - 1;
    int taken = 0;
    while (taken != all) {
      int best = 0;
      FeePerWeight bestFees = null;
      for (int set = all & ~taken; set != 0; set = (set - 1) & all & ~taken) {
        if (isClosed(set | taken, members)) {
          FeePerWeight fees = fees(set, members);
          int comparison = bestFees == null ? 1 : fees.compareTo(bestFees);
          if (comparison > 0
              || (comparison == 0 && Integer.bitCount(set) < Integer.bitCount(best))) {
            best = set;
            bestFees = fees;
          }
        }
      }
      taken |= best;
      chunks.add(bestFees);
    }
    return chunks;
  }

  private static boolean isClosed(int set, List<MempoolEntry> members) {
    for (int child = 0; child < members.size(); child++) {
      for (int parent = 0; parent < members.size(); parent++) {
        boolean left = (set >> child & 1) == 1 && (set >> parent & 1) == 0;
        if (left && spends(members.get(child), members.get(parent))) {
          return false;
        }
      }
    }
    return true;
  }

  private static FeePerWeight fees(int set, List<MempoolEntry> members) {
    FeePerWeight fees = new FeePerWeight(0, 0);
    for (int i = 0; i < members.size(); i++) {
      fees = (set >> i & 1) == 1 ? fees.plus(members.get(i).feePerWeight()) : fees;
    }
    return fees;
  }

  @RepeatedTest(400)
  void noOrderOfASmallClusterIsBetter(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    int greatest = random.nextBoolean() ? 4 : 10_000;
    List<MempoolEntry> members =
        members(1 + random.nextInt(9), greatest, random.nextDouble() * 0.7, random);
    List<FeePerWeight> best = bestChunks(members);
    Collections.shuffle(members, random);

    Cluster cluster = Cluster.of(0, members);

    List<FeePerWeight> found = cluster.chunks().stream().map(Chunk::fees).toList();
    assertThat(cluster.isOptimal()).isTrue();
    assertThat(cluster.chunks()).isSortedAccordingTo(Chunk::compareTo);
    // Of those that pay the same any may come first.
    assertThat(found).containsExactlyInAnyOrderElementsOf(best);
  }

  /** Two of the three children that pay for both parents do it only together. */
  @Test
  void aPartIsFoundThatNoTransactionWithItsAncestorsMakesUp() {
    MempoolEntry first = entry(0, 100, List.of());
    MempoolEntry second = entry(10, 100, List.of());
    MempoolEntry left = entry(150, 100, List.of(first));
    MempoolEntry right = entry(150, 100, List.of(first));
    MempoolEntry both = entry(120, 100, List.of(first, second));

    List<Chunk> chunks = Cluster.of(0, List.of(first, second, left, right, both)).chunks();

    // 300/300 with both children of the first, 150/200 with one of them.
    assertThat(chunks.get(0).entries()).containsExactlyInAnyOrder(first, left, right);
    assertThat(chunks.get(1).entries()).containsExactlyInAnyOrder(second, both);
  }

  @Test
  void whatPaysTheSameStaysApart() {
    MempoolEntry parent = entry(100, 100, List.of());
    MempoolEntry child = entry(200, 200, List.of(parent));
    MempoolEntry other = entry(100, 100, List.of(parent));

    assertThat(Cluster.of(0, List.of(child, other, parent)).chunks()).hasSize(3);
  }

  @Test
  void moreThanAllCoinsIsOrderedToo() {
    MempoolEntry parent = entry(1, 100_000, List.of());
    MempoolEntry child = entry(1, 100, List.of(parent)).withDelta(Long.MAX_VALUE);
    MempoolEntry poor = entry(1, 100_000, List.of(parent)).withDelta(Long.MIN_VALUE);

    Cluster cluster = Cluster.of(0, List.of(poor, child, parent));

    assertThat(cluster.isOptimal()).isFalse();
    assertThat(cluster.entries()).containsExactly(parent, child, poor);
  }

  /** The densest graphs, with fees that make each step as long as it can be. */
  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void largeClustersTakeLittleTime() {
    Random random = new Random(9);
    long worstNanos = 0;
    for (int round = 0; round < 200; round++) {
      List<MempoolEntry> members = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        members.add(entry(random.nextInt(50), 100 + random.nextInt(900), List.of()));
      }
      double density = 0.05 + random.nextDouble() * 0.9;
      for (int i = 0; i < 32; i++) {
        List<MempoolEntry> parents =
            members.subList(0, 32).stream().filter(p -> random.nextDouble() < density).toList();
        members.add(entry(500 + random.nextInt(1000), 100 + random.nextInt(900), parents));
      }
      long start = System.nanoTime();
      Cluster cluster = Cluster.of(0, members);
      worstNanos = Math.max(worstNanos, System.nanoTime() - start);
      assertThat(cluster.count()).isEqualTo(64);
      assertThat(cluster.chunks()).isSortedAccordingTo(Chunk::compareTo);
    }
    // Far beyond what it takes: what this is about is that no cluster takes exponential time.
    assertThat(worstNanos / 1e9).isCloseTo(0, within(5.0));
  }
}
