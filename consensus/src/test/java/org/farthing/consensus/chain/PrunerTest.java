package org.farthing.consensus.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.store.RocksLedger;
import org.farthing.consensus.validation.Verdict;
import org.farthing.testing.BlockDraft;
import org.farthing.testing.ChainBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrunerTest {
  private static final ConsensusParams PARAMS = ConsensusParams.regtest();
  private static final int KEPT = Pruner.KEPT_BLOCKS;

  @TempDir Path folder;

  private final Random random = new Random(1);
  private Ledger ledger;

  private ChainBuilder open() {
    ledger = RocksLedger.open(folder, PARAMS);
    return ChainBuilder.on(PARAMS, ledger);
  }

  private ChainBuilder openInMemory() {
    ledger = RocksLedger.inMemory(PARAMS);
    return ChainBuilder.on(PARAMS, ledger);
  }

  private static Pruner pruner(ChainBuilder chain) {
    return chain.chain().pruner(Runnable::run);
  }

  private static int lastPruned(ChainBuilder chain) {
    return chain.chain().snapshot().lastPruned().map(HeaderNode::height).orElse(-1);
  }

  private static BlockStatus status(ChainBuilder chain, Block block) {
    ChainSnapshot now = chain.chain().snapshot();
    return now.chain().status(now.chain().header(block.hash()).orElseThrow());
  }

  private static void assertGone(ChainBuilder chain, Block block) {
    ChainReader reader = chain.chain().snapshot().chain();
    assertThat(reader.blockBytes(block.hash())).isEmpty();
    assertThat(reader.undo(block.hash())).isEmpty();
    assertThat(status(chain, block).isPruned()).isTrue();
    assertThat(status(chain, block).hasUndo()).isFalse();
    assertThat(status(chain, block).transactions()).isEqualTo(block.transactions().size());
  }

  private static void assertThere(ChainBuilder chain, Block block) {
    ChainReader reader = chain.chain().snapshot().chain();
    assertThat(reader.block(block.hash())).contains(block);
    assertThat(status(chain, block).isStored()).isTrue();
    assertThat(reader.undo(block.hash()).isPresent()).isEqualTo(status(chain, block).hasUndo());
  }

  /** What the ledger believes that its blocks take is what they take. */
  private void assertBytes(ChainBuilder chain) {
    long genesis = PARAMS.genesis().serialize().length + 1L;
    long others =
        ledger.blocksAfter(chain.chain().headers().genesis().key(), Integer.MAX_VALUE).stream()
            .mapToLong(StoredBlock::bytes)
            .sum();
    assertThat(ledger.blockBytes()).isEqualTo(genesis + others);
    assertThat(chain.chain().snapshot().chain().block(PARAMS.genesis().hash())).isPresent();
  }

  @Test
  void blocksGoUpToAHeightAndStayGone() {
    List<Block> blocks;
    try (ChainBuilder chain = open()) {
      chain.mine(101, BlockDraft.ANYONE);
      chain.mineWith(
          ChainBuilder.spendAnyone(List.of(chain.coinbase(1)), new TxOut(1, BlockDraft.ANYONE)));
      chain.mine(300);
      blocks = chain.blocks();
      assertThat(lastPruned(chain)).isEqualTo(-1);
      assertBytes(chain);
      pruner(chain).pruneTo(105);
      assertThat(lastPruned(chain)).isEqualTo(105);
      pruner(chain).pruneTo(100);
      assertThat(lastPruned(chain)).isEqualTo(105);
      assertBytes(chain);
    }
    try (ChainBuilder chain = open()) {
      assertThat(chain.tip().height()).isEqualTo(402);
      assertThat(lastPruned(chain)).isEqualTo(105);
      blocks.subList(0, 105).forEach(block -> assertGone(chain, block));
      blocks.subList(105, 402).forEach(block -> assertThere(chain, block));
      assertThat(chain.coin(blocks.get(101).transactions().get(1).outPoint(0))).isPresent();
      assertThat(chain.chain().hasBlock(blocks.get(50).hash())).isFalse();
      assertBytes(chain);
      chain.mine(1);
    }
  }

  @Test
  void whatAReorganisationMayNeedStays() {
    try (ChainBuilder chain = openInMemory()) {
      List<Block> blocks = chain.mine(400);
      pruner(chain).pruneTo(Integer.MAX_VALUE);
      assertThat(lastPruned(chain)).isEqualTo(400 - KEPT);
      pruner(chain).pruneTo(400 - KEPT + 1);
      assertThat(lastPruned(chain)).isEqualTo(400 - KEPT);
      chain.fork(400 - KEPT, KEPT + 1);
      assertThat(chain.tip().height()).isEqualTo(401);
      blocks.subList(400 - KEPT, 400).forEach(block -> assertThere(chain, block));
      assertBytes(chain);
    }
  }

  /** Groups are of less than 10,000 bytes, eight more for each block, the genesis among them. */
  @Test
  void groupsOfBlocksGoAsAWhole() {
    try (ChainBuilder chain = openInMemory()) {
      chain.mine(500);
      List<Integer> ends = new ArrayList<>();
      long bytes = PARAMS.genesis().totalSize() + 8L;
      for (int height = 1; height <= 500; height++) {
        int size = chain.block(height).totalSize() + 8;
        if (bytes + size >= 10_000) {
          ends.add(height - 1);
          bytes = 0;
        }
        bytes += size;
      }
      Pruner pruner = pruner(chain);
      pruner.inGroupsOf(10_000);
      pruner.pruneTo(ends.get(0) - 1);
      assertThat(lastPruned(chain)).isEqualTo(-1);
      pruner.pruneTo(ends.get(0));
      assertThat(lastPruned(chain)).isEqualTo(ends.get(0));
      pruner.pruneTo(ends.get(3) - 1);
      assertThat(lastPruned(chain)).isEqualTo(ends.get(2));
      pruner.pruneToSize(ledger.blockBytes());
      assertThat(lastPruned(chain)).isGreaterThan(ends.get(2)).isIn(ends);
      pruner.pruneTo(500);
      int last = ends.stream().filter(end -> end <= 500 - KEPT).reduce(0, Math::max);
      assertThat(lastPruned(chain)).isEqualTo(last);
      assertBytes(chain);
    }
  }

  @Test
  void aShortChainIsNotTouched() {
    try (ChainBuilder chain = openInMemory()) {
      chain.mine(KEPT);
      pruner(chain).pruneTo(Integer.MAX_VALUE);
      pruner(chain).pruneToSize(0);
      assertThat(lastPruned(chain)).isEqualTo(-1);
    }
  }

  @Test
  void aBranchThatLeavesBeforeTheLastPrunedBlockIsExplained() {
    try (ChainBuilder chain = openInMemory()) {
      chain.mine(400);
      pruner(chain).pruneTo(400 - KEPT);
      assertThatThrownBy(() -> chain.fork(400 - KEPT - 1, KEPT + 2))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("has been pruned: start with -reindex");
    }
  }

  /** The parent of a stale block was never received: only the child can be pruned. */
  @Test
  void staleBranchesArePrunedToo() {
    Block parent;
    Block child;
    try (ChainBuilder chain = open()) {
      chain.mine(10);
      List<Block> stale = chain.fork(5, 2);
      parent = chain.draft(chain.block(5).hash()).build();
      assertThat(chain.chain().acceptHeader(parent.header(), parent.header().timeSeconds()))
          .isEqualTo(Verdict.accepted());
      child = chain.add(chain.draft(parent.hash()).build());
      chain.mine(300);
      List<Block> recent = chain.fork(300, 3);
      pruner(chain).pruneTo(chain.tip().height());
      stale.forEach(block -> assertGone(chain, block));
      assertGone(chain, child);
      recent.forEach(block -> assertThere(chain, block));
      assertThat(status(chain, parent)).isEqualTo(BlockStatus.HEADER_ONLY);
    }
    try (ChainBuilder chain = open()) {
      assertGone(chain, child);
      assertThat(chain.tip().height()).isEqualTo(310);
      chain.mine(1);
      assertBytes(chain);
      // The missing parent links nothing that is not there.
      chain.add(parent);
      assertThere(chain, parent);
      assertThat(chain.tip().height()).isEqualTo(311);
    }
  }

  @Test
  void aPrunedBlockCanBeReceivedAgain() {
    try (ChainBuilder chain = openInMemory()) {
      List<Block> blocks = chain.mine(400);
      pruner(chain).pruneTo(50);
      chain.add(blocks.get(49));
      assertThere(chain, blocks.get(49));
      // The coins that it spent are not known again.
      assertThat(status(chain, blocks.get(49)).hasUndo()).isFalse();
      assertThat(lastPruned(chain)).isEqualTo(50);
      assertThat(chain.tip().height()).isEqualTo(400);
      // It stays as long as the block that was the tip when it came.
      pruner(chain).pruneTo(100);
      assertThere(chain, blocks.get(49));
      assertThat(lastPruned(chain)).isEqualTo(100);
      assertBytes(chain);
      Block tip = blocks.get(399);
      chain.mine(KEPT);
      pruner(chain).pruneTo(399);
      assertThere(chain, blocks.get(49));
      pruner(chain).pruneTo(400);
      assertGone(chain, blocks.get(49));
      assertGone(chain, tip);
      assertBytes(chain);
    }
  }

  /** With the whole group of the tip at that time, and in no other. */
  @Test
  void aBlockThatIsReceivedAgainIsPartOfALaterGroup() {
    try (ChainBuilder chain = openInMemory()) {
      List<Block> blocks = chain.mine(500);
      Pruner pruner = pruner(chain);
      pruner.inGroupsOf(10_000);
      pruner.pruneTo(100);
      int first = lastPruned(chain);
      Block again = blocks.get(first / 2);
      chain.add(again);
      pruner.pruneTo(200);
      assertThat(lastPruned(chain)).isBetween(first + 1, 200);
      assertThere(chain, again);
      chain.mine(KEPT + 100);
      pruner.pruneTo(499);
      assertThere(chain, again);
      pruner.pruneTo(600);
      assertThat(lastPruned(chain)).isGreaterThan(500);
      assertGone(chain, again);
      assertBytes(chain);
    }
  }

  /** Of two tips with the same work the one that was seen first stays the tip. */
  @Test
  void aPrunedBlockThatIsReceivedAgainMovesNoTip() {
    try (ChainBuilder chain = openInMemory()) {
      List<Block> blocks = chain.mine(399);
      Block other = chain.draft(chain.tip().hash()).build();
      // Its header comes before the tip's, its body after it.
      chain.chain().acceptHeader(other.header(), chain.nowSeconds());
      Block first = chain.mine(1).get(0);
      chain.add(other);
      assertThat(chain.tip().hash()).isEqualTo(first.hash());
      pruner(chain).pruneTo(50);
      chain.add(blocks.get(49));
      assertThat(chain.tip().hash()).isEqualTo(first.hash());
    }
  }

  private Script padding(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    bytes[0] = 0x6a;
    return Script.of(bytes);
  }

  private void mineLarge(ChainBuilder chain, int blocks, int size) {
    for (int i = 0; i < blocks; i++) {
      chain.add(chain.draft().coinbaseOutput(new TxOut(0, padding(size))).build());
    }
  }

  @Test
  void theTargetIsKeptAsFarAsTheKeptBlocksAllow() {
    long target = 400 * 1100;
    try (ChainBuilder chain = openInMemory()) {
      Pruner pruner = pruner(chain);
      for (int i = 0; i < 700; i++) {
        mineLarge(chain, 1, 850);
        pruner.pruneToSize(target);
        assertThat(ledger.blockBytes()).isLessThan(target);
      }
      assertThat(lastPruned(chain)).isBetween(300, 700 - KEPT);
      assertBytes(chain);
      // Blocks of double the size: the last 288 alone are more than the target.
      for (int i = 0; i < 300; i++) {
        mineLarge(chain, 1, 2000);
        pruner.pruneToSize(target);
      }
      assertThat(lastPruned(chain)).isEqualTo(1000 - KEPT);
      assertThat(ledger.blockBytes()).isGreaterThan(target);
    }
  }

  @Test
  void theDiskGetsItsSpaceBack() {
    try (ChainBuilder chain = open()) {
      mineLarge(chain, 600, 50_000);
      long before = diskBytes();
      assertThat(before).isGreaterThan(600 * 50_000L);
      pruner(chain).pruneTo(Integer.MAX_VALUE);
      assertThat(lastPruned(chain)).isEqualTo(600 - KEPT);
      // What is left, and at most two write buffers of 8 MiB that were never of one piece.
      assertThat(diskBytes()).isLessThan(before - 312 * 50_000L + (16 << 20));
      mineLarge(chain, 600, 50_000);
      pruner(chain).pruneTo(Integer.MAX_VALUE);
      assertThat(diskBytes()).isLessThan(KEPT * 51_000L + (32 << 20));
    }
  }

  private long diskBytes() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.mapToLong(PrunerTest::size).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** RocksDB may delete a file while we look. */
  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0;
    }
  }

  @Test
  void reclaimingInAClosedLedgerDoesNothing() {
    ChainBuilder chain = openInMemory();
    chain.mine(3);
    chain.close();
    ledger.reclaim(3);
  }
}
