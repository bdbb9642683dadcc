package org.farthing.consensus.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Sequence;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.validation.RejectReason;
import org.farthing.consensus.validation.Verdict;
import org.farthing.testing.BlockDraft;
import org.farthing.testing.ChainBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The scripts before an assumed-valid block are spared, and nothing else. */
class AssumedValidTest {
  /** Two weeks of blocks, one each ten minutes. */
  private static final int TWO_WEEKS = 14 * 24 * 6;

  private static final int LENGTH = 102 + TWO_WEEKS + 10;

  /** Block 102 spends a coin without a signature; the blocks after it bury it. */
  private static List<Block> blocks;

  /** The same, but block 102 also pays its miner too much. */
  private static Block greedy;

  @BeforeAll
  static void bury() {
    try (ChainBuilder chain = ChainBuilder.regtest()) {
      blocks = new ArrayList<>(chain.mine(101));
      Transaction unsigned = unsigned(chain.coinbase(1));
      blocks.add(chain.draft().with(unsigned).build());
      greedy = chain.draft().with(unsigned).fees(50_00000000L).build();
      while (blocks.size() < LENGTH) {
        BlockHash last = blocks.get(blocks.size() - 1).hash();
        accept(chain, blocks.get(blocks.size() - 1));
        blocks.add(chain.draft(last).build());
      }
    }
  }

  private static Transaction unsigned(OutPoint coin) {
    return new Transaction(
        2,
        List.of(new TxIn(coin, Script.EMPTY, Sequence.FINAL)),
        List.of(new TxOut(1000, BlockDraft.ANYONE)),
        0);
  }

  private static void accept(ChainBuilder chain, Block block) {
    assertThat(chain.chain().acceptHeader(block.header(), block.header().timeSeconds()))
        .isEqualTo(Verdict.accepted());
  }

  @AfterAll
  static void forget() {
    blocks = null;
  }

  private static BlockHash buried() {
    return blocks.get(101).hash();
  }

  private static ChainOptions assuming(BlockHash hash) {
    return ChainOptions.DEFAULT.withAssumeValid(hash);
  }

  /** Delivers some headers, then the first 103 bodies; what is told of scripts. */
  private static List<String> run(ChainOptions options, List<Block> headers, int expectedHeight) {
    List<String> told = new ArrayList<>();
    try (ChainBuilder chain = ChainBuilder.regtest(options)) {
      chain
          .chain()
          .addScriptVerificationListener(
              (node, verification) ->
                  told.add(
                      node.height() + (verification.isOn() ? " " + verification.reason() : "")));
      headers.forEach(block -> accept(chain, block));
      blocks.subList(0, 103).forEach(chain::offer);
      assertThat(chain.tip().height()).isEqualTo(expectedHeight);
    }
    return told;
  }

  @Test
  void allScriptsRunUnlessABlockIsAssumedValid() {
    assertThat(run(ChainOptions.DEFAULT, blocks, 101))
        .containsExactly("1 assumevalid=0 (always verify)");
  }

  @Test
  void scriptsBeforeTheBlockAreSpared() {
    assertThat(run(assuming(buried()), blocks, 103))
        .containsExactly("1", "103 block height above assumevalid height");
  }

  @Test
  void anUnknownBlockSparesNothing() {
    assertThat(run(assuming(greedy.hash()), blocks, 101))
        .containsExactly("1 assumevalid hash not in headers");
  }

  @Test
  void aBlockOfAnotherBranchSparesOnlyWhatBothShare() {
    List<Block> headers = new ArrayList<>(blocks);
    headers.add(102, greedy);
    assertThat(run(assuming(greedy.hash()), headers, 101))
        .containsExactly("1", "102 block not in assumevalid chain");
  }

  @Test
  void onlyBlocksOfTheBestHeadersAreSpared() {
    try (ChainBuilder elsewhere = ChainBuilder.regtest()) {
      List<Block> headers = new ArrayList<>(elsewhere.mine(150, BlockDraft.ANYONE));
      headers.addAll(blocks.subList(0, 103));
      assertThat(run(assuming(buried()), headers, 101))
          .containsExactly("1 block not in best header chain");
    }
  }

  @Test
  void theBestHeadersMustHaveTheMinimumOfWork() {
    ChainOptions options = assuming(buried()).withMinimumChainWork(BigInteger.valueOf(1_000_000));
    assertThat(run(options, blocks, 101))
        .containsExactly("1 best header chainwork below minimumchainwork");
  }

  @Test
  void twoWeeksOfWorkMustStandOnTheBlock() {
    assertThat(run(assuming(buried()), blocks.subList(0, 102 + TWO_WEEKS), 101))
        .containsExactly("1", "102 block too recent relative to best header");
    assertThat(run(assuming(buried()), blocks.subList(0, 102 + TWO_WEEKS + 1), 103)).hasSize(2);
  }

  @Test
  void everyOtherRuleIsStillChecked() {
    try (ChainBuilder chain = ChainBuilder.regtest(assuming(blocks.get(150).hash()))) {
      blocks.forEach(block -> accept(chain, block));
      blocks.subList(0, 101).forEach(chain::add);
      Verdict verdict = chain.offer(greedy);
      assertThat(((Verdict.Rejected) verdict).reason()).isEqualTo(RejectReason.BAD_CB_AMOUNT);
      chain.add(blocks.get(101));
      assertThat(chain.tip().hash()).isEqualTo(buried());
    }
  }

  @Test
  void whoListensLateHearsTheLastChange() {
    try (ChainBuilder chain = ChainBuilder.regtest()) {
      chain.mine(2);
      List<HeaderNode> told = new ArrayList<>();
      chain.chain().addScriptVerificationListener((node, verification) -> told.add(node));
      assertThat(told).extracting(HeaderNode::height).containsExactly(1);
    }
  }
}
