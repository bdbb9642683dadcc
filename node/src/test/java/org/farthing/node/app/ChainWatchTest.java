package org.farthing.node.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.testing.ChainBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChainWatchTest {
  private static final int PERIOD = 144;
  private static final int THRESHOLD = 108;
  private static final String UNKNOWN = "Unknown new rules activated (versionbit 3)";
  private static final String INVALID =
      "Warning: Found invalid chain more than 6 blocks longer than our best chain. This could be"
          + " due to database corruption or consensus incompatibility with peers.";

  private final List<String> alerts = new ArrayList<>();
  private final Warnings warnings = new Warnings(alerts::add);
  private ChainBuilder chain;
  private boolean initialDownload;

  @BeforeEach
  void open() {
    chain = ChainBuilder.regtest();
    ChainWatch watch = new ChainWatch(chain.chain(), () -> initialDownload, warnings);
    chain.chain().addListener(watch::changed);
    chain.chain().addFailureListener((node, verdict) -> watch.failed());
    mine(PERIOD - 1, 0x20000000);
  }

  @AfterEach
  void close() {
    chain.close();
  }

  private void mine(int count, int version) {
    for (int i = 0; i < count; i++) {
      chain.add(chain.draft().version(version).build());
    }
  }

  @Test
  void unknownRulesAreReportedOnceTheyAreInForce() {
    mine(THRESHOLD, 0x20000008);
    mine(PERIOD - THRESHOLD, 0x20000000);
    mine(PERIOD - 1, 0x20000000);
    assertThat(warnings.texts()).isEmpty();
    mine(1, 0x20000000);
    assertThat(warnings.texts()).containsExactly(UNKNOWN);
    mine(3, 0x20000000);
    assertThat(alerts).containsExactly(UNKNOWN);
  }

  @Test
  void tooFewSignalsAreNothing() {
    mine(THRESHOLD - 1, 0x20000008);
    mine(PERIOD - THRESHOLD + 1, 0x20000000);
    mine(PERIOD, 0x20000000);
    assertThat(alerts).isEmpty();
  }

  @Test
  void theInitialDownloadSaysNothing() {
    initialDownload = true;
    mine(PERIOD, 0x20000008);
    mine(PERIOD, 0x20000000);
    assertThat(alerts).isEmpty();
    initialDownload = false;
    mine(1, 0x20000000);
    assertThat(alerts).containsExactly(UNKNOWN);
  }

  /** Headers after an invalid block count: somebody worked for them. */
  @Test
  void sixInvalidBlocksAreNotEnough() {
    List<Block> branch = branchThatBreaksARule(7);
    offerHeaders(branch.subList(0, 6));
    chain.offer(branch.get(0));
    assertThat(warnings.texts()).isEmpty();
  }

  @Test
  void sevenAlarmUntilTheChainGrows() {
    List<Block> branch = branchThatBreaksARule(7);
    offerHeaders(branch);
    chain.offer(branch.get(0));
    assertThat(warnings.texts()).containsExactly(INVALID);
    mine(1, 0x20000000);
    assertThat(warnings.texts()).isEmpty();
    assertThat(alerts).containsExactly(INVALID);
  }

  private void offerHeaders(List<Block> blocks) {
    for (Block block : blocks) {
      chain.chain().acceptHeader(block.header(), block.header().timeSeconds());
    }
  }

  /** Its first block pays too much, which nobody sees who only has the headers. */
  private List<Block> branchThatBreaksARule(int length) {
    List<Block> blocks = new ArrayList<>();
    try (ChainBuilder elsewhere = ChainBuilder.regtest()) {
      chain.blocks().forEach(elsewhere::add);
      blocks.add(elsewhere.draft().fees(1).build());
      BlockHash last = blocks.get(0).hash();
      offerHeader(elsewhere, blocks.get(0));
      while (blocks.size() < length) {
        Block block = elsewhere.draft(last).build();
        offerHeader(elsewhere, block);
        blocks.add(block);
        last = block.hash();
      }
    }
    return blocks;
  }

  private static void offerHeader(ChainBuilder chain, Block block) {
    chain.chain().acceptHeader(block.header(), block.header().timeSeconds());
  }
}
