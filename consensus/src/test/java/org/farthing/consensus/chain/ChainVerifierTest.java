package org.farthing.consensus.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.farthing.consensus.chain.ChainVerification.Outcome;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.testing.BlockDraft;
import org.farthing.testing.ChainBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the levels of {@code verifychain} find, and what they don't. */
class ChainVerifierTest {
  private static final int HEIGHT = 105;

  private final KeptLedger ledger = new KeptLedger(BlockTree.params());
  private final ChainBuilder chain = ChainBuilder.on(BlockTree.params(), ledger.view());

  @BeforeEach
  void payments() {
    chain.mine(102, BlockDraft.ANYONE);
    for (int height = 1; height <= 3; height++) {
      // The second payment spends an output of the same block.
      var first = ChainBuilder.spendAnyone(List.of(chain.coinbase(height)), anyone(), anyone());
      var second = ChainBuilder.spendAnyone(List.of(first.outPoint(0)), anyone());
      chain.mineWith(first, second);
    }
    assertThat(chain.tip().height()).isEqualTo(HEIGHT);
  }

  @AfterEach
  void close() {
    chain.close();
    ledger.close();
  }

  private static TxOut anyone() {
    return new TxOut(1000, BlockDraft.ANYONE);
  }

  private ChainVerification verify(int level, int blocks) {
    return chain.chain().verify(level, blocks);
  }

  private BlockKey key(int height) {
    return chain.tip().ancestor(height).key();
  }

  private void change(OutPoint outPoint, Optional<Coin> coin) {
    ledger
        .view()
        .commit(
            new LedgerUpdate()
                .state(new CoinChanges(Map.of(outPoint, coin), false), chain.tip().hash()));
  }

  /** A chain that has nothing of the ledger in its memory. */
  private ChainVerification verifyFresh(int level, int blocks) {
    try (ChainState fresh = ChainState.open(BlockTree.params(), ledger.view(), Runnable::run)) {
      return fresh.verify(level, blocks);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1, 2, 3, 4, 5})
  void aSoundLedgerIsSound(int level) {
    int used = Math.max(0, Math.min(4, level));
    int three = used >= 3 ? 3 * 3 : 0;
    assertThat(verify(level, 3))
        .isEqualTo(new ChainVerification(Outcome.SOUND, 3, used, three, ""));
    assertThat(verify(level, 0).blocks()).isEqualTo(HEIGHT);
    assertThat(verify(level, HEIGHT + 1).blocks()).isEqualTo(HEIGHT);
    assertThat(verify(level, 0).isSound()).isTrue();
  }

  @Test
  void nothingIsChanged() {
    verify(4, 0);
    Coins.assertConsistent(chain.chain(), chain.blocks());
    assertThat(verify(4, 0).isSound()).isTrue();
  }

  @Test
  void aNewChainHasNothingToCheck() {
    try (ChainBuilder empty = ChainBuilder.regtest()) {
      assertThat(empty.chain().verify(4, 6))
          .isEqualTo(new ChainVerification(Outcome.SOUND, 0, 4, 0, ""));
    }
  }

  /** Between two blocks it is asked whether somebody wants to stop. */
  @ParameterizedTest
  @ValueSource(ints = {0, 4})
  void whoWantsToStopWaitsForOneBlockOnly(int level) {
    AtomicInteger more = new AtomicInteger(Integer.MAX_VALUE);
    try (ChainState fresh =
        ChainState.open(
            BlockTree.params(),
            ledger.view(),
            Runnable::run,
            ChainOptions.DEFAULT,
            Owner.UNCHECKED,
            () -> more.getAndDecrement() <= 0)) {
      more.set(2);
      ChainVerification result = fresh.verify(level, 0);
      assertThat(result.outcome()).isEqualTo(Outcome.INTERRUPTED);
      assertThat(result.isSound()).isFalse();
      assertThat(result.blocks()).isEqualTo(2);
    }
  }

  @Test
  void levelThreeFindsACoinThatIsMissing() {
    change(chain.coinbase(HEIGHT - 1), Optional.empty());
    assertThat(verifyFresh(2, 3).isSound()).isTrue();
    assertThat(verifyFresh(3, 1).isSound()).isTrue();
    assertThat(verifyFresh(3, 3).outcome()).isEqualTo(Outcome.CORRUPT);
    assertThat(verifyFresh(3, 3).problem())
        .isEqualTo(
            "Verification error: coin database inconsistencies found (last 2 blocks, 3 good"
                + " transactions before that)");
  }

  @Test
  void levelThreeFindsACoinThatIsAnother() {
    change(chain.coinbase(HEIGHT), Optional.of(new Coin(anyone(), HEIGHT, true)));
    assertThat(verifyFresh(2, 3).isSound()).isTrue();
    assertThat(verifyFresh(3, 3).outcome()).isEqualTo(Outcome.CORRUPT);
  }

  @Test
  void levelThreeFindsACoinThatShouldBeSpent() {
    TxOut reward = chain.block(3).transactions().get(0).outputs().get(0);
    change(chain.coinbase(3), Optional.of(new Coin(reward, 3, true)));
    assertThat(verifyFresh(2, 3).isSound()).isTrue();
    assertThat(verifyFresh(3, 1).outcome()).isEqualTo(Outcome.CORRUPT);
  }

  @Test
  void levelTwoFindsUndoDataThatDontFit() {
    ledger.view().commit(new LedgerUpdate().undo(key(HEIGHT), new BlockUndo(List.of())));
    assertThat(verifyFresh(1, 3).isSound()).isTrue();
    assertThat(verifyFresh(2, 3).problem())
        .isEqualTo(
            "Verification error: found bad undo data at %d, hash=%s"
                .formatted(HEIGHT, chain.tip().hash()));
  }

  @Test
  void levelOneFindsABodyThatBreaksARule() {
    Block forged = new Block(chain.block(HEIGHT).header(), chain.block(1).transactions());
    ledger.view().commit(new LedgerUpdate().block(key(HEIGHT), forged));
    assertThat(verifyFresh(0, 3).isSound()).isTrue();
    assertThat(verifyFresh(1, 3).problem())
        .startsWith("Verification error: found bad block at 105, hash=" + chain.tip().hash())
        .contains("bad-txnmrklroot");
  }

  @Test
  void prunedBlocksAreLeftOut() {
    StoredHeader stored = chain.chain().headers().stored(chain.tip().ancestor(100));
    ledger
        .view()
        .commit(
            new LedgerUpdate()
                .header(
                    new StoredHeader(
                        stored.header(), stored.height(), stored.status().withPruned())));
    ChainVerification found = verifyFresh(4, 0);
    assertThat(found.outcome()).isEqualTo(Outcome.MISSING_BLOCKS);
    assertThat(found.blocks()).isEqualTo(5);
    assertThat(found.problem()).startsWith("Block verification stopping at height 100 (no data).");
    assertThat(verifyFresh(4, 5).outcome()).isEqualTo(Outcome.SOUND);
  }
}
