package org.farthing.consensus.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.farthing.consensus.chain.BlockKey;
import org.farthing.consensus.chain.ChainState;
import org.farthing.consensus.chain.Coin;
import org.farthing.consensus.chain.CoinScan;
import org.farthing.consensus.chain.Ledger;
import org.farthing.consensus.chain.StoreException;
import org.farthing.consensus.chain.StoredHeader;
import org.farthing.consensus.chain.UnspentOutput;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.validation.RejectReason;
import org.farthing.consensus.validation.Verdict;
import org.farthing.testing.BlockDraft;
import org.farthing.testing.ChainBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;

class RocksLedgerTest {
  private static final ConsensusParams PARAMS = ConsensusParams.regtest();

  @TempDir Path folder;

  private ChainBuilder open(Path directory) {
    return ChainBuilder.on(PARAMS, RocksLedger.open(directory, PARAMS));
  }

  @Test
  void aChainGoesOnWhereItEnded() {
    Block bad;
    Block side;
    try (ChainBuilder chain = open(folder)) {
      chain.mine(110);
      chain.mineWith(chain.spend(chain.coinbase(1), BlockDraft.ANYONE, 1000));
      side = chain.fork(110, 1).get(0);
      bad = chain.draft().fees(1).build();
      chain.offer(bad);
    }
    try (ChainBuilder chain = open(folder)) {
      assertThat(chain.tip().height()).isEqualTo(111);
      assertThat(chain.coin(chain.coinbase(1))).isEmpty();
      assertThat(chain.coin(chain.block(111).transactions().get(1).outPoint(0)))
          .contains(new Coin(new TxOut(1000, BlockDraft.ANYONE), 111, false));
      assertThat(chain.offer(bad))
          .isInstanceOfSatisfying(
              Verdict.Rejected.class,
              verdict -> assertThat(verdict.reason()).isEqualTo(RejectReason.DUPLICATE_INVALID));
      chain.mineOn(side.hash(), 1);
      assertThat(chain.tip().height()).isEqualTo(112);
      assertThat(chain.coin(chain.coinbase(1))).isPresent();
    }
  }

  /** Hashes are not computed again: the database says that bytes are those that were written. */
  @Test
  void aHeaderWhoseBytesAreDamagedIsFound() throws Exception {
    byte[] inTheMiddle;
    try (ChainBuilder chain = open(folder)) {
      chain.mine(1_200);
      // The merkle root alone, a transaction's identifier, is in the table of coins as well.
      inTheMiddle = Arrays.copyOfRange(chain.block(700).header().serialize(), 36, 72);
    }
    // What was in the log is in a table after this.
    open(folder).close();
    Map<Path, Integer> places = find(inTheMiddle);
    assertThat(places).isNotEmpty();
    changeBits(places);
    assertRefused("the ledger is damaged (block checksum mismatch");
    changeBits(places);
    try (ChainBuilder chain = open(folder)) {
      assertThat(chain.tip().height()).isEqualTo(1_200);
    }
  }

  /** The tables that have some bytes, and where. */
  private Map<Path, Integer> find(byte[] bytes) throws IOException {
    String wanted = new String(bytes, StandardCharsets.ISO_8859_1);
    Map<Path, Integer> places = new HashMap<>();
    for (Path table : tables()) {
      int place = Files.readString(table, StandardCharsets.ISO_8859_1).indexOf(wanted);
      if (place >= 0) {
        places.put(table, place);
      }
    }
    return places;
  }

  private static void changeBits(Map<Path, Integer> places) throws IOException {
    for (Map.Entry<Path, Integer> place : places.entrySet()) {
      byte[] content = Files.readAllBytes(place.getKey());
      content[place.getValue()] ^= 1;
      Files.write(place.getKey(), content);
    }
  }

  private List<Path> tables() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".sst")).toList();
    }
  }

  @Test
  void aHeaderThatIsMissingIsFound() throws Exception {
    BlockKey inTheMiddle;
    BlockKey tip;
    try (ChainBuilder chain = open(folder)) {
      chain.mine(120);
      inTheMiddle = new BlockKey(70, chain.block(70).hash());
      tip = chain.tip().key();
    }
    StoredHeader right = replace(inTheMiddle, Optional.empty());
    assertRefused("the ledger has no header before ");
    replace(inTheMiddle, Optional.of(right));
    open(folder).close();
    replace(tip, Optional.empty());
    assertRefused("the ledger has no header of its tip " + tip.hash());
  }

  @Test
  void headersComeBackAsTheyWere() throws Exception {
    try (ChainBuilder chain = open(folder)) {
      chain.mine(5);
      chain.fork(3, 1);
    }
    List<StoredHeader> all = new ArrayList<>();
    try (RocksLedger ledger = RocksLedger.open(folder, PARAMS)) {
      ledger.forEachHeader(all::add);
      for (StoredHeader stored : all) {
        BlockKey key = new BlockKey(stored.height(), stored.header().hash());
        Block block = Block.decode(ledger.blockBytes(key).orElseThrow());
        assertThat(block.hash()).isEqualTo(key.hash());
        assertThat(stored.header().serialize()).isEqualTo(block.header().serialize());
      }
    }
    assertThat(all).extracting(StoredHeader::height).containsExactly(0, 1, 2, 3, 4, 4, 5);
  }

  /** Whoever tries again in the same process finds the directory free. */
  private void assertRefused(String reason) {
    for (int attempt = 1; attempt <= 2; attempt++) {
      RocksLedger ledger = RocksLedger.open(folder, PARAMS);
      assertThatThrownBy(() -> ChainBuilder.on(PARAMS, ledger))
          .isInstanceOf(StoreException.class)
          .hasMessageStartingWith(reason);
    }
  }

  @Test
  void aLedgerThatCannotBeOpenedIsNotInUse() throws Exception {
    open(folder).close();
    Path inTheWay = Files.createDirectories(folder.resolve("incoming-coins").resolve("full"));
    for (int attempt = 1; attempt <= 2; attempt++) {
      assertThatThrownBy(() -> RocksLedger.open(folder, PARAMS))
          .isInstanceOf(StoreException.class)
          .hasMessageStartingWith("cannot delete");
    }
    Files.delete(inTheWay);
    open(folder).close();
  }

  /** Returns what was there. */
  private StoredHeader replace(BlockKey key, Optional<StoredHeader> other) throws RocksDBException {
    DatabaseOptions options = DatabaseOptions.onDisk(LedgerMemory.SMALL);
    try (Database database = Database.open(folder.toString(), Columns.LAYOUT, options)) {
      Optional<StoredHeader> there = database.get(Columns.HEADERS, key);
      database.write(
          batch -> {
            if (other.isPresent()) {
              batch.put(Columns.HEADERS, key, other.get());
            } else {
              batch.delete(Columns.HEADERS, key);
            }
          });
      return there.orElse(null);
    }
  }

  @Test
  void afterAKillAtAnyBlockTheLedgerIsWhole() {
    Path live = folder.resolve("live");
    try (ChainBuilder chain = open(live)) {
      chain.mine(102, BlockDraft.ANYONE);
      for (int i = 1; i <= 5; i++) {
        OutPoint coin = chain.coinbase(i);
        Transaction tx = ChainBuilder.spendAnyone(List.of(coin), new TxOut(i, BlockDraft.ANYONE));
        Block block = chain.add(chain.draft().payTo(BlockDraft.ANYONE).with(tx).build());
        // What the files hold at this moment is what a process finds that starts after a kill.
        Path copy = copy(live, folder.resolve("copy" + i));
        try (ChainBuilder revived = open(copy)) {
          assertThat(revived.tip().hash()).isEqualTo(block.hash());
          assertThat(revived.coin(coin)).isEmpty();
          assertThat(revived.coin(tx.outPoint(0))).isPresent();
          revived.fork(101, 4 + i);
          assertThat(revived.tip().height()).isEqualTo(105 + i);
          assertThat(revived.coin(coin)).isPresent();
        }
      }
    }
  }

  @Test
  void afterAKillBeforeTheFirstBlockThereAreNoCoins() {
    Path live = folder.resolve("live");
    try (ChainBuilder chain = open(live);
        ChainBuilder revived = open(copy(live, folder.resolve("copy")))) {
      assertThat(coins(revived)).isEmpty();
      revived.mine(1);
      assertThat(coins(revived)).hasSize(1);
      assertThat(coins(chain)).isEmpty();
    }
  }

  @Test
  void afterAKillInAReorganisationTheCoinsAreThoseOfTheTip() {
    Path live = folder.resolve("live");
    try (ChainBuilder chain = open(live)) {
      chain.mine(101, BlockDraft.ANYONE);
      OutPoint coin = chain.coinbase(1);
      Transaction one = ChainBuilder.spendAnyone(List.of(coin), new TxOut(1, BlockDraft.ANYONE));
      chain.add(chain.draft().with(one).build());
      // A scan writes the coins of the first branch; those of the second are not written.
      chain.chain().snapshot().chain().scanCoins().close();
      Transaction other = ChainBuilder.spendAnyone(List.of(coin), new TxOut(2, BlockDraft.ANYONE));
      BlockHash fork = chain.tip().ancestor(101).hash();
      Block first = chain.add(chain.draft(fork).with(other).build());
      Block second = chain.mineOn(first.hash(), 1).get(0);

      Path copy = copy(live, folder.resolve("copy"));
      try (RocksLedger ledger = RocksLedger.open(copy, PARAMS)) {
        assertThat(ledger.tip()).contains(second.hash());
        assertThat(ledger.coinsTip()).isNotEqualTo(ledger.tip()).isPresent();
      }
      try (ChainBuilder revived = open(copy)) {
        assertThat(revived.tip().hash()).isEqualTo(second.hash());
        assertThat(revived.coin(one.outPoint(0))).isEmpty();
        assertThat(revived.coin(other.outPoint(0))).isPresent();
        assertThat(revived.coin(coin)).isEmpty();
        assertThat(coins(revived)).isEqualTo(coins(chain));
      }
    }
  }

  @Test
  void afterAKillOnTheWayBackTheChainIsWhatItWas() {
    Path live = folder.resolve("live");
    try (ChainBuilder chain = open(live)) {
      chain.mine(101, BlockDraft.ANYONE);
      OutPoint coin = chain.coinbase(1);
      Transaction tx = ChainBuilder.spendAnyone(List.of(coin), new TxOut(1, BlockDraft.ANYONE));
      Block last = chain.add(chain.draft().with(tx).build());
      List<UnspentOutput> before = coins(chain);
      chain.chain().invalidate(chain.tip());
      // The coins are written as the block left them that the chain went back to.
      assertThat(coins(chain)).isNotEqualTo(before);

      Path copy = copy(live, folder.resolve("copy"));
      try (RocksLedger ledger = RocksLedger.open(copy, PARAMS)) {
        assertThat(ledger.tip()).contains(last.hash());
        assertThat(ledger.coinsTip()).contains(chain.tip().hash());
      }
      try (ChainBuilder revived = open(copy)) {
        assertThat(revived.tip().hash()).isEqualTo(last.hash());
        assertThat(coins(revived)).isEqualTo(before);
      }
    }
    try (ChainBuilder chain = open(live)) {
      assertThat(chain.tip().height()).isEqualTo(101);
    }
  }

  /**
   * A kill in the middle of writing many coins, after which the chain went over to another branch:
   * some coins are as of a block that is no longer part of it.
   */
  @Test
  void coinsThatWereBeingWrittenAreFoundOnWhicheverSideTheyAre() throws Exception {
    Path live = folder.resolve("live");
    try (ChainBuilder chain = open(live)) {
      chain.mine(102, BlockDraft.ANYONE);
      chain.chain().snapshot().chain().scanCoins().close();
      OutPoint spent = chain.coinbase(1);
      OutPoint alsoSpent = chain.coinbase(2);
      Transaction one =
          ChainBuilder.spendAnyone(
              List.of(spent, alsoSpent),
              new TxOut(1, BlockDraft.ANYONE),
              new TxOut(2, BlockDraft.ANYONE));
      Block left = chain.add(chain.draft().with(one).build());
      Block first = chain.add(chain.draft(chain.tip().parent().hash()).build());
      Block second = chain.mineOn(first.hash(), 1).get(0);

      Path copy = copy(live, folder.resolve("copy"));
      try (Database database =
          Database.open(
              copy.toString(), Columns.LAYOUT, DatabaseOptions.onDisk(LedgerMemory.SMALL))) {
        database.write(
            batch -> {
              batch.put(Columns.FACTS, CoinRows.TARGET, left.hash().toString());
              batch.put(Columns.COINS, one.outPoint(0), new Coin(one.outputs().get(0), 103, false));
              batch.delete(Columns.COINS, spent);
            });
      }
      try (ChainBuilder revived = open(copy)) {
        assertThat(revived.tip().hash()).isEqualTo(second.hash());
        assertThat(coins(revived)).isEqualTo(coins(chain));
      }
      try (RocksLedger ledger = RocksLedger.open(copy, PARAMS)) {
        assertThat(ledger.coinsTarget()).isEmpty();
        assertThat(ledger.coinsTip()).contains(second.hash());
      }
    }
  }

  private static List<UnspentOutput> coins(ChainBuilder chain) {
    List<UnspentOutput> all = new ArrayList<>();
    try (CoinScan scan = chain.chain().snapshot().chain().scanCoins()) {
      assertThat(scan.tip()).isEqualTo(chain.tip().hash());
      for (List<UnspentOutput> some = scan.next(); !some.isEmpty(); some = scan.next()) {
        all.addAll(some);
      }
    }
    return all;
  }

  private static Path copy(Path from, Path to) {
    try (Stream<Path> files = Files.list(from)) {
      Files.createDirectories(to);
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
      return to;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void dataOfAnotherNetworkAreNotTouched() {
    open(folder).close();
    assertThatThrownBy(() -> RocksLedger.open(folder, ConsensusParams.testnet()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("network 'regtest', not 'testnet'");
    open(folder).close();
  }

  @Test
  void aDirectoryInUseIsNotOpened() {
    try (ChainBuilder chain = open(folder)) {
      assertThatThrownBy(() -> RocksLedger.open(folder, PARAMS))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("in use by another node");
      chain.mine(1);
    }
  }

  @Test
  void aDirectoryThatCannotBeMadeIsSaidSo() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> RocksLedger.open(file.resolve("ledger"), PARAMS))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("cannot make the directory");
  }

  @Test
  void aClosedLedgerSaysSo() {
    Ledger ledger = RocksLedger.inMemory(PARAMS);
    ledger.close();
    ledger.close();
    assertThatThrownBy(ledger::tip)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void readersMayReadWhileTheOwnerWrites() {
    try (ChainBuilder chain = open(folder)) {
      List<Block> blocks = chain.mine(1);
      ChainState state = chain.chain();
      CompletableFuture<Void> reader =
          CompletableFuture.runAsync(
              () -> {
                while (state.snapshot().height() < 200) {
                  var snapshot = state.snapshot();
                  assertThat(snapshot.chain().block(snapshot.tip().hash())).isPresent();
                  assertThat(snapshot.chain().undo(blocks.get(0).hash())).isPresent();
                }
              });
      chain.mine(199);
      reader.join();
    }
  }
}
