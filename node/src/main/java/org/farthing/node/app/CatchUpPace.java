package org.farthing.node.app;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.farthing.consensus.chain.ChainSnapshot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How fast the node catches up with the headers that it knows, by the blocks of the last minute,
 * and how much longer it will take if it goes on like that. Tells the log from time to time. Hears
 * of new tips on the node's thread; any thread may ask.
 */
final class CatchUpPace {
  private static final Logger LOG = LoggerFactory.getLogger(CatchUpPace.class);

  private static final long SAMPLE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long WINDOW_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final long LOG_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** How far the node was at a time. */
  private record Sample(long nanos, int height) {}

  /**
   * @param missing blocks at its end
   */
  private record Stretch(Sample first, Sample last, int missing) {}

  private final BooleanSupplier catchingUp;
  private final LongSupplier nanos;
  private final Deque<Sample> samples = new ArrayDeque<>();
  private volatile Stretch stretch;
  private long loggedAtNanos;

  /**
   * @param nanos a clock that only goes forward
   */
  CatchUpPace(BooleanSupplier catchingUp, LongSupplier nanos) {
    this.catchingUp = catchingUp;
    this.nanos = nanos;
    loggedAtNanos = nanos.getAsLong();
  }

  /** Watches a node's chain from now on. On the node's thread. */
  static CatchUpPace over(NodeCore core) {
    CatchUpPace pace =
        new CatchUpPace(() -> core.gossip().initialDownload().isRunning(), System::nanoTime);
    core.intake().onTipChanged(pace::tipChanged);
    return pace;
  }

  private void tipChanged(ChainSnapshot chain) {
    tipChanged(chain.height(), chain.bestHeader().height());
  }

  void tipChanged(int height, int headers) {
    if (!catchingUp.getAsBoolean()) {
      samples.clear();
      stretch = null;
      return;
    }
    long now = nanos.getAsLong();
    if (!samples.isEmpty() && now - samples.getLast().nanos() < SAMPLE_NANOS) {
      return;
    }
    samples.add(new Sample(now, height));
    while (now - samples.getFirst().nanos() > WINDOW_NANOS) {
      samples.remove();
    }
    stretch = new Stretch(samples.getFirst(), samples.getLast(), headers - height);
    if (now - loggedAtNanos >= LOG_NANOS) {
      loggedAtNanos = now;
      log(height, headers);
    }
  }

  private void log(int height, int headers) {
    OptionalLong seconds = secondsLeft();
    String left = seconds.isPresent() ? ", about " + seconds.getAsLong() + " s left" : "";
    LOG.info(
        "Catching up: block {} of {}, {} %{}",
        height, headers, String.format(Locale.ROOT, "%.1f", 100.0 * height / headers), left);
  }

  /**
   * How much longer it takes to catch up; longer and longer while nothing comes. Empty where the
   * node has caught up, and where nothing can be told yet.
   */
  OptionalLong secondsLeft() {
    Stretch seen = stretch;
    if (seen == null || seen.last().height() <= seen.first().height()) {
      return OptionalLong.empty();
    }
    int connected = seen.last().height() - seen.first().height();
    double nanosForOne = (double) (nanos.getAsLong() - seen.first().nanos()) / connected;
    return OptionalLong.of(Math.round(seen.missing() * nanosForOne / TimeUnit.SECONDS.toNanos(1)));
  }
}
