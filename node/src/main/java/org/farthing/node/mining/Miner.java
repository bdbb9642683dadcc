package org.farthing.node.mining;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.farthing.consensus.primitives.Block;
import org.farthing.node.time.Clock;
import org.farthing.node.time.Scheduler;

/**
 * Keeps a search for proof of work supplied with the template of the moment: a new one at once when
 * the tip changes, soon when the mempool does, and now and then so that its time stays true. It
 * lives on the node thread; solved blocks come back to it there.
 */
public final class Miner implements AutoCloseable {
  /** The age at which a template is renewed in any case. */
  private static final long MAX_TEMPLATE_AGE_MILLIS = 5_000;

  /** The age before which a change of the mempool is not worth a new template. */
  private static final long MIN_TEMPLATE_AGE_MILLIS = 500;

  private final Supplier<BlockTemplate> templates;
  private final Consumer<Block> submit;
  private final Scheduler scheduler;
  private final Clock clock;
  private final ProofOfWorkSearch search;
  private final HashRate hashRate;
  private boolean mining;
  private boolean renewalDue;
  private long templateMillis;
  private long renewals;
  private Scheduler.Timer timer;

  /** Where the miner lives: its thread, its time, and what hashes for it. */
  public record Surroundings(Scheduler scheduler, Clock clock, ProofOfWorkSearch.Factory search) {}

  /**
   * @param templates makes the template to be searched now
   * @param submit gets solved blocks, on the node thread
   */
  public Miner(
      Supplier<BlockTemplate> templates, Consumer<Block> submit, Surroundings surroundings) {
    this.templates = templates;
    this.submit = submit;
    this.scheduler = surroundings.scheduler();
    this.clock = surroundings.clock();
    this.search = surroundings.search().create(block -> scheduler.execute(() -> solved(block)));
    this.hashRate = new HashRate(search::hashCount);
  }

  /** Begins to mine, or goes on. */
  public void start() {
    scheduler.assertOwner();
    if (!mining) {
      mining = true;
      hashRate.begin(clock.nowMillis());
      renew();
    }
  }

  /** Ends or pauses mining; no thread is left. */
  public void stop() {
    scheduler.assertOwner();
    if (mining) {
      mining = false;
      cancelTimer();
      search.stop();
      hashRate.end();
    }
  }

  /** Ends mining for good, and waits for the threads. */
  @Override
  public void close() {
    stop();
    search.close();
  }

  public boolean isMining() {
    return mining;
  }

  /** Hashes per second over the last seconds; 0 if not mining. Any thread may ask. */
  public double hashesPerSecond() {
    return hashRate.perSecond();
  }

  /** The chain has another tip: work on the old one is lost. */
  public void tipChanged() {
    scheduler.assertOwner();
    if (mining) {
      renew();
    }
  }

  /** There may be better transactions: they get in soon. */
  public void mempoolChanged() {
    scheduler.assertOwner();
    if (mining && !renewalDue) {
      renewalDue = true;
      long age = clock.nowMillis() - templateMillis;
      renewAfter(Math.max(0, MIN_TEMPLATE_AGE_MILLIS - age));
    }
  }

  private void renew() {
    templateMillis = clock.nowMillis();
    renewalDue = false;
    renewals++;
    hashRate.sample(templateMillis);
    search.search(templates.get());
    renewAfter(MAX_TEMPLATE_AGE_MILLIS);
  }

  private void renewAfter(long delayMillis) {
    cancelTimer();
    timer =
        scheduler.after(
            delayMillis,
            () -> {
              if (mining) {
                renew();
              }
            });
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  private void solved(Block block) {
    if (!mining) {
      return;
    }
    long before = renewals;
    submit.accept(block);
    if (mining && before == renewals) {
      // The tip didn't change: perhaps another block came first. Don't search what is solved.
      renew();
    }
  }
}
