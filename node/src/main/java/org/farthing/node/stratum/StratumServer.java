package org.farthing.node.stratum;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.node.time.Clock;
import org.farthing.node.time.Scheduler;

/**
 * All miners that work for the node over Stratum. There is new work when the tip changes, some
 * seconds after the mempool has, and twice a minute so that its time stays true. Node thread.
 */
public final class StratumServer implements AutoCloseable {
  private static final long TICK_MILLIS = 1_000;
  private static final long OLDEST_JOB_MILLIS = 30_000;

  /** Before, what the mempool has new is not worth another job. */
  private static final long YOUNG_JOB_MILLIS = 5_000;

  private final WorkSource node;
  private final StratumOptions options;
  private final Clock clock;
  private final Scheduler scheduler;
  private final JobBoard board;
  private final Map<Long, Open> open = new LinkedHashMap<>();
  private long connections;
  private int nextExtraNonce;
  private HeaderNode tip;
  private long jobsMillis;
  private boolean mempoolChanged;
  private boolean renewalDue;
  private Scheduler.Timer nextTick;

  private record Open(StratumSession session, Runnable close) {}

  /**
   * @param random where extra nonces and numbers of jobs begin
   */
  public StratumServer(
      WorkSource node,
      StratumOptions options,
      Clock clock,
      Scheduler scheduler,
      RandomGenerator random) {
    this.node = node;
    this.options = options;
    this.clock = clock;
    this.scheduler = scheduler;
    this.board = new JobBoard(node, random.nextInt() & 0xffffffffL);
    this.nextExtraNonce = random.nextInt();
    this.tip = node.tip();
    this.jobsMillis = clock.nowMillis();
    tickLater();
  }

  /**
   * A miner is connected.
   *
   * @param address where it comes from
   * @param say sends it a line
   * @param close ends the connection
   */
  public StratumSession opened(String address, Consumer<String> say, Runnable close) {
    scheduler.assertOwner();
    long number = ++connections;
    StratumSession session =
        new StratumSession(
            node,
            board,
            options,
            clock,
            new StratumSession.Identity(number, address, nextExtraNonce++),
            say);
    open.put(number, new Open(session, close));
    return session;
  }

  /** A miner says something. */
  public void heard(StratumSession session, String line) {
    scheduler.assertOwner();
    Open known = open.get(session.identity().number());
    if (known != null && !session.heard(line)) {
      known.close().run();
    }
  }

  /** The connection is gone. */
  public void closed(StratumSession session) {
    scheduler.assertOwner();
    open.remove(session.identity().number());
  }

  /**
   * The tip is another one. Work for it is sent when the task of the moment is over: whoever found
   * the block is to hear of that first.
   */
  public void tipChanged() {
    if (!renewalDue) {
      renewalDue = true;
      scheduler.execute(this::renew);
    }
  }

  public void mempoolChanged() {
    mempoolChanged = true;
  }

  private void renew() {
    renewalDue = false;
    mempoolChanged = false;
    tip = node.tip();
    jobsMillis = clock.nowMillis();
    board.renew();
    List.copyOf(open.values()).forEach(each -> each.session().work());
  }

  private void tickLater() {
    nextTick = scheduler.after(TICK_MILLIS, this::tick);
  }

  private void tick() {
    long age = clock.nowMillis() - jobsMillis;
    if (tip != node.tip()
        || age >= OLDEST_JOB_MILLIS
        || (mempoolChanged && age >= YOUNG_JOB_MILLIS)) {
      renew();
    }
    for (Open each : List.copyOf(open.values())) {
      if (!each.session().tick()) {
        each.close().run();
      }
    }
    tickLater();
  }

  /** What is known of the miners. */
  public List<StratumReport.Connection> report() {
    scheduler.assertOwner();
    return open.values().stream().map(each -> each.session().report()).toList();
  }

  /** Sends no more work. The connections are others' to close. */
  @Override
  public void close() {
    nextTick.cancel();
  }
}
