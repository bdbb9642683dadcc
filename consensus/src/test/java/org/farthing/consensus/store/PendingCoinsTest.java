package org.farthing.consensus.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.farthing.consensus.bytes.ByteWriter;
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

class PendingCoinsTest {
  private static final int COINS = 40;

  private final Map<OutPoint, Coin> database = new ConcurrentHashMap<>();
  private final List<OutPoint> written = new ArrayList<>();
  private final List<BlockHash> tips = new ArrayList<>();
  private final PendingCoins pending = new PendingCoins(this::write);

  private synchronized void write(Map<OutPoint, PendingCoins.Change> changes, BlockHash tip) {
    changes.forEach(
        (outPoint, change) -> {
          written.add(outPoint);
          change
              .coin()
              .ifPresentOrElse(
                  coin -> database.put(outPoint, coin), () -> database.remove(outPoint));
        });
    tips.add(tip);
  }

  private static BlockHash tip(int number) {
    return BlockHash.of(new ByteWriter(32).int64(number).int64(0).int64(0).int64(0).toByteArray());
  }

  private static OutPoint place(int number) {
    byte[] hash = new ByteWriter(32).int64(number).int64(0).int64(0).int64(0).toByteArray();
    return new OutPoint(Txid.of(hash), 0);
  }

  private static Coin coin(int height) {
    return new Coin(new TxOut(1000, BlockDraft.ANYONE), height, false);
  }

  private Optional<Coin> look(OutPoint outPoint) {
    PendingCoins.Change change = pending.find(outPoint);
    return change != null ? change.coin() : Optional.ofNullable(database.get(outPoint));
  }

  private void apply(Map<OutPoint, Optional<Coin>> changes, boolean areNew, int tip) {
    pending.apply(new LedgerUpdate().state(new CoinChanges(changes, areNew), tip(tip)));
  }

  @Test
  void aCoinThatIsMadeAndSpentIsNeverWritten() {
    apply(Map.of(place(1), Optional.of(coin(1)), place(2), Optional.of(coin(1))), true, 1);
    apply(Map.of(place(1), Optional.empty()), true, 2);
    assertThat(look(place(1))).isEmpty();
    assertThat(written).isEmpty();

    pending.flush();
    assertThat(written).containsExactly(place(2));
    assertThat(database).containsOnlyKeys(place(2));
    assertThat(tips).containsExactly(tip(2));
    pending.flush();
    assertThat(tips).hasSize(1);
  }

  @Test
  void aCoinThatIsInTheDatabaseIsDeletedThereAlsoWhenItsBlockCameTwice() {
    apply(Map.of(place(1), Optional.of(coin(1))), true, 1);
    pending.flush();
    apply(Map.of(place(1), Optional.empty()), false, 2);
    apply(Map.of(place(1), Optional.of(coin(1))), true, 3);
    apply(Map.of(place(1), Optional.empty()), true, 4);
    pending.flush();
    assertThat(database).isEmpty();
  }

  /** Blocks come and go as in a chain; what a reader sees is what a plain map would say. */
  @Test
  void aReaderSeesEveryChangeWhateverIsWrittenWhen() {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      pending.flush();
      Map<OutPoint, Coin> model = new HashMap<>(database);
      for (int step = 1; step <= 400; step++) {
        Map<OutPoint, Optional<Coin>> changes = changes(random, step, model);
        // Who connects says that its coins are new; that of one taken back is then there again.
        apply(changes, false, step);
        changes.forEach(
            (outPoint, coin) ->
                coin.ifPresentOrElse(
                    there -> model.put(outPoint, there), () -> model.remove(outPoint)));
        if (random.nextInt(60) == 0) {
          pending.flush();
        }
        for (int number = 0; number < COINS; number++) {
          assertThat(look(place(number))).isEqualTo(Optional.ofNullable(model.get(place(number))));
        }
      }
      pending.flush();
      assertThat(database).isEqualTo(model);
    }
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
    pending.discard();
    assertThat(look(place(1))).isEmpty();
    assertThat(pending.tip()).isEmpty();
    pending.flush();
    assertThat(tips).isEmpty();
  }

  @Test
  void whoUpdatesHearsOfABugToo() {
    PendingCoins failing =
        new PendingCoins(
            (changes, tip) -> {
              throw new AssertionError("impossible");
            });
    failing.apply(
        new LedgerUpdate()
            .state(new CoinChanges(Map.of(place(1), Optional.of(coin(1))), true), tip(1)));
    assertThatThrownBy(failing::close)
        .isInstanceOf(StoreException.class)
        .hasRootCauseInstanceOf(AssertionError.class);
    assertThat(failing.find(place(1)).coin()).contains(coin(1));
  }

  @Test
  void whoUpdatesHearsThatTheDiskIsFull() {
    PendingCoins failing =
        new PendingCoins(
            (changes, tip) -> {
              throw new StoreException("no space left");
            });
    LedgerUpdate update =
        new LedgerUpdate()
            .state(new CoinChanges(Map.of(place(1), Optional.of(coin(1))), true), tip(1));
    failing.apply(update);
    assertThatThrownBy(failing::flush)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("no space left");
    assertThatThrownBy(() -> failing.apply(update)).isInstanceOf(StoreException.class);
    // What could not be written is seen all the same, as long as the process lives.
    assertThat(failing.find(place(1)).coin()).contains(coin(1));
  }
}
