package org.farthing.node.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.farthing.node.app.Node;
import org.farthing.node.app.StartException;
import org.farthing.node.cli.logging.NodeLog;
import org.farthing.node.cli.outcome.ExitCode;
import org.farthing.node.config.NodeConfig;
import org.farthing.node.rpc.port.LogPort;

/**
 * A node that is all that its process does. A signal stops it in good order, and the process then
 * ends with 0: for a node, to be told to stop is no failure.
 */
final class ForegroundNode implements AutoCloseable {
  private static final long STOP_LIMIT_SECONDS = 60;

  private final Node node;
  private final CountDownLatch closed = new CountDownLatch(1);
  private Optional<ServiceNotices> notices = Optional.empty();

  private ForegroundNode(Node node) {
    this.node = node;
  }

  /**
   * Starts a node, and returns when it answers calls, or was stopped meanwhile.
   *
   * @param log can be told what to say
   * @throws StartException if it cannot start
   */
  static ForegroundNode start(NodeConfig config, LogPort log) throws StartException {
    ForegroundNode running = new ForegroundNode(Node.of(config, log));
    // Before anything long begins, such as connecting all stored blocks again.
    Runtime.getRuntime().addShutdownHook(new Thread(running::onSignal, "signal"));
    running.notices = ServiceNotices.begin(System.getenv(), running.node::watch);
    try {
      running.node.open();
      running.notices.ifPresent(ServiceNotices::tell);
      return running;
    } catch (StartException | RuntimeException | Error e) {
      running.notices.ifPresent(ServiceNotices::close);
      running.closed.countDown();
      throw e;
    }
  }

  /** Stops the node when the stream ends: the pipe from a parent process. */
  void stopWhenEnds(InputStream pipe) {
    Thread watcher =
        new Thread(
            () -> {
              try {
                pipe.transferTo(java.io.OutputStream.nullOutputStream());
              } catch (IOException e) {
                // A broken pipe has ended too.
              }
              node.stop();
            },
            "parent");
    watcher.setDaemon(true);
    watcher.start();
  }

  /** What whoever started it should see. */
  List<String> startNotices() {
    return node.startNotices();
  }

  /**
   * Waits for the end.
   *
   * @return what ended the node, if it was not asked to stop
   */
  Optional<Throwable> untilStopped() throws InterruptedException {
    node.awaitStop();
    notices.ifPresent(ServiceNotices::tell);
    return node.failure();
  }

  @Override
  public void close() {
    node.close();
    notices.ifPresent(ServiceNotices::close);
    closed.countDown();
  }

  /** Runs while the JVM shuts down; the thread that waits for the node closes it meanwhile. */
  private void onSignal() {
    if (closed.getCount() == 0) {
      return;
    }
    node.stop();
    boolean inTime;
    try {
      inTime = closed.await(STOP_LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      inTime = false;
    }
    NodeLog.close();
    // The JVM would say 143 or 130.
    Runtime.getRuntime().halt(inTime && node.failure().isEmpty() ? ExitCode.OK : ExitCode.FAILED);
  }
}
