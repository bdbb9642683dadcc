package org.farthing.node.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.farthing.node.config.Option;
import org.farthing.node.config.OptionValues;
import org.farthing.node.config.Options;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node is killed (SIGKILL) at random moments while it mines, is paid and pays, beside a peer that
 * does the same and stays. {@code -Dfarthing.crash.rounds} makes more rounds than the default, and
 * {@code -Dfarthing.crash.seed} repeats the decisions of a run, though not its timing.
 */
class CrashIT {
  private static final int ROUNDS = Integer.getInteger("farthing.crash.rounds", 8);
  private static final long SEED = Long.getLong("farthing.crash.seed", System.nanoTime());
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int LONGEST_LIFE_MILLIS = 700;
  private static final int LONGEST_START_MILLIS = 2_500;
  private static final int FIRST_STARTS_PART = 4;
  private static final int MATURITY = 100;
  private static final String NOBODY = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";

  private enum Moment {
    /** With the peer connected. */
    BUSY,
    /** While it starts, or catches up. */
    STARTING,
    /** Cut off from the peer, whose branch then has more work. */
    ALONE
  }

  @TempDir Path folder;
  private final Random random = new Random(SEED);
  private final Customer customer = new Customer(random.nextLong());
  private final Customer peersCustomer = new Customer(random.nextLong());
  private final LongSummaryStatistics startMillis = new LongSummaryStatistics();
  private final LongSummaryStatistics catchUpMillis = new LongSummaryStatistics();
  private Node peerNode;
  private TestRpc peer;
  private KillableNode process;
  private TestRpc node;
  private int kills;

  @AfterEach
  void end() {
    if (process != null) {
      process.close();
    }
    if (peerNode != null) {
      peerNode.close();
    }
  }

  @Test
  void aKilledNodeStartsAgainWithAllThatItAcknowledged(TestReporter reporter) throws Exception {
    reporter.publishEntry("farthing.crash.seed", Long.toString(SEED));
    startPeer();
    launch(home(), true);
    firstCoins();
    Moment[] moments = {Moment.BUSY, Moment.STARTING, Moment.BUSY, Moment.ALONE};
    for (int round = 0; round < ROUNDS; round++) {
      Moment moment = moments[round % moments.length];
      try {
        killAt(moment);
        launch(home(), true);
        customer.expectNothingLost(node);
        TipCoins.expectToMatch(node);
        catchUp();
        TipCoins.expectToMatch(node);
      } catch (AssertionError | RuntimeException e) {
        String where = "seed %d, round %d, killed %s".formatted(SEED, round + 1, moment);
        throw new AssertionError(where, e);
      }
    }
    confirmEverything();
    expectBalance(node);
    expectBalance(peer);
    assertThat(process.stop()).as("exit code").isZero();
    reporter.publishEntry(figures());
  }

  @Test
  void aFirstStartCanBeKilled() throws Exception {
    startPeer();
    for (int round = 0; round < Math.max(1, ROUNDS / FIRST_STARTS_PART); round++) {
      Path base = folder.resolve("first " + round);
      launchWithoutWaiting(base, false);
      process.runFor(random.nextInt(LONGEST_START_MILLIS));
      kill();
      launch(base, true);
      catchUp();
      TipCoins.expectToMatch(node);
      kill();
    }
  }

  private String figures() {
    return """
    %d kills, at height %s in the end; the killed node mined %d blocks, sent %d payments, gave \
    away %d addresses, and the peer paid it %d times; started in %.0f ms on average (%d at \
    most), caught up in %.0f ms (%d at most)\
    """
        .formatted(
            kills,
            peer.call("getblockcount"),
            customer.blocks(),
            customer.payments(),
            customer.addresses(),
            peersCustomer.payments(),
            startMillis.getAverage(),
            startMillis.getMax(),
            catchUpMillis.getAverage(),
            catchUpMillis.getMax());
  }

  private void startPeer() throws Exception {
    OptionValues values =
        new OptionValues()
            .add(Option.NETWORK, "regtest")
            .add(Option.DATA_DIR, folder.resolve("peer").toString())
            .add(Option.BIND, "127.0.0.1")
            .add(Option.PORT, "0")
            .add(Option.RPC_PORT, "0");
    peerNode = Node.start(Options.parse(values, Map.of()).config());
    peer = new TestRpc(peerNode.rpcPort(), peerNode.config().data().cookie());
  }

  private Path home() {
    return folder.resolve("killed");
  }

  private void launchWithoutWaiting(Path base, boolean connected) throws Exception {
    String address = peerNode.listening().orElseThrow().toString();
    List<String> friends = connected ? List.of("--add-node", address) : List.of();
    process = KillableNode.launch(base, friends);
  }

  private void launch(Path base, boolean connected) throws Exception {
    long begin = System.nanoTime();
    launchWithoutWaiting(base, connected);
    node = process.awaitReady();
    startMillis.accept(millisSince(begin));
  }

  private static long millisSince(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }

  private void kill() throws InterruptedException {
    process.kill();
    kills++;
  }

  private void firstCoins() {
    node.call("createwallet", "killed", false, false, "", false, true, true);
    peer.call("createwallet", "peer");
    node.call("generatetoaddress", 10, customer.newAddress(node));
    catchUp();
    peer.call("generatetoaddress", MATURITY + 10, peersCustomer.newAddress(peer));
    catchUp();
  }

  private void killAt(Moment moment) throws Exception {
    switch (moment) {
      case BUSY -> killBusy();
      case STARTING -> {
        kill();
        mineOnPeer(1 + random.nextInt(50));
        launchWithoutWaiting(home(), true);
        process.runFor(random.nextInt(LONGEST_START_MILLIS));
        kill();
      }
      case ALONE -> {
        kill();
        launch(home(), false);
        int before = node.call("getblockcount").asInt();
        int mined = customer.blocks();
        killBusy();
        int atMost = before + customer.blocks() - mined + Customer.MAX_BLOCKS_AT_ONCE;
        mineOnPeer(Math.max(1, atMost + 1 - peer.call("getblockcount").asInt()));
      }
      default -> throw new AssertionError(moment);
    }
  }

  /** Both nodes work, and pay each other, until one is killed. */
  private void killBusy() throws Exception {
    String payee = peersCustomer.newAddress(peer);
    String peersPayee = customer.newAddress(node);
    customer.arrive();
    peersCustomer.arrive();
    CompletableFuture<Void> here = CompletableFuture.runAsync(() -> customer.keepBusy(node, payee));
    CompletableFuture<Void> there =
        CompletableFuture.runAsync(() -> peersCustomer.keepBusy(peer, peersPayee));
    process.runFor(random.nextInt(LONGEST_LIFE_MILLIS));
    customer.leave();
    kill();
    peersCustomer.leave();
    CompletableFuture.allOf(here, there).join();
  }

  private void mineOnPeer(int blocks) {
    peer.call("generatetoaddress", blocks, NOBODY);
  }

  /** The peer's next block is taken. */
  private void catchUp() {
    long begin = System.nanoTime();
    mineOnPeer(1);
    awaitOneTip();
    catchUpMillis.accept(millisSince(begin));
  }

  /** Where two branches have the same work, a further block of the peer decides. */
  private void awaitOneTip() {
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              if (node.call("getbestblockhash").equals(peer.call("getbestblockhash"))) {
                return true;
              }
              if (node.call("getblockcount").equals(peer.call("getblockcount"))) {
                mineOnPeer(1);
              }
              return false;
            });
  }

  /**
   * Each has what it keeps mined by itself: nobody tells the other again of what was there before
   * the connection. The peer is not to mine before it has the node's block, or it would win with
   * one of its own.
   */
  private void confirmEverything() {
    for (int i = 0; i < 20 && !isEverythingConfirmed(); i++) {
      node.call("generatetoaddress", 1, customer.newAddress(node));
      awaitOneTip();
      catchUp();
    }
    assertThat(customer.unconfirmed(node)).as("payments that are in no block").isEmpty();
    assertThat(peersCustomer.unconfirmed(peer)).as("the peer's that are in no block").isEmpty();
    assertThat(node.call("getrawmempool")).as("what the node's mempool keeps").isEmpty();
    assertThat(peer.call("getrawmempool")).as("what the peer's mempool keeps").isEmpty();
  }

  private boolean isEverythingConfirmed() {
    return customer.unconfirmed(node).isEmpty()
        && peersCustomer.unconfirmed(peer).isEmpty()
        && node.call("getrawmempool").isEmpty()
        && peer.call("getrawmempool").isEmpty();
  }

  private void expectBalance(TestRpc wallet) {
    BigDecimal sum = BigDecimal.ZERO;
    for (JsonNode part : wallet.call("getbalances").get("mine")) {
      sum = sum.add(part.decimalValue());
    }
    assertThat(sum).isEqualByComparingTo(new PlainCount(peer, wallet).balance());
  }
}
