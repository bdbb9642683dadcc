package org.farthing.node.app;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.farthing.consensus.store.RocksIndexStore;
import org.farthing.node.config.EventsConfig;
import org.farthing.node.config.NodeConfig;
import org.farthing.node.config.ZmqAddress;
import org.farthing.node.events.EventLog;
import org.farthing.node.events.EventRecorder;
import org.farthing.node.events.Retention;
import org.farthing.node.zmq.ZmqNotifications;
import org.farthing.node.zmq.ZmqPublisher;

/**
 * Those who tell other programs what happens to chain and mempool, as far as somebody wants them:
 * what is turned off is not there. Node thread.
 */
final class Publishing implements AutoCloseable {
  private static final long MIB = 1 << 20;
  private static final long HOUR_MILLIS = 3_600_000;

  private final Optional<ZmqPublisher> zmq;
  private final Optional<EventLog> events;

  /**
   * Tells of what happens from now on.
   *
   * @param onFailure told, on any thread, why events cannot be written any more
   */
  Publishing(NodeConfig config, NodeCore core, Environment world, Consumer<Throwable> onFailure) {
    List<ZmqAddress> addresses = config.publishing().zmq();
    this.zmq = addresses.isEmpty() ? Optional.empty() : ZmqPublisher.open(addresses);
    zmq.ifPresent(publisher -> attach(publisher, core, world));
    this.events =
        config.publishing().events().map(wanted -> record(wanted, config, core, world, onFailure));
  }

  private static void attach(ZmqPublisher publisher, NodeCore core, Environment world) {
    ZmqNotifications notifications =
        new ZmqNotifications(
            publisher, () -> core.gossip().initialDownload().isRunning(), world.scheduler());
    core.chain().addListener(notifications::chainChanged);
    core.mempool().addListener(notifications::mempoolChanged);
    core.intake().onTipChanged(chain -> notifications.settled());
  }

  private static EventLog record(
      EventsConfig wanted,
      NodeConfig config,
      NodeCore core,
      Environment world,
      Consumer<Throwable> onFailure) {
    EventRecorder recorder =
        EventRecorder.start(
            place(config),
            new Retention(wanted.maxMib() * MIB, wanted.maxHours() * HOUR_MILLIS),
            new EventRecorder.Subject(
                core.chain().snapshot(),
                core.mempool().snapshot().entriesBestFirst(),
                core.mempool()::coins),
            new EventRecorder.Means(world.clock(), world.random(), onFailure));
    core.chain().addListener(recorder::chainChanged);
    core.mempool().addListener(recorder::mempoolChanged);
    return recorder.log();
  }

  private static EventRecorder.Place place(NodeConfig config) {
    return config
        .folder()
        .<EventRecorder.Place>map(
            data -> layout -> RocksIndexStore.openDurable(data.events(), layout, config.params()))
        .orElseGet(() -> layout -> RocksIndexStore.inMemory(layout, config.params()));
  }

  /** Where messages are published over ZeroMQ. */
  List<ZmqAddress> zmqAddresses() {
    return zmq.map(ZmqPublisher::addresses).orElse(List.of());
  }

  /** What happened, if it is written down. */
  Optional<EventLog> events() {
    return events;
  }

  @Override
  public void close() {
    zmq.ifPresent(ZmqPublisher::close);
    events.ifPresent(EventLog::close);
  }
}
