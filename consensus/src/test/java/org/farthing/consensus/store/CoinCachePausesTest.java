package org.farthing.consensus.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.chain.Coin;
import org.farthing.consensus.chain.CoinChanges;
import org.farthing.consensus.chain.LedgerUpdate;
import org.farthing.consensus.chain.StoreException;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.testing.BlockDraft;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pauses that never end by themselves: whoever needs what comes after them does not wait. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CoinCachePausesTest {
  private static final int MANY = 2_000;

  private final AtomicInteger slabs = new AtomicInteger();
  private final AtomicInteger writings = new AtomicInteger();
  private final CoinCache cache =
      new CoinCache(
          new CountingStore(),
          new CoinPages(
              size -> {
                slabs.incrementAndGet();
                return ByteBuffer.allocate(size);
              }),
          1 << 24,
          Integer.MAX_VALUE,
          () -> new Pause(Long.MAX_VALUE));

  private final class CountingStore implements CoinCache.Store {
    @Override
    public byte[] read(OutPoint outPoint) {
      return null;
    }

    @Override
    public void write(CoinTable changes, BlockHash tip) {
      writings.incrementAndGet();
    }

    @Override
    public StoreException damaged(DecodeException problem) {
      throw new AssertionError(problem);
    }
  }

  private static BlockHash hash(int number) {
    return BlockHash.of(new ByteWriter(32).int64(number).int64(0).int64(0).int64(0).toByteArray());
  }

  private static OutPoint place(int number) {
    return new OutPoint(Txid.of(hash(number).toByteArray()), 0);
  }

  private void follow(int first, int count) {
    Map<OutPoint, Optional<Coin>> changes = new HashMap<>();
    for (int number = first; number < first + count; number++) {
      changes.put(place(number), Optional.of(new Coin(new TxOut(1, BlockDraft.ANYONE), 1, false)));
    }
    cache.apply(new LedgerUpdate().state(new CoinChanges(changes, true), hash(first)));
  }

  private void awaitTables() {
    while (slabs.get() == 0) {
      Thread.onSpinWait();
    }
  }

  @Test
  void whoLooksForACoin() {
    follow(1, MANY);
    assertThat(cache.coin(place(MANY))).isPresent();
    awaitTables();
    cache.close();
  }

  @Test
  void whoFollowsTheNextBlock() {
    follow(1, MANY);
    follow(MANY + 1, 1);
    assertThat(slabs).hasPositiveValue();
    cache.close();
  }

  @Test
  void whoAsksForTheTip() {
    follow(1, MANY);
    assertThat(cache.tip()).contains(hash(1));
    assertThat(slabs).hasPositiveValue();
    cache.close();
  }

  @Test
  void whoWantsAllToBeWritten() {
    follow(1, MANY);
    cache.flush();
    assertThat(writings).hasValue(1);
    cache.close();
  }

  @Test
  void whoCloses() {
    follow(1, MANY);
    cache.close();
    assertThat(writings).hasValue(1);
  }

  @Test
  void whoDiscards() {
    follow(1, MANY);
    cache.discard();
    assertThat(cache.coin(place(1))).isEmpty();
    cache.close();
    assertThat(writings).hasValue(0);
  }
}
