package org.farthing.node.mempool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.farthing.node.mempool.PoolFixture.child;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.farthing.consensus.chain.ChainMark;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Txid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A mempool goes back to a snapshot together with its chain. */
class MempoolRestoreTest {
  private static final long FEE = 10_000;

  private final PoolFixture fixture = new PoolFixture();
  private final Set<Txid> mirror = new LinkedHashSet<>();

  /** Two for each coin. */
  private final List<Transaction> payments = new ArrayList<>();

  @AfterEach
  void close() {
    fixture.close();
  }

  /** All that can be seen of a mempool, in an order that is its own. */
  private List<Object> visible() {
    MempoolSnapshot now = fixture.pool.snapshot();
    List<Object> all = new ArrayList<>(now.entriesBestFirst());
    all.addAll(fixture.pool.chunks());
    all.add(now.virtualSize());
    all.add(now.usageBytes());
    all.add(now.totalFeeSat());
    all.add(now.feeDeltas());
    all.add(now.minimumFee(fixture.nowMillis));
    return all;
  }

  private void follow(MempoolEvent event) {
    if (event instanceof MempoolEvent.Added) {
      assertThat(mirror.add(event.entry().txid())).isTrue();
    } else {
      assertThat(mirror.remove(event.entry().txid())).isTrue();
    }
  }

  private void assertMirrored() {
    Set<Txid> waiting = new LinkedHashSet<>();
    fixture.pool.snapshot().entries().forEach(entry -> waiting.add(entry.txid()));
    assertThat(mirror).isEqualTo(waiting);
  }

  @Test
  void whatCameIsGoneAndWhatWentIsBack() {
    Transaction stays = fixture.payment(1, FEE);
    Transaction confirmed = fixture.payment(2, FEE);
    Transaction afterwards = fixture.payment(3, FEE);
    fixture.accept(stays);
    fixture.accept(confirmed);
    MempoolSnapshot earlier = fixture.pool.snapshot();
    ChainMark mark = fixture.chain.chain().mark();
    List<Object> before = visible();

    fixture.chain.mineWith(confirmed);
    fixture.settle();
    fixture.accept(afterwards);
    fixture.chain.chain().revert(mark, () -> {});
    fixture.pool.restore(earlier);
    fixture.settle();

    assertThat(visible()).isEqualTo(before);
    assertThat(fixture.pool.contains(afterwards.wtxid())).isFalse();
    assertThat(fixture.pool.spender(confirmed.inputs().get(0).outPoint())).isPresent();
    assertThat(fixture.offer(afterwards).isAccepted()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void afterAnythingItIsWhatItWas(long seed) {
    Random random = new Random(seed);
    for (int height = 1; height <= PoolFixture.MATURE; height++) {
      payments.add(fixture.payment(height, FEE));
      payments.add(fixture.payment(height, 10 * FEE));
    }
    fixture.pool.addListener(this::follow);
    List<Transaction> made = new ArrayList<>();
    act(random, made, 12);
    ChainMark mark = fixture.chain.chain().mark();
    MempoolSnapshot earlier = fixture.pool.snapshot();
    List<Object> before = visible();
    for (int round = 0; round < 3; round++) {
      act(random, new ArrayList<>(made), 12);
      fixture.chain.chain().revert(mark, () -> {});
      fixture.pool.restore(earlier);
      fixture.settle();
      assertThat(visible()).as("seed %d, round %d", seed, round).isEqualTo(before);
      assertMirrored();
    }
  }

  private void act(Random random, List<Transaction> made, int steps) {
    for (int i = 0; i < steps; i++) {
      int kind = random.nextInt(10);
      if (kind == 4 && !made.isEmpty()) {
        Transaction preferred = made.get(random.nextInt(made.size()));
        fixture.pool.prioritise(preferred.txid(), fee(random));
      } else if (kind < 5 || made.isEmpty()) {
        offer(made, payments.get(random.nextInt(payments.size())));
      } else if (kind < 8) {
        Transaction parent = made.get(random.nextInt(made.size()));
        offer(made, child(parent, fee(random), 1 + random.nextInt(2)));
      } else if (kind == 8) {
        fixture.chain.mineWith(
            fixture.pool.snapshot().entriesBestFirst().stream()
                .limit(2)
                .map(MempoolEntry::transaction)
                .toArray(Transaction[]::new));
        fixture.settle();
      } else {
        int depth = 1 + random.nextInt(2);
        fixture.chain.fork(fixture.chain.tip().height() - depth, depth + 1);
        fixture.settle();
      }
    }
  }

  private static long fee(Random random) {
    return FEE * (1 + random.nextInt(20));
  }

  private void offer(List<Transaction> made, Transaction tx) {
    if (fixture.offer(tx).isAccepted()) {
      made.add(tx);
    }
  }
}
