package org.farthing.consensus.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
import org.farthing.consensus.primitives.BlockHeader;
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

  @Test
  void aHeaderThatIsStoredWrongIsFound() throws Exception {
    BlockHash inTheMiddle;
    try (ChainBuilder chain = open(folder)) {
      chain.mine(1_200);
      inTheMiddle = chain.block(700).hash();
    }
    StoredHeader right = changeNonce(new BlockKey(700, inTheMiddle), 1);
    assertRefused("the ledger has no header before ");
    changeNonce(new BlockKey(700, inTheMiddle), -1);
    BlockHash tip;
    try (ChainBuilder chain = open(folder)) {
      assertThat(chain.block(700).header()).isEqualTo(right.header());
      tip = chain.tip().hash();
    }
    changeNonce(new BlockKey(1_200, tip), 1);
    assertRefused("the ledger has no header of its tip " + tip);
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
  private StoredHeader changeNonce(BlockKey key, int by) throws RocksDBException {
    DatabaseOptions options = DatabaseOptions.onDisk(LedgerMemory.SMALL);
    try (Database database = Database.open(folder.toString(), Columns.LAYOUT, options)) {
      StoredHeader there = database.get(Columns.HEADERS, key).orElseThrow();
      BlockHeader other = there.header().withNonce(there.header().nonce() + by);
      database.write(
          batch ->
              batch.put(
                  Columns.HEADERS, key, new StoredHeader(other, key.height(), there.status())));
      return there;
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
