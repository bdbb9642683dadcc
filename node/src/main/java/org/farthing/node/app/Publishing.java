package org.farthing.node.app;

import java.util.List;
import java.util.Optional;
import org.farthing.node.config.PublishConfig;
import org.farthing.node.config.ZmqAddress;
import org.farthing.node.time.Scheduler;
import org.farthing.node.zmq.ZmqNotifications;
import org.farthing.node.zmq.ZmqPublisher;

/**
 * Those who tell other programs what happens to chain and mempool, as far as somebody wants them:
 * what is turned off is not there. Node thread.
 */
final class Publishing implements AutoCloseable {
  private final Optional<ZmqPublisher> zmq;

  /** Tells of what happens from now on. */
  Publishing(PublishConfig config, NodeCore core, Scheduler scheduler) {
    this.zmq = config.zmq().isEmpty() ? Optional.empty() : ZmqPublisher.open(config.zmq());
    zmq.ifPresent(publisher -> attach(publisher, core, scheduler));
  }

  private static void attach(ZmqPublisher publisher, NodeCore core, Scheduler scheduler) {
    ZmqNotifications notifications =
        new ZmqNotifications(
            publisher, () -> core.gossip().initialDownload().isRunning(), scheduler);
    core.chain().addListener(notifications::chainChanged);
    core.mempool().addListener(notifications::mempoolChanged);
    core.intake().onTipChanged(chain -> notifications.settled());
  }

  /** Where messages are published over ZeroMQ. */
  List<ZmqAddress> zmqAddresses() {
    return zmq.map(ZmqPublisher::addresses).orElse(List.of());
  }

  @Override
  public void close() {
    zmq.ifPresent(ZmqPublisher::close);
  }
}
