package org.farthing.consensus.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.farthing.consensus.chain.ChainMark;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.chain.StoreException;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.store.RocksIndexStore;
import org.farthing.testing.ChainBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexFollowerTest {
  private static final ConsensusParams PARAMS = ConsensusParams.regtest();

  @TempDir Path folder;
  private final TxIndexer kept = new TxIndexer();
  private final AddressIndexer removed = new AddressIndexer();
  private ChainBuilder chain;

  @BeforeEach
  void open() {
    chain = ChainBuilder.regtest();
  }

  @AfterEach
  void close() {
    chain.close();
  }

  private static IndexStore memory(Indexer indexer) {
    return RocksIndexStore.inMemory(indexer.layout(), PARAMS);
  }

  private IndexFollower follow(Indexer indexer, IndexStore store) {
    return new IndexFollower(indexer, store, chain.chain()::snapshot);
  }

  private static void catchUp(IndexFollower follower) {
    int steps = 0;
    while (!follower.advance(() -> false)) {
      assertThat(++steps).isLessThan(20);
    }
  }

  private static int height(IndexFollower follower) {
    return follower.best().map(HeaderNode::height).orElse(-1);
  }

  @Test
  void itStopsBetweenBlocksAndGoesOn() {
    chain.mine(10);
    try (IndexStore store = memory(kept)) {
      IndexFollower follower = follow(kept, store);
      AtomicInteger asked = new AtomicInteger();
      assertThat(follower.advance(() -> asked.incrementAndGet() > 4)).isFalse();
      assertThat(height(follower)).isEqualTo(3);
      assertThat(height(follow(kept, store))).isEqualTo(3);
      assertThat(follower.advance(() -> true)).isFalse();
      catchUp(follower);
      assertThat(height(follower)).isEqualTo(10);
      assertThat(follower.isAt(chain.chain().snapshot())).isTrue();
    }
  }

  @Test
  void longChainsAreTakenInSteps() {
    chain.mine(1_100);
    try (IndexStore store = memory(kept)) {
      IndexFollower follower = follow(kept, store);
      assertThat(follower.advance(() -> false)).isFalse();
      assertThat(height(follower)).isEqualTo(999);
      assertThat(follower.advance(() -> false)).isTrue();
    }
  }

  /** As in Bitcoin Core, an index with the rows of all branches waits for the next block. */
  @Test
  void rowsThatStayLeaveTheIndexWhereItIsUntilTheChainGrows() {
    chain.mine(5);
    try (IndexStore store = memory(kept);
        IndexStore other = memory(removed)) {
      IndexFollower waiting = follow(kept, store);
      IndexFollower prompt = follow(removed, other);
      catchUp(waiting);
      catchUp(prompt);
      chain.chain().invalidate(chain.tip().ancestor(4));
      assertThat(waiting.advance(() -> false)).isTrue();
      assertThat(height(waiting)).isEqualTo(5);
      assertThat(waiting.lastRead(chain.chain().snapshot())).isEqualTo(3);
      catchUp(prompt);
      assertThat(height(prompt)).isEqualTo(3);
      chain.mine(1);
      catchUp(waiting);
      assertThat(waiting.best()).contains(chain.tip());
    }
  }

  /** The chain goes back to a mark and forgets what came after it, as it may after a power cut. */
  @Test
  void blocksThatTheChainHasForgotten() {
    chain.mine(5);
    ChainMark mark = chain.chain().mark();
    List<Block> forgotten = chain.mine(3);
    try (IndexStore store = memory(kept);
        IndexStore other = memory(removed)) {
      IndexFollower staying = follow(kept, store);
      IndexFollower rebuilt = follow(removed, other);
      catchUp(staying);
      catchUp(rebuilt);
      chain.chain().revert(mark, () -> {});
      catchUp(staying);
      catchUp(rebuilt);
      assertThat(height(rebuilt)).isEqualTo(5);
      assertThat(height(follow(kept, store))).isLessThanOrEqualTo(5);
      chain.mine(1);
      catchUp(staying);
      catchUp(rebuilt);
      assertThat(staying.best()).contains(chain.tip());
      new PlainTransactions().check(store, chain.chain().snapshot(), chain.blocks());
      assertThat(
              new TxIndex(store)
                  .find(forgotten.get(0).transactions().get(0).txid(), chain.chain().snapshot()))
          .isEmpty();
      new PlainAddresses().check(other, chain.chain().snapshot(), chain.blocks());
    }
  }

  @Test
  void anIndexWhoseBlockIsUnknownAtTheStartGoesOnAtAnAncestor() {
    chain.mine(5);
    ChainMark mark = chain.chain().mark();
    chain.mine(4);
    try (IndexStore store = memory(kept);
        IndexStore other = memory(removed);
        IndexStore figures = memory(new CoinStatsIndexer(PARAMS))) {
      catchUp(follow(kept, store));
      catchUp(follow(removed, other));
      catchUp(follow(new CoinStatsIndexer(PARAMS), figures));
      chain.chain().revert(mark, () -> {});
      chain.mine(2);
      assertThat(height(follow(kept, store))).isBetween(0, 5);
      assertThat(height(follow(removed, other))).isEqualTo(-1);
      catchUp(follow(removed, other));
      IndexFollower follower = follow(new CoinStatsIndexer(PARAMS), figures);
      catchUp(follower);
      new PlainCoinStats().check(figures, chain.chain().snapshot(), List.of());
    }
  }

  @Test
  void prunedBlocksAreMissed() {
    chain.mine(400);
    try (IndexStore store = memory(kept)) {
      IndexFollower follower = follow(kept, store);
      assertThat(follower.lacksBlocks()).isFalse();
      AtomicInteger asked = new AtomicInteger();
      follower.advance(() -> asked.incrementAndGet() > 50);
      chain.chain().pruner(Runnable::run).pruneTo(48);
      assertThat(follower.lacksBlocks()).isFalse();
      chain.chain().pruner(Runnable::run).pruneTo(60);
      assertThat(follower.lacksBlocks()).isTrue();
      assertThatThrownBy(() -> follower.advance(() -> false))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("txindex cannot go on: the block")
          .hasMessageContaining("at 50");
    }
  }

  /** Of states that are twelve times as large as a digest only some are kept. */
  @Test
  void figuresGoOnAfterAReorganisationBelowTheLastStates() {
    CoinStatsIndexer indexer = new CoinStatsIndexer(PARAMS);
    chain.mine(1_060);
    try (IndexStore store = memory(indexer)) {
      IndexFollower follower = follow(indexer, store);
      catchUp(follower);
      HeaderNode fork = chain.tip().ancestor(20);
      assertThat(indexer.resume(fork, store)).isEqualTo(chain.tip().ancestor(0));
      assertThat(indexer.resume(chain.tip().ancestor(100), store).height()).isEqualTo(100);
      chain.fork(20, 1_041);
      catchUp(follower);
      assertThat(follower.best()).contains(chain.tip());
      assertThat(new CoinStatsIndex(store).figures(chain.tip()).orElseThrow().coins())
          .isEqualTo(1_061);
      new PlainCoinStats().check(store, chain.chain().snapshot(), List.of());
    }
  }

  @Test
  void anIndexOnDiskIsThereAgain() {
    chain.mine(10);
    try (IndexStore store = RocksIndexStore.open(folder, kept.layout(), PARAMS)) {
      catchUp(follow(kept, store));
    }
    try (IndexStore store = RocksIndexStore.open(folder, kept.layout(), PARAMS)) {
      assertThat(height(follow(kept, store))).isEqualTo(10);
      new PlainTransactions().check(store, chain.chain().snapshot(), chain.blocks());
      store.clear();
      assertThat(store.position()).isEmpty();
      assertThat(height(follow(kept, store))).isEqualTo(-1);
    }
  }

  @Test
  void anIndexOfAnotherFormatOrChainIsMadeAnew() {
    chain.mine(3);
    try (IndexStore store = RocksIndexStore.open(folder, kept.layout(), PARAMS)) {
      catchUp(follow(kept, store));
    }
    IndexLayout next =
        new IndexLayout(kept.layout().name(), kept.layout().format() + 1, kept.layout().columns());
    try (IndexStore store = RocksIndexStore.open(folder, next, PARAMS)) {
      assertThat(store.position()).isEmpty();
      catchUp(follow(kept, store));
    }
    try (IndexStore store = RocksIndexStore.open(folder, next, ConsensusParams.testnet())) {
      assertThat(store.position()).isEmpty();
    }
  }

  @Test
  void whatIsDamagedIsNamed() throws Exception {
    RocksIndexStore.open(folder, kept.layout(), PARAMS).close();
    Files.writeString(folder.resolve("CURRENT"), "nonsense");
    assertThatThrownBy(() -> RocksIndexStore.open(folder, kept.layout(), PARAMS))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("cannot open the txindex in " + folder)
        .hasMessageContaining("Without that folder it is made anew");
  }

  @Test
  void aPositionIsABlockAndSomeBeforeIt() {
    chain.mine(20);
    IndexPosition position = IndexPosition.of(chain.tip());
    assertThat(position.best()).isEqualTo(chain.tip().hash());
    assertThat(position.locator())
        .startsWith(chain.tip().hash(), chain.tip().ancestor(19).hash())
        .endsWith(PARAMS.genesis().hash())
        .hasSize(6);
    assertThat(position.known(chain.chain().snapshot().chain()))
        .isEqualTo(Optional.of(chain.tip()));
  }
}
