package org.farthing.consensus.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.store.RocksLedger;
import org.farthing.consensus.validation.RejectReason;
import org.farthing.consensus.validation.Verdict;
import org.farthing.testing.BlockDraft;
import org.farthing.testing.ChainBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReorganisationTest {
  private static final ConsensusParams PARAMS = ConsensusParams.regtest();

  @Test
  void twoHundredBlocksDeep() {
    try (ChainBuilder chain = ChainBuilder.regtest()) {
      List<Block> all = new ArrayList<>(chain.mine(210));
      all.addAll(chain.fork(10, 201));
      assertThat(chain.tip().hash()).isEqualTo(all.get(all.size() - 1).hash());
      assertThat(chain.tip().height()).isEqualTo(211);
      Coins.assertConsistent(chain.chain(), all);
    }
  }

  /** Both branches hand one coin on from block to block; the second comes in reverse order. */
  @Test
  void aThousandBlocksDeepWithARestartInTheMiddle() {
    List<Block> trunk;
    List<Block> first;
    List<Block> second;
    try (ChainBuilder chain = ChainBuilder.regtest()) {
      trunk = chain.mine(101, BlockDraft.ANYONE);
      second = payments(chain, 1002);
      chain.chain().invalidate(chain.chain().headers().find(second.get(0).hash()).orElseThrow());
      first = payments(chain, 1001);
    }
    KeptLedger ledger = new KeptLedger(PARAMS);
    List<Block> all = new ArrayList<>(trunk);
    all.addAll(first);
    try (ChainState chain = ChainState.open(PARAMS, ledger.view(), Runnable::run)) {
      all.forEach(block -> accept(chain, block));
      assertThat(chain.snapshot().height()).isEqualTo(101 + 1001);
      for (Block block : second) {
        chain.acceptHeader(block.header(), block.header().timeSeconds());
      }
      for (int i = second.size() - 1; i > 0; i--) {
        accept(chain, second.get(i));
      }
      assertThat(chain.snapshot().height()).isEqualTo(101 + 1001);
      // The reorganisation begins, and ends after so many commits.
      ledger.breakAfter(1500);
      assertThatThrownBy(() -> accept(chain, second.get(0))).isInstanceOf(KeptLedger.Killed.class);
    }
    ledger.repair();
    all.addAll(second);
    try (ChainState chain = ChainState.open(PARAMS, ledger.view(), Runnable::run)) {
      assertThat(chain.snapshot().tip().hash()).isEqualTo(second.get(1001).hash());
      Coins.assertConsistent(chain, all);
    }
    ledger.close();
  }

  /** One commit writes all headers of a message down, those before a refused one among them. */
  @Test
  void headersAreWrittenDownTogether() {
    List<BlockHeader> headers = new ArrayList<>();
    try (ChainBuilder elsewhere = ChainBuilder.regtest()) {
      elsewhere.mine(5).forEach(block -> headers.add(block.header()));
    }
    BlockHeader fourth = headers.get(3);
    headers.set(
        3,
        new BlockHeader(
            fourth.version(),
            fourth.previous(),
            fourth.merkleRoot(),
            fourth.timeSeconds(),
            fourth.bits() - 1,
            fourth.nonce()));
    long nowSeconds = fourth.timeSeconds();
    KeptLedger ledger = new KeptLedger(PARAMS);
    try (ChainState chain = ChainState.open(PARAMS, ledger.view(), Runnable::run)) {
      ledger.breakAfter(1);
      HeaderBatch batch = chain.acceptHeaders(headers, nowSeconds);
      assertThat(batch.accepted()).isEqualTo(3);
      assertThat(batch.verdict().isAccepted()).isFalse();
      // What is known is not written again.
      assertThat(chain.acceptHeaders(headers.subList(0, 3), nowSeconds))
          .isEqualTo(new HeaderBatch(3, Verdict.accepted()));
      assertThat(chain.acceptHeaders(List.of(), nowSeconds))
          .isEqualTo(new HeaderBatch(0, Verdict.accepted()));
      assertThat(chain.snapshot().bestHeader().hash()).isEqualTo(headers.get(2).hash());
    }
    try (ChainState chain = ChainState.open(PARAMS, ledger.view(), Runnable::run)) {
      assertThat(chain.snapshot().bestHeader().hash()).isEqualTo(headers.get(2).hash());
    }
    ledger.close();
  }

  private static void accept(ChainState chain, Block block) {
    assertThat(chain.acceptBlock(block, block.header().timeSeconds()))
        .isEqualTo(Verdict.accepted());
  }

  private static List<Block> payments(ChainBuilder chain, int count) {
    List<Block> blocks = new ArrayList<>();
    OutPoint coin = chain.coinbase(1);
    for (int i = 0; i < count; i++) {
      Transaction tx =
          ChainBuilder.spendAnyone(List.of(coin), new TxOut(10_000 - i, BlockDraft.ANYONE));
      blocks.add(chain.mineWith(tx));
      coin = tx.outPoint(0);
    }
    return blocks;
  }

  @Test
  void eventsAreAFoldOverTheChain() {
    try (ChainBuilder chain = ChainBuilder.regtest()) {
      Deque<BlockHash> active = new ArrayDeque<>(List.of(PARAMS.genesis().hash()));
      chain
          .chain()
          .addListener(
              event -> {
                if (event instanceof ChainEvent.Connected connected) {
                  assertThat(connected.node().parent().hash()).isEqualTo(active.peek());
                  active.push(connected.node().hash());
                } else {
                  assertThat(event.node().hash()).isEqualTo(active.pop());
                }
                assertThat(chain.tip().hash()).isEqualTo(active.peek());
              });
      chain.mine(5);
      chain.fork(2, 4);
      assertThat(active).hasSize(7);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void bodiesInAnyOrder(long seed) {
    List<Block> tree = RandomTree.grow(seed, 60);
    try (ChainState chain = open()) {
      for (Block block : tree) {
        assertThat(chain.acceptHeader(block.header(), block.header().timeSeconds()))
            .isEqualTo(Verdict.accepted());
      }
      List<Block> shuffled = new ArrayList<>(tree);
      Collections.shuffle(shuffled, new Random(seed));
      for (Block block : shuffled) {
        assertThat(chain.acceptBlock(block, block.header().timeSeconds()))
            .isEqualTo(Verdict.accepted());
      }
      assertThat(chain.snapshot().tip().chainWork()).isEqualTo(mostWork(chain));
      assertThat(chain.snapshot().bestHeader().chainWork()).isEqualTo(mostWork(chain));
      Coins.assertConsistent(chain, tree);
    }
  }

  private static ChainState open() {
    return ChainState.open(PARAMS, RocksLedger.inMemory(PARAMS), Runnable::run);
  }

  private static BigInteger mostWork(ChainState chain) {
    return chain.headers().leaves().stream()
        .map(HeaderNode::chainWork)
        .max(BigInteger::compareTo)
        .orElseThrow();
  }

  @Test
  void anInvalidBranchIsLeftForTheBestValidOne() {
    try (ChainBuilder chain = ChainBuilder.regtest()) {
      List<Block> good = chain.mine(5);
      List<Verdict.Rejected> failures = new ArrayList<>();
      chain.chain().addFailureListener((node, verdict) -> failures.add(verdict));
      BlockHash fork = good.get(1).hash();
      Block first = chain.mineOn(fork, 1).get(0);
      Block bad = chain.add(chain.draft(first.hash()).fees(5).build());
      BlockHash last = bad.hash();
      for (int i = 0; i < 3; i++) {
        Block next = chain.draft(last).build();
        Verdict verdict = chain.offer(next);
        last = verdict.isAccepted() ? next.hash() : last;
      }
      assertThat(chain.tip().hash()).isEqualTo(good.get(4).hash());
      assertThat(failures)
          .extracting(Verdict.Rejected::reason)
          .containsExactly(RejectReason.BAD_CB_AMOUNT);
      assertThat(chain.chain().isInvalid(bad.hash())).isTrue();
      assertThat(chain.chain().isInvalid(first.hash())).isFalse();
      assertThat(chain.chain().snapshot().bestHeader().hash()).isEqualTo(good.get(4).hash());
      Coins.assertConsistent(chain.chain(), good);
    }
  }
}
