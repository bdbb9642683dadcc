package org.farthing.node.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.farthing.consensus.chain.ChainEvent;
import org.farthing.consensus.chain.Owner;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.store.RocksIndexStore;
import org.farthing.node.mempool.Mempool;
import org.farthing.node.mempool.MempoolChain;
import org.farthing.node.mempool.MempoolEvent;
import org.farthing.node.mempool.MempoolOptions;
import org.farthing.testing.ChainBuilder;
import org.farthing.testing.TestKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a node writes down, and how it catches up with what it has missed. */
@Timeout(60)
class EventRecorderTest {
  private static final Retention PLENTY = new Retention(1L << 30, Long.MAX_VALUE);
  private static final Script BOB = TestKey.number(77).p2wpkh();

  @TempDir Path folder;
  private final ChainBuilder builder = ChainBuilder.regtest();
  private Mempool mempool;
  private EventRecorder recorder;
  private final AtomicLong clockMillis = new AtomicLong(1_700_000_000_000L);
  private long random = 1;
  private boolean listening;

  @BeforeEach
  void prepare() {
    builder.mine(101);
    builder.chain().addListener(this::chainChanged);
  }

  @AfterEach
  void end() {
    stop();
    builder.close();
  }

  /** As in a node: the mempool hears first. A node that is down hears nothing. */
  private void chainChanged(ChainEvent event) {
    if (mempool != null) {
      mempool.chainEvent(event);
    }
    if (recorder != null && listening) {
      recorder.chainChanged(event);
    }
  }

  private void mempoolChanged(MempoolEvent event) {
    if (listening) {
      recorder.mempoolChanged(event);
    }
  }

  private void start() {
    start(PLENTY);
  }

  private void start(Retention retention) {
    mempool =
        new Mempool(MempoolChain.of(builder.chain()), MempoolOptions.defaults(), Owner.UNCHECKED);
    recorder =
        EventRecorder.start(
            layout -> RocksIndexStore.openDurable(folder, layout, builder.params()),
            retention,
            new EventRecorder.Subject(builder.chain().snapshot(), List.of(), mempool::coins),
            new EventRecorder.Means(
                clockMillis::get,
                new Random(random++),
                failure -> {
                  throw new AssertionError(failure);
                }));
    listening = true;
    mempool.addListener(this::mempoolChanged);
  }

  private void stop() {
    if (recorder != null) {
      recorder.log().close();
    }
    recorder = null;
    mempool = null;
  }

  private void restart() {
    stop();
    start();
  }

  private long now() {
    return builder.nowSeconds() * 1000;
  }

  private Transaction wait(Transaction tx) {
    assertThat(mempool.accept(tx, now()).isAccepted()).isTrue();
    return tx;
  }

  private Transaction spend(int height, long feeSat) {
    return builder.spend(builder.coinbase(height), BOB, 5_000_000_000L - feeSat);
  }

  /** Everything that is written so far, once it is. */
  private List<LoggedEvent> events(long from) {
    await().until(() -> recorder.log().isWritten());
    CompletableFuture<List<LoggedEvent>> events = new CompletableFuture<>();
    recorder.log().read(from, 100_000, events::complete);
    return events.join();
  }

  private List<String> said(long from) {
    return events(from).stream().map(LoggedEvent::event).map(EventRecorderTest::text).toList();
  }

  private long next() {
    await().until(() -> recorder.log().isWritten());
    return recorder.log().state().next();
  }

  private static String text(Event event) {
    if (event instanceof Event.BlockConnected connected) {
      return "+ " + connected.block().hash();
    } else if (event instanceof Event.BlockDisconnected disconnected) {
      return "- " + disconnected.block().hash();
    } else if (event instanceof Event.TxAdded added) {
      return "waits " + added.tx().txid();
    }
    Event.TxRemoved removed = (Event.TxRemoved) event;
    return removed.cause().label() + " " + removed.tx().txid();
  }

  private static String plus(Block block) {
    return "+ " + block.hash();
  }

  private static String minus(Block block) {
    return "- " + block.hash();
  }

  /** The chain's end and what waits, as somebody has them who applies all events. */
  private record Mirror(BlockHash tip, Map<Txid, TxFacts> pool) {}

  private static Mirror mirror(BlockHash start, List<LoggedEvent> events) {
    BlockHash tip = start;
    Map<Txid, TxFacts> pool = new LinkedHashMap<>();
    long sequence = events.isEmpty() ? 0 : events.get(0).sequence();
    for (LoggedEvent logged : events) {
      assertThat(logged.sequence()).isEqualTo(sequence++);
      if (logged.event() instanceof Event.BlockConnected connected) {
        assertThat(connected.block().previous()).isEqualTo(tip);
        tip = connected.block().hash();
      } else if (logged.event() instanceof Event.BlockDisconnected disconnected) {
        assertThat(disconnected.block().hash()).isEqualTo(tip);
        tip = disconnected.block().previous();
      } else if (logged.event() instanceof Event.TxAdded added) {
        assertThat(pool.put(added.tx().txid(), added.tx())).isNull();
      } else if (logged.event() instanceof Event.TxRemoved removed) {
        assertThat(pool.remove(removed.tx().txid())).isEqualTo(removed.tx());
      }
    }
    return new Mirror(tip, pool);
  }

  private void assertMirrors(BlockHash start) {
    Mirror mirror = mirror(start, events(1));
    assertThat(mirror.tip()).isEqualTo(builder.tip().hash());
    assertThat(mirror.pool().keySet())
        .containsExactlyInAnyOrderElementsOf(
            mempool.snapshot().entries().stream().map(entry -> entry.txid()).toList());
    assertThat(recorder.log().state().tip().hash()).isEqualTo(mirror.tip());
  }

  @Test
  void whatHappensIsWrittenInItsOrder() {
    start();
    assertThat(recorder.log().state().next()).isEqualTo(1);
    assertThat(recorder.log().state().tip().height()).isEqualTo(101);
    Transaction tx = wait(spend(1, 10_000));
    Block block = builder.mineWith(tx);
    assertThat(said(1)).containsExactly("waits " + tx.txid(), "block " + tx.txid(), plus(block));
    LoggedEvent first = events(1).get(0);
    assertThat(first.timeMillis()).isEqualTo(clockMillis.get());
    TxFacts facts = ((Event.TxAdded) first.event()).tx();
    assertThat(facts.feeSat()).isEqualTo(10_000);
    assertThat(facts.virtualSize()).isEqualTo(tx.virtualSize());
    assertThat(facts.scripts())
        .containsExactlyInAnyOrder(TxFacts.mark(BOB), TxFacts.mark(ChainBuilder.MINER.p2wpkh()));
    assertThat(((Event.TxRemoved) events(2).get(0).event()).tx()).isEqualTo(facts);
    Event.BlockConnected connected = (Event.BlockConnected) events(3).get(0).event();
    assertThat(connected.block())
        .isEqualTo(
            new BlockFacts(
                block.hash(), block.header().previous(), 102, block.header().timeSeconds(), 2));
  }

  @Test
  void aReorganisationIsToldStepByStep() {
    start();
    BlockHash from = builder.tip().hash();
    Transaction tx = spend(1, 10_000);
    Block old = builder.mineWith(tx);
    List<Block> branch = builder.fork(101, 2);
    mempool.settle(now());
    assertThat(said(1))
        .containsExactly(
            plus(old), minus(old), plus(branch.get(0)), plus(branch.get(1)), "waits " + tx.txid());
    assertMirrors(from);
  }

  @Test
  void aRestartLosesNothingAndRepeatsNothing() {
    start();
    BlockHash from = builder.tip().hash();
    long id = recorder.log().id();
    Transaction tx = wait(spend(1, 10_000));
    Block block = builder.mine(1).get(0);
    restart();
    assertThat(recorder.log().id()).isEqualTo(id);
    Block next = builder.mine(1).get(0);
    assertThat(said(1))
        .containsExactly("waits " + tx.txid(), plus(block), "restart " + tx.txid(), plus(next));
    assertMirrors(from);
  }

  /** The blocks of a node that was killed before it wrote them down, or that did not write. */
  @Test
  void blocksThatWereMissedAreToldAtTheStart() {
    start();
    BlockHash from = builder.tip().hash();
    Transaction confirmed = wait(spend(1, 10_000));
    Transaction lost = wait(spend(2, 10_000));
    Block first = builder.mine(1).get(0);
    listening = false;
    Block second = builder.mineWith(confirmed);
    stop();
    Block third = builder.mine(1).get(0);
    start();
    assertThat(said(3))
        .containsExactly(
            plus(first),
            "block " + confirmed.txid(),
            plus(second),
            plus(third),
            "restart " + lost.txid());
    assertMirrors(from);
  }

  @Test
  void aReorganisationThatWasMissedIsToldAtTheStart() {
    start();
    BlockHash from = builder.tip().hash();
    List<Block> old = builder.mine(3);
    stop();
    List<Block> branch = builder.fork(102, 3);
    start();
    assertThat(said(4))
        .containsExactly(
            minus(old.get(2)),
            minus(old.get(1)),
            plus(branch.get(0)),
            plus(branch.get(1)),
            plus(branch.get(2)));
    assertMirrors(from);
  }

  @Test
  void aBlockThatTheOperatorTookBackIsToldAtTheStart() {
    start();
    Block block = builder.mine(1).get(0);
    stop();
    builder.chain().invalidate(builder.tip());
    start();
    assertThat(said(2)).containsExactly(minus(block));
  }

  /** The ledger is rebuilt, or has lost its last blocks: what comes again was told. */
  @Test
  void blocksThatComeAgainAreNoNews() {
    List<Block> blocks = builder.mine(3);
    start();
    stop();
    try (ChainBuilder other = ChainBuilder.regtest()) {
      for (int height = 1; height <= 102; height++) {
        other.add(builder.block(height));
      }
      for (Block block : blocks) {
        other.chain().acceptHeader(block.header(), other.nowSeconds());
      }
      EventRecorder again = startOn(other);
      other.chain().addListener(again::chainChanged);
      other.add(blocks.get(1));
      other.add(blocks.get(2));
      Block next = other.mine(1).get(0);
      await().until(() -> again.log().isWritten());
      assertThat(again.log().state().next()).isEqualTo(2);
      assertThat(again.log().state().tip().hash()).isEqualTo(next.hash());
      again.log().close();
    }
  }

  /** The same, but the chain goes another way before it is where it was. */
  @Test
  void aChainThatGoesAnotherWayIsTold() {
    List<Block> blocks = builder.mine(3);
    start();
    stop();
    try (ChainBuilder other = ChainBuilder.regtest()) {
      for (int height = 1; height <= 102; height++) {
        other.add(builder.block(height));
      }
      blocks.forEach(block -> other.chain().acceptHeader(block.header(), other.nowSeconds()));
      EventRecorder again = startOn(other);
      other.chain().addListener(again::chainChanged);
      Block different = other.draft(blocks.get(0).hash()).payTo(BOB).build();
      other.add(different);
      recorder = again;
      assertThat(said(1))
          .containsExactly(minus(blocks.get(2)), minus(blocks.get(1)), plus(different));
      again.log().close();
      recorder = null;
    }
  }

  private EventRecorder startOn(ChainBuilder other) {
    Mempool pool =
        new Mempool(MempoolChain.of(other.chain()), MempoolOptions.defaults(), Owner.UNCHECKED);
    return EventRecorder.start(
        layout -> RocksIndexStore.openDurable(folder, layout, other.params()),
        PLENTY,
        new EventRecorder.Subject(other.chain().snapshot(), List.of(), pool::coins),
        new EventRecorder.Means(
            clockMillis::get,
            new Random(random++),
            failure -> {
              throw new AssertionError(failure);
            }));
  }

  @Test
  void blocksThatWereToldAndLostAreTakenBack() {
    start();
    BlockHash from = builder.tip().hash();
    List<Block> blocks = builder.mine(3);
    long id = recorder.log().id();
    stop();
    try (ChainBuilder other = ChainBuilder.regtest()) {
      for (int height = 1; height <= 102; height++) {
        other.add(builder.block(height));
      }
      Block different = other.draft(blocks.get(0).hash()).payTo(BOB).build();
      other.add(different);
      recorder = startOn(other);
      assertThat(recorder.log().id()).isEqualTo(id);
      assertThat(said(4))
          .containsExactly(minus(blocks.get(2)), minus(blocks.get(1)), plus(different));
      assertThat(mirror(from, events(1)).tip()).isEqualTo(different.hash());
      recorder.log().close();
      recorder = null;
    }
  }

  @Test
  void anotherChainIsAnotherLog() {
    start();
    long id = recorder.log().id();
    builder.mine(1);
    stop();
    try (ChainBuilder other = ChainBuilder.regtest()) {
      other.mine(5, BOB);
      recorder = startOn(other);
      assertThat(recorder.log().id()).isNotEqualTo(id);
      assertThat(recorder.log().state().next()).isEqualTo(1);
      assertThat(recorder.log().state().tip().hash()).isEqualTo(other.tip().hash());
      recorder.log().close();
      recorder = null;
    }
  }

  @Test
  void theOldestEventsAreForgotten() {
    start(new Retention(2_000, Long.MAX_VALUE));
    builder.mine(100);
    assertThat(next()).isEqualTo(101);
    await().until(() -> recorder.log().state().first() > 1);
    await()
        .until(
            () ->
                events(1).stream().mapToLong(event -> Retention.size(event.encode())).sum()
                    <= 2_000);
    long first = recorder.log().state().first();
    assertThat(events(1).get(0).sequence()).isEqualTo(first);
    assertThat(first).isLessThan(101);
    restart();
    assertThat(recorder.log().state().first()).isEqualTo(first);
    assertThat(next()).isEqualTo(101);
    assertThat(events(1)).hasSize((int) (101 - first));
  }

  @Test
  void eventsAreForgottenByAge() {
    start(new Retention(Long.MAX_VALUE, 600_000));
    builder.mine(2);
    assertThat(events(1)).hasSize(2);
    clockMillis.addAndGet(600_000);
    builder.mine(1);
    assertThat(events(1)).hasSize(3);
    clockMillis.addAndGet(1);
    builder.mine(1);
    await().until(() -> recorder.log().state().first() == 3);
    assertThat(events(1)).hasSize(2);
  }
}
