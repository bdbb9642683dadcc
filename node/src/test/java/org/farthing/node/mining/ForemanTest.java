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
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.config.ConfigException;
import org.farthing.node.config.MinerPolicy;
import org.farthing.node.mempool.Mempool;
import org.farthing.node.mempool.MempoolChain;
import org.farthing.node.mempool.MempoolOptions;
import org.farthing.node.simulation.VirtualTime;
import org.farthing.node.time.Scheduler;
import org.farthing.testing.ChainBuilder;
import org.farthing.testing.TestKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The policies of the miner over a regtest chain and a mempool, on a virtual clock. */
class ForemanTest {
  private static final Script PAYOUT = TestKey.number(9).p2wpkh();

  private final ChainBuilder chain = ChainBuilder.regtest();
  private final Mempool pool =
      new Mempool(MempoolChain.of(chain.chain()), MempoolOptions.defaults(), Owner.UNCHECKED);
  private final List<Block> mined = new ArrayList<>();
  private final List<Long> minedMillis = new ArrayList<>();
  private long searchMillis;
  private VirtualTime time;
  private VirtualTime.NodeScheduler scheduler;
  private Foreman foreman;

  @AfterEach
  void close() {
    if (foreman != null) {
      foreman.close();
    }
    chain.close();
  }

  private void begin(String policy) throws ConfigException {
    begin(policy, false, Payout.to(PAYOUT));
  }

  private void begin(String policy, boolean pauseWhenIdle, Payout payout) throws ConfigException {
    time = new VirtualTime(chain.nowSeconds() * 1000 + 1000);
    scheduler = time.newScheduler();
    MiningChain miningChain = MiningChain.of(chain.chain());
    foreman =
        new Foreman(
            new Foreman.Shop(
                miningChain,
                pool,
                new BlockAssembler(miningChain, pool, MiningOptions.defaults()),
                this::submit,
                new Random(1)),
            new Foreman.Order(MinerPolicy.parse(policy), pauseWhenIdle, payout),
            new Miner.Surroundings(scheduler, time, Search::new));
    chain.chain().addListener(pool::chainEvent);
    chain.chain().addListener(foreman::chainEvent);
    pool.addListener(foreman::mempoolEvent);
    foreman.allow(true);
  }

  private void submit(Block block) {
    assertThat(chain.chain().acceptBlock(block, time.nowSeconds()).isAccepted()).isTrue();
    mined.add(block);
    minedMillis.add(time.nowMillis());
    tipChanged();
  }

  private void tipChanged() {
    pool.settle(time.nowMillis());
    foreman.tipChanged();
  }

  /** Finds a block after a while that is always the same, however often its template is renewed. */
  private final class Search implements ProofOfWorkSearch {
    private final Consumer<Block> found;
    private BlockTemplate template;
    private Scheduler.Timer timer;

    Search(Consumer<Block> found) {
      this.found = found;
    }

    @Override
    public void search(BlockTemplate next) {
      boolean renewed = template != null && template.parent() == next.parent();
      if (!renewed) {
        stop();
        timer = scheduler.after(searchMillis, this::solve);
      }
      template = next;
    }

    private void solve() {
      Block block = template.withExtraNonce(mined.size());
      template = null;
      found.accept(BlockGenerator.solve(block, 1L << 20).orElseThrow());
    }

    @Override
    public void stop() {
      template = null;
      if (timer != null) {
        timer.cancel();
      }
    }

    @Override
    public long hashCount() {
      return 0;
    }

    @Override
    public void close() {
      stop();
    }
  }

  private Transaction pay(int height) {
    long value = chain.params().subsidy().at(height) - 1_000L * height;
    return accept(
        chain.spend(chain.coinbase(height), new TxOut(value, ChainBuilder.MINER.p2wpkh())));
  }

  private Transaction child(Transaction parent) {
    TxOut spent = parent.outputs().get(0);
    return accept(
        ChainBuilder.spend(
            ChainBuilder.MINER,
            parent.outPoint(0),
            spent,
            new TxOut(spent.valueSat() - 50_000, ChainBuilder.MINER.p2wpkh())));
  }

  private Transaction accept(Transaction transaction) {
    assertThat(pool.accept(transaction, time.nowMillis()).reason()).isEmpty();
    return transaction;
  }

  private List<Txid> confirmedBy(int block) {
    return mined.get(block).transactions().stream().skip(1).map(Transaction::txid).toList();
  }

  @Test
  void steadyGoesOnAndOn() throws ConfigException {
    searchMillis = 100;
    begin("steady");
    time.runFor(10_000);
    assertThat(mined).hasSize(100);
    assertThat(foreman.isAtWork()).isTrue();
  }

  @Test
  void nothingIsMadeWhereItIsNotAllowed() throws ConfigException {
    searchMillis = 100;
    begin("steady");
    foreman.allow(false);
    time.runFor(10_000);
    assertThat(mined).isEmpty();
    foreman.order(1);
    time.runFor(10_000);
    assertThat(mined).isEmpty();
    foreman.allow(true);
    time.runFor(100);
    assertThat(mined).hasSize(1);
  }

  @Test
  void anIntervalIsKeptHoweverLongTheSearchTakes() throws ConfigException {
    searchMillis = 3_000;
    begin("interval:10");
    long start = time.nowMillis();
    time.runFor(60_000);
    assertThat(minedMillis)
        .containsExactly(
            start + 13_000, start + 23_000, start + 33_000, start + 43_000, start + 53_000);
    assertThat(foreman.isAtWork()).isTrue();
  }

  @Test
  void aSearchLongerThanTheIntervalIsFollowedByTheNext() throws ConfigException {
    searchMillis = 25_000;
    begin("interval:10");
    long start = time.nowMillis();
    time.runFor(90_000);
    assertThat(minedMillis).containsExactly(start + 35_000, start + 60_000, start + 85_000);
  }

  @Test
  void aSeedAlwaysGivesTheSameWaits() throws ConfigException {
    begin("poisson:10:42");
    time.runFor(100_000);
    List<Long> first = waits(0);
    foreman.change(MinerPolicy.parse("poisson:10:42"), false);
    int before = mined.size();
    time.runFor(100_000);
    List<Long> second = waits(before);
    int both = Math.min(first.size(), second.size());
    assertThat(both).isGreaterThan(3);
    assertThat(second.subList(0, both)).isEqualTo(first.subList(0, both));
  }

  /** Between blocks, from the one with this index on. */
  private List<Long> waits(int from) {
    List<Long> waits = new ArrayList<>();
    for (int i = from + 1; i < minedMillis.size(); i++) {
      waits.add(minedMillis.get(i) - minedMillis.get(i - 1));
    }
    return waits;
  }

  @Test
  void onDemandMakesWhatIsOrdered() throws ConfigException {
    searchMillis = 100;
    begin("on-demand");
    time.runFor(100_000);
    assertThat(mined).isEmpty();

    foreman.order(2);
    foreman.order(1);
    assertThat(foreman.ordered()).isEqualTo(3);
    time.runFor(100_000);
    assertThat(mined).hasSize(3);
    assertThat(foreman.ordered()).isZero();
    assertThat(foreman.isAtWork()).isFalse();
  }

  @Test
  void ordersComeBeforeTheNextAppointment() throws ConfigException {
    begin("interval:1000");
    foreman.order(5);
    time.runFor(1);
    assertThat(mined).hasSize(5);
    time.runFor(100_000);
    assertThat(mined).hasSize(5);
  }

  @Test
  void eachTransactionGetsABlockOfItsOwnInTheOrderOfTheirComing() throws ConfigException {
    chain.mine(110);
    begin("each-transaction");
    time.runFor(100_000);
    assertThat(mined).isEmpty();

    Transaction poor = pay(1);
    Transaction rich = pay(5);
    Transaction child = child(poor);
    time.runFor(1_000);
    assertThat(mined).hasSize(3);
    assertThat(confirmedBy(0)).containsExactly(poor.txid());
    assertThat(confirmedBy(1)).containsExactly(rich.txid());
    assertThat(confirmedBy(2)).containsExactly(child.txid());
    assertThat(mined.get(1).transactions().get(0).outputs().get(0).valueSat())
        .isEqualTo(5_000_005_000L);
    time.runFor(100_000);
    assertThat(mined).hasSize(3);
  }

  @Test
  void transactionsThatWaitAlreadyGetTheirBlocksToo() throws ConfigException {
    chain.mine(110);
    begin("on-demand");
    Transaction parent = pay(1);
    Transaction child = child(parent);
    foreman.change(MinerPolicy.parse("each-transaction"), false);
    time.runFor(1_000);
    assertThat(mined).hasSize(2);
    assertThat(confirmedBy(0)).containsExactly(parent.txid());
    assertThat(confirmedBy(1)).containsExactly(child.txid());
  }

  @Test
  void minesUntilATransactionIsConfirmedOftenEnough() throws ConfigException {
    chain.mine(110);
    begin("on-demand");
    Transaction wanted =
        chain.spend(chain.coinbase(1), new TxOut(4_999_990_000L, ChainBuilder.MINER.p2wpkh()));
    foreman.change(MinerPolicy.parse("until:" + wanted.txid() + ":3"), false);
    time.runFor(100_000);
    assertThat(mined).isEmpty();

    accept(wanted);
    time.runFor(100_000);
    assertThat(mined).hasSize(3);
    assertThat(confirmedBy(0)).containsExactly(wanted.txid());

    // Another branch without it: it waits again, and is mined again.
    int height = chain.tip().height();
    chain.fork(height - 3, 4);
    tipChanged();
    assertThat(pool.contains(wanted.txid())).isTrue();
    time.runFor(100_000);
    assertThat(mined).hasSize(6);
    assertThat(confirmedBy(3)).containsExactly(wanted.txid());
  }

  @Test
  void pausesWhileNobodyWaitsAndCatchesUpOnNothing() throws ConfigException {
    chain.mine(110);
    begin("interval:10", true, Payout.to(PAYOUT));
    time.runFor(1_000_000);
    assertThat(mined).isEmpty();

    pay(1);
    time.runFor(1);
    assertThat(mined).hasSize(1);
    pay(2);
    time.runFor(9_000);
    assertThat(mined).hasSize(1);
    time.runFor(1_000);
    assertThat(mined).hasSize(2);
    time.runFor(1_000_000);
    assertThat(mined).hasSize(2);

    foreman.order(1);
    time.runFor(1);
    assertThat(mined).hasSize(3);
  }

  @Test
  void steadyCanPauseToo() throws ConfigException {
    chain.mine(110);
    searchMillis = 100;
    begin("steady", true, Payout.to(PAYOUT));
    time.runFor(10_000);
    assertThat(mined).isEmpty();
    pay(1);
    time.runFor(10_000);
    assertThat(mined).hasSize(1);
    assertThat(foreman.isAtWork()).isFalse();
  }

  @Test
  void eachBlockMayPayAnother() throws ConfigException {
    begin("on-demand", false, new Counting());
    foreman.order(3);
    time.runFor(1);
    for (int i = 0; i < 3; i++) {
      assertThat(mined.get(i).transactions().get(0).outputs().get(0).scriptPubKey())
          .isEqualTo(TestKey.number(i + 1).p2wpkh());
    }
  }

  private static final class Counting implements Payout {
    private int paid;

    @Override
    public Script script() {
      return TestKey.number(paid + 1).p2wpkh();
    }

    @Override
    public void paid() {
      paid++;
    }
  }
}
