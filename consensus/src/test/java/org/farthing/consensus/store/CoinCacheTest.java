package org.farthing.consensus.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.chain.Coin;
import org.farthing.consensus.chain.CoinChanges;
import org.farthing.consensus.chain.LedgerUpdate;
import org.farthing.consensus.chain.StoreException;
import org.farthing.consensus.crypto.Hash160;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.testing.BlockDraft;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoinCacheTest {
  private static final int COINS = 40;

  private final Map<OutPoint, Coin> database = new ConcurrentHashMap<>();
  private final List<OutPoint> written = new ArrayList<>();
  private final List<BlockHash> tips = new ArrayList<>();
  private final AtomicInteger reads = new AtomicInteger();
  private final CoinCache cache = cache(1 << 20);

  private CoinCache cache(long bytes) {
    return new CoinCache(new PlainStore(), CoinPages.inTheHeap(), bytes);
  }

  private final class PlainStore implements CoinCache.Store {
    @Override
    public byte[] read(OutPoint outPoint) {
      reads.incrementAndGet();
      Coin coin = database.get(outPoint);
      return coin == null ? null : Columns.COINS.value().encode(coin);
    }

    @Override
    public synchronized void write(CoinTable changes, BlockHash tip) {
      List<byte[]> keys = new ArrayList<>();
      changes.forEachChange((key, value) -> take(keys, key, value));
      assertThat(keys).isSortedAccordingTo(Arrays::compareUnsigned);
      tips.add(tip);
    }

    @Override
    public StoreException damaged(DecodeException problem) {
      throw new AssertionError(problem);
    }

    private void take(List<byte[]> keys, byte[] key, byte[] value) {
      try {
        OutPoint outPoint = Columns.COINS.key().decode(key);
        keys.add(key);
        written.add(outPoint);
        if (value.length == 0) {
          database.remove(outPoint);
        } else {
          database.put(outPoint, Columns.COINS.value().decode(value));
        }
      } catch (DecodeException e) {
        throw new AssertionError(e);
      }
    }
  }

  private static CoinCache.Store failing(Throwable failure) {
    return new CoinCache.Store() {
      @Override
      public byte[] read(OutPoint outPoint) {
        return null;
      }

      @Override
      public void write(CoinTable changes, BlockHash tip) {
        if (failure instanceof Error error) {
          throw error;
        }
        throw (RuntimeException) failure;
      }

      @Override
      public StoreException damaged(DecodeException problem) {
        throw new AssertionError(problem);
      }
    };
  }

  private static BlockHash tip(int number) {
    return BlockHash.of(new ByteWriter(32).int64(number).int64(0).int64(0).int64(0).toByteArray());
  }

  private static OutPoint place(int number) {
    // Some are of one transaction, some begin alike, and they are spread over all shards.
    int tx = number / 3;
    long first = ((tx * 37L) & 0xff) | (((long) tx / 4) << 40);
    byte[] hash = new ByteWriter(32).int64(first).int64(0).int64(tx).int64(0).toByteArray();
    return new OutPoint(Txid.of(hash), number % 3 * 300);
  }

  private static Coin coin(int height) {
    return new Coin(new TxOut(1000, BlockDraft.ANYONE), height, false);
  }

  private void apply(Map<OutPoint, Optional<Coin>> changes, boolean areNew, int tip) {
    cache.apply(new LedgerUpdate().state(new CoinChanges(changes, areNew), tip(tip)));
  }

  @Test
  void aCoinThatIsMadeAndSpentIsNeverWritten() {
    apply(Map.of(place(1), Optional.of(coin(1)), place(2), Optional.of(coin(1))), true, 1);
    apply(Map.of(place(1), Optional.empty()), true, 2);
    assertThat(cache.coin(place(1))).isEmpty();
    assertThat(written).isEmpty();

    cache.flush();
    assertThat(written).containsExactly(place(2));
    assertThat(database).containsOnlyKeys(place(2));
    assertThat(tips).containsExactly(tip(2));
    cache.flush();
    assertThat(tips).hasSize(1);
  }

  /** Coins that come and go take no memory, but as long to make again as others. */
  @Test
  void noMoreGathersThanIsSoonMadeAgain() {
    CoinCache some =
        new CoinCache(new PlainStore(), CoinPages.inTheHeap(), 1 << 20, 10, Pause::new);
    for (int step = 1; step <= 6; step++) {
      Optional<Coin> after = step % 2 == 1 ? Optional.of(coin(1)) : Optional.empty();
      Map<OutPoint, Optional<Coin>> changes =
          Map.of(place(1), after, place(2), after, place(3), after);
      some.apply(new LedgerUpdate().state(new CoinChanges(changes, true), tip(step)));
    }
    some.close();
    assertThat(tips).containsExactly(tip(4), tip(6));
  }

  @Test
  void aCoinThatIsInTheDatabaseIsDeletedThereAlsoWhenItsBlockCameTwice() {
    apply(Map.of(place(1), Optional.of(coin(1))), true, 1);
    cache.flush();
    apply(Map.of(place(1), Optional.empty()), false, 2);
    apply(Map.of(place(1), Optional.of(coin(1))), true, 3);
    apply(Map.of(place(1), Optional.empty()), true, 4);
    cache.flush();
    assertThat(database).isEmpty();
  }

  /** Blocks come and go as in a chain; what a reader sees is what a plain map would say. */
  @ParameterizedTest
  @ValueSource(longs = {0, 500_000, 1 << 20, 1 << 22})
  void aReaderSeesEveryChangeWhateverIsWrittenWhen(long bytes) {
    for (int seed = 0; seed < 8; seed++) {
      Random random = new Random(seed);
      database.clear();
      CoinCache some = cache(bytes);
      Map<OutPoint, Coin> model = new HashMap<>();
      for (int step = 1; step <= 400; step++) {
        Map<OutPoint, Optional<Coin>> changes = changes(random, step, model);
        // Who connects says that its coins are new; that of one taken back is then there again.
        some.apply(new LedgerUpdate().state(new CoinChanges(changes, false), tip(step)));
        changes.forEach(
            (outPoint, coin) ->
                coin.ifPresentOrElse(
                    there -> model.put(outPoint, there), () -> model.remove(outPoint)));
        if (random.nextInt(60) == 0) {
          some.flush();
        }
        for (int number = 0; number < COINS; number++) {
          if (random.nextInt(3) > 0) {
            assertThat(some.coin(place(number)))
                .isEqualTo(Optional.ofNullable(model.get(place(number))));
          }
        }
      }
      some.close();
      assertThat(database).isEqualTo(model);
    }
  }

  /** Large blocks are followed by another thread: nobody sees coins of before meanwhile. */
  @ParameterizedTest
  @ValueSource(longs = {0, 1 << 20, 1 << 24})
  void aReaderSeesEveryChangeOfALargeBlockAtOnce(long bytes) {
    Random random = new Random(bytes);
    CoinCache some = cache(bytes);
    Map<OutPoint, Coin> model = new HashMap<>();
    for (int step = 1; step <= 20; step++) {
      Map<OutPoint, Optional<Coin>> changes = new HashMap<>();
      for (int number = 0; number < 4_000; number++) {
        if (random.nextBoolean()) {
          boolean there = model.containsKey(place(number));
          changes.put(place(number), there ? Optional.empty() : Optional.of(coin(step)));
        }
      }
      some.apply(new LedgerUpdate().state(new CoinChanges(changes, false), tip(step)));
      changes.forEach(
          (outPoint, coin) ->
              coin.ifPresentOrElse(
                  there -> model.put(outPoint, there), () -> model.remove(outPoint)));
      for (int number = random.nextInt(7); number < 4_000; number += 7) {
        assertThat(some.coin(place(number)))
            .isEqualTo(Optional.ofNullable(model.get(place(number))));
      }
      if (step % 3 == 0) {
        // A small one gets in line behind it.
        OutPoint last = place(4_000 + step);
        some.apply(
            new LedgerUpdate()
                .state(new CoinChanges(Map.of(last, Optional.of(coin(step))), true), tip(step)));
        model.put(last, coin(step));
      }
      assertThat(some.tip()).contains(tip(step));
    }
    some.close();
    assertThat(database).isEqualTo(model);
    assertThat(tips).endsWith(tip(20));
  }

  @Test
  void whoUpdatesHearsOfWhatFailedWhileALargeBlockWasFollowed() {
    CoinCache failing =
        new CoinCache(failing(new StoreException("no space left")), CoinPages.inTheHeap(), 0);
    Map<OutPoint, Optional<Coin>> changes = new HashMap<>();
    for (int number = 0; number < 2_000; number++) {
      changes.put(place(number), Optional.of(coin(1)));
    }
    LedgerUpdate update = new LedgerUpdate().state(new CoinChanges(changes, true), tip(1));
    assertThatThrownBy(
            () -> {
              failing.apply(update);
              // Waits for the table that the first one has filled.
              failing.apply(update);
              failing.flush();
            })
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("no space left");
    assertThat(failing.coin(place(1))).contains(coin(1));
    assertThatThrownBy(failing::close).isInstanceOf(StoreException.class);
  }

  /** A block that is judged before anybody hears of it is judged by the right coins. */
  @Test
  void allChangesAnswerWhereMemoryWasLeftForAPartOfThem() {
    AtomicInteger slabs = new AtomicInteger();
    CoinPages scarce =
        new CoinPages(
            size -> {
              if (slabs.incrementAndGet() > 1) {
                throw new OutOfMemoryError("no memory left");
              }
              return ByteBuffer.allocate(size);
            });
    CoinCache some = new CoinCache(new PlainStore(), scarce, 1 << 20);
    Map<OutPoint, Optional<Coin>> changes = new HashMap<>();
    for (int number = 0; number < 2_000; number++) {
      changes.put(place(number), Optional.of(coin(1)));
    }
    some.apply(new LedgerUpdate().state(new CoinChanges(changes, true), tip(1)));
    assertThatThrownBy(some::flush)
        .isInstanceOf(StoreException.class)
        .hasRootCauseInstanceOf(OutOfMemoryError.class);
    assertThat(changes.keySet())
        .allSatisfy(outPoint -> assertThat(some.coin(outPoint)).contains(coin(1)));
    assertThatThrownBy(some::close).isInstanceOf(StoreException.class);
    assertThat(database).isEmpty();
  }

  /** Each coin is made once, as in a chain, and the cache is told so. */
  @ParameterizedTest
  @ValueSource(longs = {0, 500_000, 1 << 22})
  void aCoinThatIsMadeOnceIsWrittenAtMostOnce(long bytes) {
    for (int seed = 0; seed < 8; seed++) {
      Random random = new Random(seed);
      database.clear();
      written.clear();
      CoinCache some = cache(bytes);
      Map<OutPoint, Coin> model = new HashMap<>();
      for (int step = 1; step <= 400; step++) {
        Map<OutPoint, Optional<Coin>> changes = new HashMap<>();
        changes.put(place(step), Optional.of(coin(step)));
        List<OutPoint> there = new ArrayList<>(model.keySet());
        for (int i = random.nextInt(3); i > 0 && !there.isEmpty(); i--) {
          OutPoint spent = there.get(random.nextInt(there.size()));
          assertThat(some.coin(spent)).contains(model.get(spent));
          changes.put(spent, Optional.empty());
        }
        some.apply(new LedgerUpdate().state(new CoinChanges(changes, true), tip(step)));
        changes.forEach(
            (outPoint, coin) ->
                coin.ifPresentOrElse(
                    made -> model.put(outPoint, made), () -> model.remove(outPoint)));
      }
      some.close();
      assertThat(database).isEqualTo(model);
      // Made, and deleted if it was written before it was spent.
      Map<OutPoint, Long> times =
          written.stream().collect(Collectors.groupingBy(each -> each, Collectors.counting()));
      assertThat(times.values()).allMatch(each -> each <= 2);
      model.keySet().forEach(each -> assertThat(times).containsEntry(each, 1L));
    }
  }

  @Test
  void aUsualCoinTakesLessThanAHundredBytes() {
    CoinTable table = new CoinTable(CoinPages.inTheHeap(), new CoinTable.CoinHash(1, 2));
    SplittableRandom random = new SplittableRandom(1);
    double most = 0;
    for (int count = 1; count <= 800_000; count++) {
      Coin coin = new Coin(new TxOut(123_456_789, p2wpkh(random)), 900_000, false);
      OutPoint outPoint = new OutPoint(Txid.of(bytes(random, Txid.SIZE)), random.nextInt(3));
      table.learn(outPoint, Columns.COINS.value().encode(coin));
      if (count >= 100_000 && count % 1_000 == 0) {
        most = Math.max(most, (double) table.bytes() / count);
      }
    }
    assertThat(table.entries()).isEqualTo(800_000);
    assertThat(most).isBetween(76.0, 100.0);
  }

  private static Script p2wpkh(SplittableRandom random) {
    return ScriptPattern.p2wpkh(bytes(random, Hash160.SIZE));
  }

  private static byte[] bytes(SplittableRandom random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private static Map<OutPoint, Optional<Coin>> changes(
      Random random, int step, Map<OutPoint, Coin> model) {
    Map<OutPoint, Optional<Coin>> changes = new HashMap<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      OutPoint outPoint = place(random.nextInt(COINS));
      boolean there = model.containsKey(outPoint);
      changes.put(outPoint, there ? Optional.empty() : Optional.of(coin(step)));
    }
    return changes;
  }

  @Test
  void nothingIsLeftOfWhatIsDiscarded() {
    apply(Map.of(place(1), Optional.of(coin(1))), true, 1);
    cache.discard();
    assertThat(cache.coin(place(1))).isEmpty();
    assertThat(cache.tip()).isEmpty();
    cache.flush();
    assertThat(tips).isEmpty();
  }

  /** Whoever looks at the database sees coins and tip of one block. */
  @Test
  void nothingIsWrittenWhileSomebodyLooksAtTheDatabase() throws Exception {
    apply(Map.of(place(1), Optional.of(coin(1))), true, 1);
    Thread next =
        new Thread(
            () -> {
              apply(Map.of(place(2), Optional.of(coin(2))), true, 2);
              cache.flush();
            });
    Set<OutPoint> seen =
        cache.whenFlushed(
            () -> {
              next.start();
              while (next.getState() != Thread.State.BLOCKED && next.isAlive()) {
                Thread.onSpinWait();
              }
              assertThat(tips).containsExactly(tip(1));
              return Set.copyOf(database.keySet());
            });
    next.join();
    assertThat(seen).containsExactly(place(1));
    assertThat(tips).containsExactly(tip(1), tip(2));
    assertThat(database).containsOnlyKeys(place(1), place(2));
  }

  @Test
  void whoUpdatesHearsOfABugToo() {
    CoinCache failing =
        new CoinCache(failing(new AssertionError("impossible")), CoinPages.inTheHeap(), 1 << 20);
    failing.apply(
        new LedgerUpdate()
            .state(new CoinChanges(Map.of(place(1), Optional.of(coin(1))), true), tip(1)));
    assertThatThrownBy(failing::close)
        .isInstanceOf(StoreException.class)
        .hasRootCauseInstanceOf(AssertionError.class);
    assertThat(failing.coin(place(1))).contains(coin(1));
  }

  @Test
  void whoUpdatesHearsThatTheDiskIsFull() {
    CoinCache failing =
        new CoinCache(failing(new StoreException("no space left")), CoinPages.inTheHeap(), 1 << 20);
    LedgerUpdate update =
        new LedgerUpdate()
            .state(new CoinChanges(Map.of(place(1), Optional.of(coin(1))), true), tip(1));
    failing.apply(update);
    assertThatThrownBy(failing::flush)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("no space left");
    assertThatThrownBy(() -> failing.apply(update)).isInstanceOf(StoreException.class);
    // What could not be written is seen all the same, as long as the process lives.
    assertThat(failing.coin(place(1))).contains(coin(1));
  }

  @Test
  void whatWasReadIsNotReadAgain() {
    database.put(place(1), coin(7));
    assertThat(cache.coin(place(1))).contains(coin(7));
    assertThat(cache.coin(place(1))).contains(coin(7));
    assertThat(reads).hasValue(1);
    apply(Map.of(place(2), Optional.of(coin(8))), true, 1);
    cache.flush();
    // Neither what was read, nor what was written.
    assertThat(cache.coin(place(1))).contains(coin(7));
    assertThat(cache.coin(place(2))).contains(coin(8));
    assertThat(reads).hasValue(1);
    assertThat(written).containsExactly(place(2));
  }

  @Test
  void aCoinThatWasReadAndSpentIsDeleted() {
    database.put(place(1), coin(7));
    assertThat(cache.coin(place(1))).contains(coin(7));
    apply(Map.of(place(1), Optional.empty()), true, 1);
    assertThat(cache.coin(place(1))).isEmpty();
    cache.flush();
    assertThat(database).isEmpty();
    assertThat(cache.coin(place(1))).isEmpty();
  }

  /** Memory is short, so that tables are written and given up all the time. */
  @Test
  void readersOfOtherThreadsSeeEachCoinComeAndGo() throws Exception {
    CoinCache small = cache(1 << 20);
    Progress progress = new Progress();
    Thread reader = new Thread(() -> progress.look(small));
    reader.start();
    for (int first = 0; first < Progress.COINS; first += Progress.STEP) {
      Map<OutPoint, Optional<Coin>> changes = new HashMap<>();
      for (int number = first; number < first + Progress.STEP; number++) {
        changes.put(place(number), Optional.of(coin(first)));
        if (number >= Progress.LIFE) {
          changes.put(place(number - Progress.LIFE), Optional.empty());
        }
      }
      int end = first + Progress.STEP;
      progress.beingSpent.set(end - Progress.LIFE);
      small.apply(new LedgerUpdate().state(new CoinChanges(changes, true), tip(first)));
      progress.made.set(end);
      progress.spent.set(end - Progress.LIFE);
    }
    progress.done.set(true);
    reader.join();
    assertThat(progress.failures).isEmpty();
    assertThat(progress.looks).isPositive();
    small.close();
    assertThat(database).hasSize(Progress.LIFE);
    assertThat(tips).hasSizeGreaterThan(5);
  }

  /** Coins are made in the order of their numbers, and spent a while later. */
  private static final class Progress {
    private static final int COINS = 60_000;
    private static final int LIFE = 20_000;
    private static final int STEP = 500;

    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger beingSpent = new AtomicInteger();
    private final AtomicInteger spent = new AtomicInteger();
    private final AtomicBoolean done = new AtomicBoolean();
    private final List<String> failures = new ArrayList<>();
    private int looks;

    void look(CoinCache cache) {
      Random random = new Random(1);
      do {
        int number = random.nextInt(COINS);
        boolean wasMade = number < made.get();
        boolean wasSpent = number < spent.get();
        boolean there = cache.coin(place(number)).isPresent();
        if (wasSpent && there) {
          failures.add(number + " is there though it was spent");
        }
        if (wasMade && !there && number >= beingSpent.get()) {
          failures.add(number + " is not there");
        }
        looks++;
      } while (!done.get());
    }
  }
}
