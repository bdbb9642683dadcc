package org.farthing.node.mempool;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.junit.jupiter.api.Test;

class ClusterTest {
  private static final OutPoint CONFIRMED = new OutPoint(Txid.ZERO, 0);
  private int tag;

  private MempoolEntry entry(long feeSat, int weight, MempoolEntry... parents) {
    List<TxIn> inputs = new ArrayList<>();
    inputs.add(new TxIn(CONFIRMED, Script.EMPTY, tag++));
    for (MempoolEntry parent : parents) {
      inputs.add(new TxIn(parent.transaction().outPoint(0), Script.EMPTY, tag));
    }
    Transaction tx = new Transaction(2, inputs, List.of(new TxOut(1, Script.EMPTY)), 0);
    return new MempoolEntry(tx, new MempoolEntry.Fees(feeSat, 0), 0, weight, 0, 0, false);
  }

  @Test
  void aChildThatPaysBetterIsMinedWithItsParent() {
    MempoolEntry parent = entry(100, 400);
    MempoolEntry child = entry(900, 400, parent);
    MempoolEntry grandchild = entry(10, 400, child);

    Cluster cluster = Cluster.of(7, List.of(grandchild, child, parent));

    assertThat(cluster.chunks())
        .containsExactly(
            new Chunk(new FeePerWeight(1000, 800), List.of(parent, child), 7, 0),
            new Chunk(new FeePerWeight(10, 400), List.of(grandchild), 7, 1));
    assertThat(cluster.weight()).isEqualTo(1200);
  }

  @Test
  void whatTheOperatorAddsCountsLikeAFeeAndNothingOverflows() {
    MempoolEntry rich = entry(900, 400);
    MempoolEntry preferred = entry(100, 400).withDelta(801);
    assertThat(preferred.feePerWeight()).isGreaterThan(rich.feePerWeight());
    MempoolEntry parent = entry(1, 400).withDelta(Long.MAX_VALUE);
    MempoolEntry child = entry(1, 300, parent).withDelta(Long.MAX_VALUE - 1);
    assertThat(child.modifiedFeeSat()).isEqualTo(Long.MAX_VALUE);
    Chunk chunk = Cluster.of(0, List.of(child, parent)).chunks().get(0);
    assertThat(chunk.entries()).containsExactly(parent, child);
    assertThat(chunk.fees().feeSat()).isEqualTo(1L << 52);
    assertThat(chunk.fees().rate().satPerKvb()).isEqualTo((1L << 52) * 1000 / 175);
    MempoolEntry least = entry(1, 400).withDelta(Long.MIN_VALUE);
    assertThat(least.withDelta(Long.MIN_VALUE).modifiedFeeSat()).isEqualTo(Long.MIN_VALUE + 1);
    assertThat(least.feePerWeight()).isLessThan(new FeePerWeight(0, 400));
  }

  @Test
  void aChildThatPaysLessWaits() {
    MempoolEntry parent = entry(900, 400);
    MempoolEntry poor = entry(100, 400, parent);
    MempoolEntry rich = entry(800, 400, parent);

    assertThat(Cluster.of(0, List.of(parent, poor, rich)).entries())
        .containsExactly(parent, rich, poor);
  }

  @Test
  void twoChildrenTogetherPayForAParentThatNoneCouldPayForAlone() {
    MempoolEntry parent = entry(0, 1000);
    MempoolEntry first = entry(1000, 500, parent);
    MempoolEntry second = entry(1000, 500, parent);

    // 1000/1500 with the first child, then 1000/500: the second joins the chunk.
    assertThat(Cluster.of(0, List.of(parent, first, second)).chunks())
        .extracting(Chunk::fees)
        .containsExactly(new FeePerWeight(2000, 2000));
  }

  @Test
  void ordersAreTopologicalAndChunksFall() {
    Random random = new Random(5);
    for (int round = 0; round < 300; round++) {
      List<MempoolEntry> members = new ArrayList<>();
      int count = 1 + random.nextInt(64);
      for (int i = 0; i < count; i++) {
        MempoolEntry[] parents =
            members.isEmpty()
                ? new MempoolEntry[0]
                : new MempoolEntry[] {
                  members.get(random.nextInt(i)), members.get(random.nextInt(i))
                };
        members.add(entry(random.nextInt(10_000), 250 + random.nextInt(4_000), parents));
      }
      Collections.shuffle(members, random);
      Cluster cluster = Cluster.of(round, members);
      checkOrder(cluster.entries(), members);
      List<Chunk> chunks = cluster.chunks();
      assertThat(chunks).isSortedAccordingTo(Chunk::compareTo);
      assertThat(chunks.stream().mapToInt(chunk -> chunk.entries().size()).sum()).isEqualTo(count);
    }
  }

  private static void checkOrder(List<MempoolEntry> order, List<MempoolEntry> members) {
    assertThat(order).containsExactlyInAnyOrderElementsOf(members);
    Set<Txid> before = new HashSet<>(Set.of(Txid.ZERO));
    for (MempoolEntry entry : order) {
      entry.transaction().inputs().forEach(in -> assertThat(before).contains(in.outPoint().txid()));
      before.add(entry.txid());
    }
  }

  @Test
  void componentsAreThoseThatHangTogether() {
    MempoolEntry a = entry(1, 400);
    MempoolEntry b = entry(1, 400);
    MempoolEntry joinsBoth = entry(1, 400, a, b);
    MempoolEntry alone = entry(1, 400);
    MempoolEntry last = entry(1, 400, joinsBoth);

    assertThat(Linearization.components(List.of(last, alone, b, joinsBoth, a)))
        .containsExactly(List.of(last, b, joinsBoth, a), List.of(alone));
    assertThat(Linearization.components(List.of(a, b, alone))).hasSize(3);
    assertThat(Linearization.components(List.of())).isEmpty();
  }

  @Test
  void ratesCompareExactlyWhateverTheirSize() {
    Random random = new Random(6);
    for (int i = 0; i < 10_000; i++) {
      FeePerWeight left = new FeePerWeight(random.nextLong() >> random.nextInt(60), weight(random));
      FeePerWeight right =
          random.nextInt(4) == 0
              ? new FeePerWeight(left.feeSat(), left.weight())
              : new FeePerWeight(random.nextLong() >> random.nextInt(60), weight(random));
      int expected =
          BigInteger.valueOf(left.feeSat())
              .multiply(BigInteger.valueOf(right.weight()))
              .compareTo(
                  BigInteger.valueOf(right.feeSat()).multiply(BigInteger.valueOf(left.weight())));
      assertThat(Integer.signum(left.compareTo(right))).isEqualTo(expected);
    }
  }

  private static long weight(Random random) {
    return 1L + random.nextInt(Integer.MAX_VALUE);
  }
}
