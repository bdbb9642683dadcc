package org.farthing.node.mining;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.farthing.consensus.chain.Owner;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.validation.Verdict;
import org.farthing.node.mempool.Mempool;
import org.farthing.node.mempool.MempoolChain;
import org.farthing.node.mempool.MempoolOptions;
import org.farthing.node.simulation.SimulatedSearch;
import org.farthing.node.simulation.VirtualTime;
import org.farthing.testing.ChainBuilder;
import org.farthing.testing.TestKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MinerTest {
  private static final Script PAYOUT = TestKey.number(9).p2wpkh();

  private final ChainBuilder chain = ChainBuilder.regtest();
  private final Mempool pool =
      new Mempool(MempoolChain.of(chain.chain()), MempoolOptions.defaults(), Owner.UNCHECKED);
  private final BlockAssembler assembler =
      new BlockAssembler(MiningChain.of(chain.chain()), pool, MiningOptions.defaults());
  private final List<Block> mined = new ArrayList<>();
  private VirtualTime time;
  private VirtualTime.NodeScheduler scheduler;

  @AfterEach
  void close() {
    chain.close();
  }

  private Miner miner(ProofOfWorkSearch.Factory search) {
    Miner miner =
        new Miner(
            () -> assembler.template(PAYOUT, time.nowSeconds()),
            this::submit,
            new Miner.Surroundings(scheduler, time, search));
    chain.chain().addListener(pool::chainEvent);
    chain.chain().addListener(event -> scheduler.execute(miner::tipChanged));
    return miner;
  }

  private void begin() {
    time = new VirtualTime(chain.nowSeconds() * 1000 + 1000);
    scheduler = time.newScheduler();
  }

  private void submit(Block block) {
    Verdict verdict = chain.chain().acceptBlock(block, time.nowSeconds());
    assertThat(verdict.isAccepted()).isTrue();
    mined.add(block);
  }

  @Test
  void minesAtItsRateUntilItIsStoppedAndGoesOnWhenStarted() {
    begin();
    Miner miner = miner(SimulatedSearch.regtest(scheduler, new Random(1), 10));
    miner.start();
    time.runFor(1_000_000);
    assertThat(mined).hasSizeBetween(70, 130);
    assertThat(miner.isMining()).isTrue();

    miner.stop();
    int before = mined.size();
    time.runFor(1_000_000);
    assertThat(mined).hasSize(before);

    miner.start();
    time.runFor(1_000_000);
    assertThat(mined.size()).isBetween(before + 70, before + 130);
    miner.close();
    assertThat(miner.hashesPerSecond()).isZero();
  }

  /** Remembers the templates that it should search, and finds nothing. */
  private static final class Recorder implements ProofOfWorkSearch {
    private final List<BlockTemplate> templates = new ArrayList<>();
    private Consumer<Block> found;
    private boolean stopped;

    Factory factory() {
      return callback -> {
        found = callback;
        return this;
      };
    }

    @Override
    public void search(BlockTemplate template) {
      stopped = false;
      templates.add(template);
    }

    @Override
    public void stop() {
      stopped = true;
    }

    @Override
    public long hashCount() {
      return 1_000L * templates.size();
    }

    @Override
    public void close() {}

    BlockTemplate last() {
      return templates.get(templates.size() - 1);
    }
  }

  @Test
  void takesANewTemplateWhenTheTipChangesTheMempoolChangesOrTimePasses() {
    chain.mine(101);
    begin();
    Recorder search = new Recorder();
    Miner miner = miner(search.factory());
    miner.start();
    assertThat(search.templates).hasSize(1);

    time.runFor(5_000);
    assertThat(search.templates).hasSize(2);
    assertThat(search.last().block().header().timeSeconds()).isEqualTo(time.nowSeconds());
    assertThat(miner.hashesPerSecond()).isEqualTo(200);

    chain.mine(1);
    time.runDue();
    assertThat(search.templates).hasSize(3);
    assertThat(search.last().parent()).isEqualTo(chain.tip());

    Transaction payment = chain.spend(chain.coinbase(1), new TxOut(1_000_000, PAYOUT));
    assertThat(pool.accept(payment, time.nowMillis()).isAccepted()).isTrue();
    miner.mempoolChanged();
    miner.mempoolChanged();
    time.runFor(499);
    assertThat(search.templates).hasSize(3);
    time.runFor(1);
    assertThat(search.templates).hasSize(4);
    assertThat(search.last().items()).hasSize(1);

    miner.stop();
    assertThat(search.stopped).isTrue();
    time.runFor(60_000);
    assertThat(search.templates).hasSize(4);
  }

  @Test
  void aBlockThatComesTooLateIsNotSubmittedOnceStopped() {
    begin();
    Recorder search = new Recorder();
    Miner miner = miner(search.factory());
    miner.start();
    Block solved = BlockGenerator.solve(search.last().block(), 1000).orElseThrow();
    search.found.accept(solved);
    miner.stop();
    time.runDue();
    assertThat(mined).isEmpty();

    miner.start();
    search.found.accept(solved);
    time.runDue();
    assertThat(mined).containsExactly(solved);
    assertThat(search.last().parent().hash()).isEqualTo(solved.hash());
  }
}
