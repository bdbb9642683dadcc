package org.farthing.node.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.farthing.consensus.chain.BlockKey;
import org.farthing.consensus.chain.ChainState;
import org.farthing.consensus.chain.CoinScan;
import org.farthing.consensus.chain.Ledger;
import org.farthing.consensus.chain.StoredHeader;
import org.farthing.consensus.chain.UnspentOutput;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.store.RocksLedger;
import org.farthing.testing.ChainBuilder;
import org.farthing.testing.TestKey;
import org.junit.jupiter.api.Test;

/** What it keeps is what the ledger of production keeps. */
class HeapLedgerTest {
  private static final ConsensusParams PARAMS = ConsensusParams.regtest();
  private static final TestKey STRANGER = TestKey.number(5);

  private static List<UnspentOutput> coins(Ledger ledger) {
    List<UnspentOutput> all = new ArrayList<>();
    try (CoinScan scan = ledger.scanCoins()) {
      List<UnspentOutput> page = scan.next();
      while (!page.isEmpty()) {
        all.addAll(page);
        page = scan.next();
      }
    }
    return all;
  }

  private static List<StoredHeader> headers(Ledger ledger) {
    List<StoredHeader> all = new ArrayList<>();
    ledger.forEachHeader(all::add);
    return all;
  }

  /** A chain with payments, of which a longer branch takes the last blocks away. */
  private static List<Block> story() {
    try (ChainBuilder builder = ChainBuilder.regtest()) {
      List<Block> blocks = new ArrayList<>(builder.mine(103));
      for (int height = 1; height <= 3; height++) {
        TxOut paid = new TxOut(49_0000_0000L, STRANGER.p2wpkh());
        blocks.add(builder.mineWith(builder.spend(builder.coinbase(height), paid)));
      }
      blocks.addAll(builder.fork(104, 4));
      return blocks;
    }
  }

  private static void tell(List<Block> story, Ledger ledger) {
    ChainState chain = ChainState.open(PARAMS, ledger, Runnable::run);
    for (Block block : story) {
      assertThat(chain.acceptBlock(block, block.header().timeSeconds()).isAccepted()).isTrue();
    }
  }

  private static void assertSame(HeapLedger ours, Ledger theirs) {
    assertThat(ours.tip()).isEqualTo(theirs.tip());
    assertThat(coins(ours)).isEqualTo(coins(theirs)).isNotEmpty();
    assertThat(headers(ours)).containsExactlyInAnyOrderElementsOf(headers(theirs));
    BlockKey first = new BlockKey(0, BlockHash.ZERO);
    assertThat(ours.blocksAfter(first, 1000))
        .extracting("key")
        .containsExactlyInAnyOrderElementsOf(
            theirs.blocksAfter(first, 1000).stream().map(each -> each.key()).toList());
    for (StoredHeader header : headers(theirs)) {
      BlockKey key = new BlockKey(header.height(), header.header().hash());
      assertThat(ours.blockBytes(key).orElseThrow())
          .isEqualTo(theirs.blockBytes(key).orElseThrow());
      assertThat(ours.undo(key)).isEqualTo(theirs.undo(key));
    }
  }

  @Test
  void itKeepsWhatTheDatabaseKeeps() {
    List<Block> story = story();
    HeapLedger ours = new HeapLedger();
    tell(story, ours);
    try (RocksLedger theirs = RocksLedger.inMemory(PARAMS)) {
      tell(story, theirs);
      assertSame(ours, theirs);
    }
  }

  @Test
  void copiesGoTheirOwnWays() {
    List<Block> story = story();
    int half = 105;
    HeapLedger original = new HeapLedger();
    tell(story.subList(0, half), original);
    HeapLedger copy = new HeapLedger(new HeapLedger(original));
    tell(story.subList(half, story.size()), copy);
    try (RocksLedger whole = RocksLedger.inMemory(PARAMS)) {
      tell(story, whole);
      assertSame(copy, whole);
    }
    try (RocksLedger part = RocksLedger.inMemory(PARAMS)) {
      tell(story.subList(0, half), part);
      assertSame(original, part);
    }
  }

  @Test
  void coinsAreMadeAnewFromBlocks() {
    List<Block> story = story();
    HeapLedger ours = new HeapLedger();
    tell(story, ours);
    List<UnspentOutput> before = coins(ours);
    ours.forgetCoins();
    assertThat(ours.tip()).contains(PARAMS.genesis().hash());
    assertThat(coins(ours)).isEmpty();
    tell(List.of(), ours);
    assertThat(coins(ours)).isEqualTo(before);
    ours.startRebuild();
    assertThat(ours.isRebuilding()).isTrue();
    tell(List.of(), ours);
    assertThat(ours.isRebuilding()).isFalse();
    assertThat(coins(ours)).isEqualTo(before);
  }
}
