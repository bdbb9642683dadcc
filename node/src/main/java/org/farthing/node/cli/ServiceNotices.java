package org.farthing.node.cli;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.farthing.node.metrics.MetricsSource;
import org.farthing.node.metrics.NodeProgress;
import org.farthing.node.metrics.NodeProgress.Phase;
import org.farthing.node.transport.UnixDatagrams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd how the node is, where systemd has started it (sd_notify(3)): that it is ready or
 * stops, its state in words, and, if systemd wants it, regularly that its thread comes by. A node
 * whose thread does not is killed and started again.
 */
final class ServiceNotices implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceNotices.class);

  private static final String SOCKET = "NOTIFY_SOCKET";
  private static final String WATCHDOG_MICROS = "WATCHDOG_USEC";
  private static final String WATCHDOG_PID = "WATCHDOG_PID";

  private static final long INTERVAL_MILLIS = 1_000;

  private final UnixDatagrams socket;
  private final MetricsSource node;
  private final long watchdogMillis;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(ServiceNotices::thread);
  private String lastStatus = "";
  private boolean ready;
  private boolean stopping;
  private boolean broken;

  private ServiceNotices(UnixDatagrams socket, MetricsSource node, long watchdogMillis) {
    this.socket = socket;
    this.node = node;
    this.watchdogMillis = watchdogMillis;
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "systemd");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Begins to tell, if somebody wants to be told.
   *
   * @param node is asked for only then
   */
  static Optional<ServiceNotices> begin(
      Map<String, String> environment, Supplier<MetricsSource> node) {
    String path = environment.get(SOCKET);
    if (path == null || path.isEmpty()) {
      return Optional.empty();
    }
    try {
      ServiceNotices notices =
          new ServiceNotices(UnixDatagrams.open(path), node.get(), watchdogMillis(environment));
      notices.start();
      return Optional.of(notices);
    } catch (IOException e) {
      LOG.warn("systemd cannot be told how the node is: {}", e.getMessage());
      return Optional.empty();
    }
  }

  /** Within how many milliseconds systemd wants to hear; 0 if it does not want to. */
  private static long watchdogMillis(Map<String, String> environment) {
    String pid = environment.get(WATCHDOG_PID);
    boolean ours = pid == null || pid.equals(Long.toString(ProcessHandle.current().pid()));
    try {
      String micros = environment.getOrDefault(WATCHDOG_MICROS, "0");
      return ours ? TimeUnit.MICROSECONDS.toMillis(Long.parseLong(micros)) : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private void start() {
    var unused =
        timer.scheduleWithFixedDelay(this::tell, 0, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    if (watchdogMillis > 0) {
      long interval = Math.max(1, watchdogMillis / 3);
      var unusedToo =
          timer.scheduleWithFixedDelay(
              this::feedWatchdog, interval, interval, TimeUnit.MILLISECONDS);
    }
  }

  /** Says what is new. */
  synchronized void tell() {
    NodeProgress progress = node.progress();
    StringBuilder news = new StringBuilder();
    if (!ready && (progress.phase() == Phase.READY || progress.phase() == Phase.INITIAL_DOWNLOAD)) {
      ready = true;
      news.append("READY=1\n");
    }
    if (!stopping && (progress.phase() == Phase.STOPPING || progress.phase() == Phase.FAILED)) {
      stopping = true;
      news.append("STOPPING=1\n");
    }
    String status = status(progress);
    if (!status.equals(lastStatus)) {
      lastStatus = status;
      news.append("STATUS=").append(status).append('\n');
    }
    if (!news.isEmpty()) {
      send(news.toString());
    }
  }

  private static String status(NodeProgress progress) {
    return switch (progress.phase()) {
      case STARTING -> progress.stage().isEmpty() ? "Starting" : progress.stage();
      case INITIAL_DOWNLOAD ->
          "Catching up: block " + progress.height() + " of " + progress.headers();
      case READY -> "Ready at block " + progress.height();
      case STOPPING -> "Stopping";
      case FAILED -> "Failed";
    };
  }

  private synchronized void feedWatchdog() {
    if (TimeUnit.SECONDS.toMillis(1) * node.lagSeconds() < watchdogMillis) {
      send("WATCHDOG=1\n");
    }
  }

  private void send(String text) {
    try {
      socket.send(text);
      broken = false;
    } catch (IOException e) {
      if (!broken) {
        LOG.warn("systemd cannot be told how the node is: {}", e.getMessage());
      }
      broken = true;
    }
  }

  /** Says that the node stops, if that was not said, and ends. */
  @Override
  public void close() {
    timer.shutdownNow();
    tell();
    socket.close();
  }
}
