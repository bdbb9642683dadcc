package org.farthing.consensus.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
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
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;

class CoinRowsTest {
  private static final int MANY = 60;
  private static final int COINS = 400;

  @TempDir Path folder;

  private Database open() throws RocksDBException {
    return Database.open(
        folder.toString(), Columns.LAYOUT, DatabaseOptions.onDisk(LedgerMemory.SMALL));
  }

  private static byte[] hash(int number) {
    long first = number * 0x9e3779b97f4a7c15L;
    return new ByteWriter(32).int64(first).int64(0).int64(0).int64(number).toByteArray();
  }

  private static OutPoint place(int number) {
    return new OutPoint(Txid.of(hash(number / 5)), number % 5);
  }

  private static Coin coin(int height) {
    return new Coin(new TxOut(height, BlockDraft.ANYONE), height, false);
  }

  /** Some batches are files, others are not; the next process finds the coins of either. */
  @Test
  void whatIsWrittenOnEitherWayIsFoundByTheNextProcess() throws RocksDBException {
    Random random = new Random(1);
    Map<OutPoint, Coin> model = new HashMap<>();
    for (int life = 1; life <= 5; life++) {
      int steps = 30;
      try (Database database = open()) {
        CoinRows rows = CoinRows.onDisk(database, folder, MANY);
        CoinCache cache = new CoinCache(rows, CoinPages.outsideTheHeap(), 1 << 20);
        for (int step = 1; step <= steps; step++) {
          Map<OutPoint, Optional<Coin>> changes = changes(random, step, model);
          cache.apply(update(changes, false, BlockHash.of(hash(life * 1000 + step))));
          if (random.nextInt(3) == 0) {
            cache.flush();
          }
          for (int i = 0; i < 20; i++) {
            OutPoint outPoint = place(random.nextInt(COINS));
            assertThat(cache.coin(outPoint)).isEqualTo(Optional.ofNullable(model.get(outPoint)));
          }
        }
        cache.close();
        assertThat(rows.target()).isEmpty();
      }
      try (Database database = open()) {
        assertThat(coins(database)).isEqualTo(model);
        assertThat(database.get(Columns.FACTS, CoinRows.TIP))
            .contains(BlockHash.of(hash(life * 1000 + steps)).toString());
      }
    }
  }

  /** Nothing is a file that has to be none: what was only read is there already. */
  @Test
  void whatWasReadIsNotWrittenHoweverMuchItIs() throws RocksDBException {
    Map<OutPoint, Coin> there = new HashMap<>();
    for (int i = 0; i < 2 * MANY; i++) {
      there.put(place(i), coin(i));
    }
    try (Database database = open()) {
      database.write(
          batch -> {
            for (Map.Entry<OutPoint, Coin> coin : there.entrySet()) {
              batch.put(Columns.COINS, coin.getKey(), coin.getValue());
            }
          });
      CoinRows rows = CoinRows.onDisk(database, folder, MANY);
      CoinCache cache = new CoinCache(rows, CoinPages.outsideTheHeap(), 1 << 22);
      there.forEach((outPoint, coin) -> assertThat(cache.coin(outPoint)).contains(coin));
      OutPoint coinbase = place(COINS);
      BlockHash tip = BlockHash.of(hash(2));
      cache.apply(update(Map.of(coinbase, Optional.of(coin(1))), true, BlockHash.of(hash(1))));
      cache.apply(update(Map.of(coinbase, Optional.empty()), false, tip));
      cache.close();
      assertThat(coins(database)).isEqualTo(there);
      assertThat(database.get(Columns.FACTS, CoinRows.TIP)).contains(tip.toString());
    }
  }

  /** As long as the file is being written, a kill leaves the coins as they were. */
  @Test
  void noSecondBlockIsWrittenDownBeforeTheFileIsThere() throws Exception {
    try (Database database = open()) {
      CoinRows rows = CoinRows.onDisk(database, folder, MANY);
      CoinCache cache = new CoinCache(rows, CoinPages.outsideTheHeap(), 1 << 20);
      Map<OutPoint, Optional<Coin>> changes = new HashMap<>();
      for (int i = 0; i < 2 * MANY; i++) {
        changes.put(place(i), Optional.of(coin(i)));
      }
      Files.createDirectories(folder.resolve("incoming-coins"));
      cache.apply(update(changes, true, BlockHash.of(hash(1))));
      assertThatThrownBy(cache::close).isInstanceOf(StoreException.class);
      assertThat(database.get(Columns.FACTS, CoinRows.TARGET)).isEmpty();
      assertThat(database.get(Columns.FACTS, CoinRows.TIP)).isEmpty();
    }
  }

  @Test
  void whoReadsACoinThatIsNoneHearsWhatToDo() throws RocksDBException {
    OutPoint outPoint = place(1);
    try (Database database = open()) {
      byte[] key = Columns.COINS.key().encode(outPoint);
      database.write(batch -> batch.rows(Columns.COINS).put(key, new byte[] {2}));
      CoinRows rows = CoinRows.onDisk(database, folder, MANY);
      CoinCache cache = new CoinCache(rows, CoinPages.inTheHeap(), 1 << 20);
      assertThatThrownBy(() -> cache.coin(outPoint))
          .isInstanceOf(StoreException.class)
          .hasMessageStartingWith("the ledger is damaged (DataStream::read(): end of data")
          .hasMessageContaining("Move the folder " + folder + " away");
      cache.close();
    }
  }

  private static LedgerUpdate update(
      Map<OutPoint, Optional<Coin>> changes, boolean areNew, BlockHash tip) {
    return new LedgerUpdate().state(new CoinChanges(changes, areNew), tip);
  }

  private static Map<OutPoint, Optional<Coin>> changes(
      Random random, int step, Map<OutPoint, Coin> model) {
    Map<OutPoint, Optional<Coin>> changes = new HashMap<>();
    for (int i = random.nextInt(80); i >= 0; i--) {
      OutPoint outPoint = place(random.nextInt(COINS));
      if (!changes.containsKey(outPoint)) {
        Optional<Coin> after =
            model.containsKey(outPoint) ? Optional.empty() : Optional.of(coin(step));
        changes.put(outPoint, after);
        after.ifPresentOrElse(made -> model.put(outPoint, made), () -> model.remove(outPoint));
      }
    }
    return changes;
  }

  private static Map<OutPoint, Coin> coins(Database database) {
    Map<OutPoint, Coin> all = new HashMap<>();
    try (Database.View view = database.view()) {
      Optional<OutPoint> last = Optional.empty();
      List<Map.Entry<OutPoint, Coin>> some = new ArrayList<>();
      do {
        some = view.page(Columns.COINS, last, 100);
        some.forEach(entry -> all.put(entry.getKey(), entry.getValue()));
        last = some.isEmpty() ? last : Optional.of(some.get(some.size() - 1).getKey());
      } while (!some.isEmpty());
    }
    return all;
  }

  /**
   * What a kill leaves after the coins have become part of the database, and before the tip has.
   */
  @Test
  void bothBlocksStayWrittenDownUntilTheCoinsAreAsOfTheSecond() throws RocksDBException {
    BlockHash first = BlockHash.of(hash(1));
    BlockHash between = BlockHash.of(hash(2));
    BlockHash second = BlockHash.of(hash(3));
    try (Database database = open()) {
      database.write(
          batch -> {
            batch.put(Columns.FACTS, CoinRows.TIP, first.toString());
            batch.put(Columns.FACTS, CoinRows.TARGET, second.toString());
          });
    }
    for (BlockHash tip : List.of(between, second)) {
      for (int count : new int[] {1, 2 * MANY}) {
        try (Database database = open()) {
          CoinRows rows = CoinRows.onDisk(database, folder, MANY);
          CoinCache cache = new CoinCache(rows, CoinPages.outsideTheHeap(), 1 << 20);
          Map<OutPoint, Optional<Coin>> changes = new HashMap<>();
          for (int i = 0; i < count; i++) {
            changes.put(place(i), Optional.of(coin(i)));
          }
          cache.apply(update(changes, false, tip));
          cache.close();
          boolean there = tip.equals(second);
          assertThat(database.get(Columns.FACTS, CoinRows.TIP))
              .contains((there ? second : first).toString());
          assertThat(database.get(Columns.FACTS, CoinRows.TARGET))
              .isEqualTo(there ? Optional.empty() : Optional.of(second.toString()));
          assertThat(rows.target().isPresent()).isEqualTo(!there);
        }
      }
    }
  }
}
