package org.farthing.consensus.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.validation.RejectReason;
import org.farthing.testing.ChainBuilder;
import org.farthing.testing.TestKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Blocks that come one after another, and are connected a little later than they come. */
class BlocksAheadTest {
  private static final TestKey BOB = TestKey.number(2);
  private static final int PARTS = 10;
  private static final long FEE_SAT = 1_000;

  private final ChainBuilder source = ChainBuilder.regtest();
  private final KeptLedger ledger = new KeptLedger(source.params());

  /** Scripts that wait for a thread. */
  private final Deque<Runnable> waiting = new ArrayDeque<>();

  private final List<RejectReason> failures = new ArrayList<>();
  private ChainState chain;
  private Transaction last;

  @BeforeEach
  void open() {
    source.mine(101);
    TxOut part = new TxOut(1_0000_0000L, BOB.p2wpkh());
    TxOut[] parts = IntStream.range(0, PARTS).mapToObj(i -> part).toArray(TxOut[]::new);
    last = source.spend(source.coinbase(1), parts);
    source.mineWith(last);
    chain = reopen();
    for (int height = 1; height <= source.tip().height(); height++) {
      Block block = source.block(height);
      assertThat(chain.acceptBlock(block, block.header().timeSeconds()).isAccepted()).isTrue();
    }
    waiting.clear();
  }

  @AfterEach
  void close() {
    chain.close();
    ledger.close();
    source.close();
  }

  private ChainState reopen() {
    ConsensusParams params = source.params();
    ChainState opened = ChainState.open(params, ledger.view(), waiting::add);
    opened.addFailureListener((node, verdict) -> failures.add(verdict.reason()));
    return opened;
  }

  /** Many payments, and one that joins them: what the next block spends is made here. */
  private Block next() {
    List<Transaction> all = new ArrayList<>();
    for (int i = 0; i < PARTS; i++) {
      all.add(payment(BOB, i));
    }
    last = joined(all);
    all.add(last);
    return source.mineWith(all.toArray(new Transaction[0]));
  }

  private Transaction payment(TestKey signer, int index) {
    TxOut spent = last.outputs().get(index);
    TxOut paid = new TxOut(spent.valueSat() - FEE_SAT, BOB.p2wpkh());
    return ChainBuilder.spend(signer, last.outPoint(index), spent, paid);
  }

  private static Transaction joined(List<Transaction> payments) {
    List<TxOut> spent = payments.stream().map(payment -> payment.outputs().get(0)).toList();
    Transaction signed =
        new Transaction(
            2,
            payments.stream()
                .map(payment -> new TxIn(payment.outPoint(0), Script.EMPTY, -1))
                .toList(),
            spent.stream()
                .map(output -> new TxOut(output.valueSat() - FEE_SAT, BOB.p2wpkh()))
                .toList(),
            0);
    for (int i = 0; i < spent.size(); i++) {
      signed = BOB.sign(signed, i, spent);
    }
    return signed;
  }

  private boolean ahead(Block block) {
    return chain.acceptBlockAhead(block, block.header().timeSeconds()).isAccepted();
  }

  @Test
  void aBlockWaitsForThoseThatFollowWhileItsScriptsRun() {
    Block first = next();
    Block second = next();
    Block third = next();
    Block fourth = next();
    int height = chain.snapshot().height();

    assertThat(ahead(first)).isTrue();
    assertThat(chain.snapshot().height()).isEqualTo(height);
    assertThat(waiting).as("scripts for other threads").isNotEmpty();
    while (!waiting.isEmpty()) {
      waiting.remove().run();
    }
    assertThat(ahead(second)).isTrue();
    assertThat(chain.snapshot().height()).isEqualTo(height);
    assertThat(ahead(third)).isTrue();
    assertThat(chain.snapshot().tip().hash()).isEqualTo(first.hash());
    assertThat(ahead(fourth)).isTrue();
    assertThat(chain.snapshot().tip().hash()).isEqualTo(second.hash());

    chain.catchUp();
    assertThat(chain.snapshot().tip().hash()).isEqualTo(fourth.hash());
    assertThat(chain.hasBlocksAhead()).isFalse();
    assertThat(failures).isEmpty();
  }

  @Test
  void whatFollowsABlockThatBreaksARuleFailsWithIt() {
    Block first = next();
    Block spoilt = source.draft().with(payment(TestKey.number(3), 0)).build();
    source.chain().acceptHeader(spoilt.header(), spoilt.header().timeSeconds());
    Block orphan = source.draft(spoilt.hash()).build();
    assertThat(ahead(first)).isTrue();
    assertThat(ahead(spoilt)).isTrue();
    assertThat(ahead(orphan)).isTrue();
    chain.catchUp();
    assertThat(chain.snapshot().tip().hash()).isEqualTo(first.hash());
    assertThat(failures).containsExactly(RejectReason.BLOCK_SCRIPT_VERIFY_FLAG_FAILED);
    assertThat(chain.isInvalid(spoilt.hash())).isTrue();
    assertThat(chain.isInvalid(orphan.hash())).isTrue();
    assertThat(chain.hasBlocksAhead()).isFalse();
  }

  @Test
  void aBetterBranchTakesThePlaceOfWhatWasBegun() {
    Block first = next();
    assertThat(ahead(first)).isTrue();
    List<Block> better = source.mineOn(first.header().previous(), 2);
    for (Block block : better) {
      assertThat(ahead(block)).isTrue();
    }
    chain.catchUp();
    assertThat(chain.snapshot().tip().hash()).isEqualTo(better.get(1).hash());
  }

  @Test
  void whatWasBegunIsConnectedAfterARestart() {
    Block first = next();
    assertThat(ahead(first)).isTrue();
    chain.close();
    chain = reopen();
    assertThat(chain.snapshot().tip().hash()).isEqualTo(first.hash());
  }

  @Test
  void whoeverMovesTheTipHasWhatWasBegunConnectedBefore() {
    Block first = next();
    assertThat(ahead(first)).isTrue();
    ChainMark mark = chain.mark();
    assertThat(mark.tip().hash()).isEqualTo(first.hash());
    chain.endMark(mark);
    Block second = next();
    assertThat(ahead(second)).isTrue();
    chain.invalidate(chain.headers().find(second.hash()).orElseThrow());
    assertThat(chain.snapshot().tip().hash()).isEqualTo(first.hash());
  }
}
