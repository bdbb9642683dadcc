package org.farthing.consensus.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.validation.RejectReason;
import org.farthing.consensus.validation.Verdict;
import org.farthing.testing.ChainBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Branches that are marked, preferred, and of equal work. */
class BranchesTest {
  private final KeptLedger ledger = new KeptLedger(BlockTree.params());
  private ChainBuilder chain = ChainBuilder.on(BlockTree.params(), ledger.view());

  @AfterEach
  void close() {
    chain.close();
    ledger.close();
  }

  private void restart() {
    chain.close();
    start();
  }

  private void start() {
    chain = ChainBuilder.on(BlockTree.params(), ledger.view());
  }

  /** What was not written down is gone. */
  private void killAndStart() {
    ledger.repair();
    start();
  }

  private HeaderNode node(Block block) {
    return chain.chain().headers().find(block.hash()).orElseThrow();
  }

  private void assertTip(Block block) {
    assertThat(chain.tip().hash()).isEqualTo(block.hash());
  }

  private boolean isInvalid(Block block) {
    return chain.chain().isInvalid(block.hash());
  }

  private ChainTip.Status status(Block block) {
    return chain.chain().tips().stream()
        .filter(tip -> tip.node().hash().equals(block.hash()))
        .findFirst()
        .orElseThrow()
        .status();
  }

  private Block header(BlockHash parent) {
    Block block = chain.draft(parent).build();
    assertThat(chain.chain().acceptHeader(block.header(), block.header().timeSeconds()))
        .isEqualTo(Verdict.accepted());
    return block;
  }

  private static Block last(List<Block> blocks) {
    return blocks.get(blocks.size() - 1);
  }

  @Test
  void anInvalidatedBlockGivesWayToTheBestOtherBranch() {
    List<Block> shortest = chain.mine(2);
    List<Block> second = chain.fork(0, 4);
    List<Block> longest = chain.fork(0, 6);
    assertTip(last(longest));
    chain.chain().invalidate(node(longest.get(1)));
    assertTip(last(second));
    assertThat(longest)
        .extracting(this::isInvalid)
        .containsExactly(false, true, true, true, true, true);
    assertThat(status(last(longest))).isEqualTo(ChainTip.Status.INVALID);
    assertThat(status(last(shortest))).isEqualTo(ChainTip.Status.VALID_FORK);
    Coins.assertConsistent(chain.chain(), longest);
  }

  @Test
  void withoutAnotherBranchTheChainEndsBeforeTheInvalidatedBlock() {
    List<Block> blocks = chain.mine(5);
    chain.chain().invalidate(node(blocks.get(3)));
    assertTip(blocks.get(2));
    assertThat(chain.chain().snapshot().bestHeader().hash()).isEqualTo(blocks.get(2).hash());
    assertTip(chain.mine(1).get(0));
  }

  @Test
  void theGenesisCannotBeInvalidated() {
    Block block = chain.mine(1).get(0);
    chain.chain().invalidate(chain.chain().headers().genesis());
    assertTip(block);
    assertThat(isInvalid(block)).isFalse();
  }

  @Test
  void headersAfterAnInvalidatedBlockAreMarkedToo() {
    List<Block> active = chain.mine(3);
    Block header = header(active.get(2).hash());
    Block side = header(active.get(0).hash());
    Block afterSide = header(side.hash());
    chain.chain().invalidate(node(side));
    assertThat(isInvalid(afterSide)).isTrue();
    assertThat(isInvalid(header)).isFalse();
    assertTip(active.get(2));
    chain.chain().invalidate(node(active.get(1)));
    assertThat(isInvalid(header)).isTrue();
    assertTip(active.get(0));
    assertThat(reason(chain.offer(header))).isEqualTo(RejectReason.DUPLICATE_INVALID);
  }

  private static RejectReason reason(Verdict verdict) {
    return ((Verdict.Rejected) verdict).reason();
  }

  @Test
  void marksOutliveARestart() {
    List<Block> first = chain.mine(4);
    List<Block> second = chain.fork(1, 2);
    chain.chain().invalidate(node(first.get(2)));
    assertTip(last(second));
    restart();
    assertTip(last(second));
    assertThat(first).extracting(this::isInvalid).containsExactly(false, false, true, true);
    chain.chain().reconsider(node(first.get(2)));
    assertTip(last(first));
    restart();
    assertThat(first).extracting(this::isInvalid).containsOnly(false);
  }

  @Test
  void aNodeThatIsKilledWhileItInvalidatesGoesOnWhenItStarts() {
    List<Block> all = new ArrayList<>(chain.mine(4));
    all.addAll(chain.fork(1, 6));
    int untilTheFirstOfTheOtherBranch = 6;
    for (int commits = 0; ; commits++) {
      HeaderNode bad = node(all.get(6));
      ledger.breakAfter(commits);
      boolean killed = false;
      try {
        chain.chain().invalidate(bad);
      } catch (KeptLedger.Killed e) {
        killed = true;
      }
      killAndStart();
      boolean marked = isInvalid(all.get(6));
      assertTip(marked ? all.get(3) : last(all));
      assertThat(marked).isEqualTo(commits > untilTheFirstOfTheOtherBranch);
      Coins.assertConsistent(chain.chain(), all);
      if (!killed) {
        return;
      }
      chain.chain().reconsider(node(all.get(6)));
      assertTip(last(all));
    }
  }

  @Test
  void whereNothingFollowsAnInvalidatedBlockAKillTakesAllOfItBack() {
    List<Block> blocks = chain.mine(5);
    chain.chain().invalidate(node(blocks.get(4)));
    chain.chain().invalidate(node(blocks.get(2)));
    assertTip(blocks.get(1));
    killAndStart();
    assertTip(last(blocks));
    assertThat(blocks).extracting(this::isInvalid).containsOnly(false);
    Coins.assertConsistent(chain.chain(), blocks);
  }

  @Test
  void aChainThatWentBackIsKeptWhenItIsWrittenDown() {
    List<Block> blocks = chain.mine(5);
    chain.chain().invalidate(node(blocks.get(4)));
    chain.chain().invalidate(node(blocks.get(2)));
    chain.chain().writeDown();
    killAndStart();
    assertTip(blocks.get(1));
    assertThat(blocks).extracting(this::isInvalid).containsExactly(false, false, true, true, true);
    Coins.assertConsistent(chain.chain(), blocks);
    // It is written once, and not again where nothing has happened.
    ledger.breakAfter(0);
    chain.chain().writeDown();
    chain.chain().close();
    ledger.repair();
  }

  @Test
  void theNextBlockWritesDownWhatWasInvalidatedBeforeIt() {
    List<Block> blocks = new ArrayList<>(chain.mine(5));
    chain.chain().invalidate(node(blocks.get(2)));
    blocks.addAll(chain.mineOn(blocks.get(1).hash(), 1));
    killAndStart();
    assertTip(last(blocks));
    assertThat(blocks)
        .extracting(this::isInvalid)
        .containsExactly(false, false, true, true, true, false);
    Coins.assertConsistent(chain.chain(), blocks);
  }

  @Test
  void whatIsTakenBackBeforeItIsWrittenLeavesNoTrace() {
    List<Block> blocks = chain.mine(5);
    chain.chain().invalidate(node(blocks.get(2)));
    chain.chain().reconsider(node(blocks.get(4)));
    assertTip(last(blocks));
    killAndStart();
    assertTip(last(blocks));
    assertThat(blocks).extracting(this::isInvalid).containsOnly(false);
    chain.chain().invalidate(node(blocks.get(4)));
    chain.chain().reconsider(node(blocks.get(4)));
    restart();
    assertTip(last(blocks));
    assertThat(blocks).extracting(this::isInvalid).containsOnly(false);
  }

  @Test
  void aStaleBlockIsMarkedAtOnce() {
    Block stale = chain.mine(1).get(0);
    List<Block> active = chain.fork(0, 2);
    chain.chain().invalidate(node(stale));
    killAndStart();
    assertTip(last(active));
    assertThat(isInvalid(stale)).isTrue();
  }

  @Test
  void reconsideringClearsWhatIsBeforeAndAfterButNoOtherBranch() {
    List<Block> trunk = chain.mine(2);
    List<Block> left = chain.mineOn(trunk.get(1).hash(), 3);
    List<Block> right = chain.mineOn(trunk.get(1).hash(), 2);
    chain.chain().invalidate(node(trunk.get(0)));
    assertThat(chain.tip().height()).isZero();
    chain.chain().reconsider(node(left.get(1)));
    assertTip(last(left));
    assertThat(right).extracting(this::isInvalid).containsOnly(true);
    restart();
    assertThat(right).extracting(this::isInvalid).containsOnly(true);
    assertTip(last(left));
  }

  @Test
  void aReconsideredBlockThatBreaksARuleFailsAgain() {
    Block good = chain.mine(1).get(0);
    Block bad = chain.draft().fees(1).build();
    assertThat(reason(chain.offer(bad))).isEqualTo(RejectReason.BAD_CB_AMOUNT);
    List<HeaderNode> failed = new ArrayList<>();
    chain.chain().addFailureListener((node, verdict) -> failed.add(node));
    chain.chain().reconsider(node(bad));
    assertThat(failed).containsExactly(node(bad));
    assertThat(isInvalid(bad)).isTrue();
    assertTip(good);
  }

  @Test
  void theFirstSeenOfEqualBranchesStaysTheTipAfterARestart() {
    Block base = chain.mine(1).get(0);
    List<Block> rivals = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      rivals.add(chain.mineOn(base.hash(), 1).get(0));
    }
    for (Block rival : rivals) {
      assertTip(rival);
      restart();
      assertTip(rival);
      // The next one in turn, whatever its hash.
      Block next = rivals.get((rivals.indexOf(rival) + 1) % rivals.size());
      chain.chain().prefer(node(next));
    }
  }

  @Test
  void siblingsThatWaitedForTheirParentCountByTheirBodies() {
    Block active = last(chain.mine(2));
    Block parent = header(chain.params().genesis().hash());
    Block early = header(parent.hash());
    Block late = header(parent.hash());
    Block end = header(late.hash());
    Block otherEnd = header(early.hash());
    chain.add(end);
    chain.add(late);
    chain.add(otherEnd);
    chain.add(early);
    assertTip(active);
    assertThat(status(end)).isEqualTo(ChainTip.Status.HEADERS_ONLY);
    chain.add(parent);
    assertTip(end);
    assertThat(status(otherEnd)).isEqualTo(ChainTip.Status.VALID_HEADERS);
  }

  @Test
  void aPreferenceHoldsUntilTheChainGrows() {
    Block first = last(chain.mine(2));
    Block second = last(chain.fork(0, 2));
    Block third = last(chain.fork(0, 2));
    assertTip(first);
    chain.chain().prefer(node(third));
    assertTip(third);
    chain.chain().prefer(node(second));
    assertTip(second);
    chain.chain().prefer(node(first));
    assertTip(first);
    Block grown = chain.mineOn(second.hash(), 1).get(0);
    assertTip(grown);
    chain.chain().prefer(node(first));
    assertTip(grown);
  }

  @Test
  void statusesOfBranches() {
    List<Block> left = chain.mine(3);
    List<Block> right = chain.fork(0, 4);
    Block never = last(chain.fork(1, 2));
    Block header = header(left.get(0).hash());
    Block afterTip = header(last(right).hash());
    Block bad = chain.draft(left.get(1).hash()).fees(1).build();
    chain.offer(bad);
    Map<String, ChainTip.Status> found = new TreeMap<>();
    chain.chain().tips().forEach(tip -> found.put(tip.node().hash().toString(), tip.status()));
    assertThat(found)
        .containsOnly(
            Map.entry(last(right).hash().toString(), ChainTip.Status.ACTIVE),
            Map.entry(last(left).hash().toString(), ChainTip.Status.VALID_FORK),
            Map.entry(never.hash().toString(), ChainTip.Status.VALID_HEADERS),
            Map.entry(header.hash().toString(), ChainTip.Status.HEADERS_ONLY),
            Map.entry(afterTip.hash().toString(), ChainTip.Status.HEADERS_ONLY),
            // It stands too low to be connected: nobody knows yet.
            Map.entry(bad.hash().toString(), ChainTip.Status.VALID_HEADERS));
  }

  @Test
  void whatFollowsABlockThatFailsToConnectFailsWithIt() {
    List<Block> good = chain.mine(3);
    Block bad = chain.draft(good.get(0).hash()).fees(1).build();
    chain.add(bad);
    Block next = header(bad.hash());
    Block afterNext = header(next.hash());
    Block end = header(afterNext.hash());
    chain.add(next);
    assertThat(isInvalid(bad)).isFalse();
    assertThat(reason(chain.offer(afterNext))).isEqualTo(RejectReason.BAD_PREVBLK);
    assertThat(List.of(bad, next, afterNext, end)).extracting(this::isInvalid).containsOnly(true);
    assertTip(last(good));
    assertThat(chain.chain().snapshot().bestHeader().hash()).isEqualTo(last(good).hash());
    restart();
    assertThat(List.of(bad, next, afterNext, end)).extracting(this::isInvalid).containsOnly(true);
  }

  @Test
  void aBranchWhosePrunedBlocksAreMissingWaitsForThem() {
    Block active = last(chain.mine(3));
    List<Block> side = chain.fork(0, 3);
    prune(side.get(0));
    prune(side.get(1));
    Block next = chain.draft(last(side).hash()).build();
    chain.add(next);
    assertTip(active);
    assertThat(status(next)).isEqualTo(ChainTip.Status.VALID_HEADERS);
    restart();
    assertTip(active);
    assertThat(chain.offerUnrequested(side.get(0))).isEqualTo(Verdict.accepted());
    assertThat(chain.chain().hasBlock(side.get(0).hash())).isFalse();
    chain.add(side.get(1));
    assertTip(active);
    chain.add(side.get(0));
    assertTip(next);
  }

  private void prune(Block block) {
    HeaderNode node = node(block);
    chain.chain().headers().markPruned(node);
    ledger
        .view()
        .commit(new LedgerUpdate().forget(node.key()).header(chain.chain().headers().stored(node)));
  }

  /** CVE-2012-2459, and witnesses that somebody else has written. */
  @Test
  void aMutatedBodyNeverHarmsItsBlock() {
    chain.mine(102);
    TxOut reward = chain.coin(chain.coinbase(1)).orElseThrow().output();
    Block block =
        chain
            .draft()
            .with(chain.spend(chain.coinbase(1), reward), chain.spend(chain.coinbase(2), reward))
            .build();
    List<Transaction> body = block.transactions();
    Transaction stripped = body.get(2).withoutWitness();
    Map<RejectReason, List<Transaction>> mutations =
        Map.of(
            RejectReason.BAD_TXNS_DUPLICATE,
            List.of(body.get(0), body.get(1), body.get(2), body.get(2)),
            RejectReason.BAD_TXNMRKLROOT,
            List.of(body.get(0), body.get(2), body.get(1)),
            RejectReason.BAD_WITNESS_MERKLE_MATCH,
            List.of(body.get(0), body.get(1), stripped));
    for (int times = 0; times < 2; times++) {
      mutations.forEach(
          (reason, mutated) -> {
            assertThat(reason(chain.offer(new Block(block.header(), mutated)))).isEqualTo(reason);
            assertThat(isInvalid(block)).isFalse();
          });
      chain.chain().acceptHeader(block.header(), block.header().timeSeconds());
    }
    assertThat(chain.offer(block)).isEqualTo(Verdict.accepted());
    assertTip(block);
  }
}
