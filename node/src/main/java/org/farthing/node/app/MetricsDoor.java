package org.farthing.node.app;

import java.io.IOException;
import org.farthing.consensus.chain.ChainEvent;
import org.farthing.node.config.NodeConfig;
import org.farthing.node.metrics.MetricsSite;
import org.farthing.node.metrics.NodeMetrics;
import org.farthing.node.rpc.call.MethodTable;
import org.farthing.node.rpc.http.SiteServer;
import org.farthing.node.transport.EventLoops;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The port at which a node is watched, from its start on. */
final class MetricsDoor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MetricsDoor.class);

  private final NodeMetrics metrics;
  private final SiteServer server;
  private long since;

  private MetricsDoor(NodeMetrics metrics, SiteServer server) {
    this.metrics = metrics;
    this.server = server;
  }

  /**
   * Listens.
   *
   * @param port 0 lets the system choose
   * @throws StartException if it cannot listen
   */
  static MetricsDoor open(int port, NodeConfig config, NodeVitals vitals, EventLoops loops)
      throws StartException {
    vitals.watch();
    NodeMetrics metrics =
        new NodeMetrics(vitals, UserAgent.version(), config.params().network().name());
    try {
      SiteServer server =
          SiteServer.start("metrics", new MetricsSite(metrics, vitals), port, loops);
      LOG.info("Metrics and health at http://127.0.0.1:{}/metrics", server.port());
      return new MetricsDoor(metrics, server);
    } catch (IOException e) {
      throw new StartException(
          ("Cannot listen for metrics on port %d: %s. Choose another port with --metrics-port (0"
                  + " takes any free one).")
              .formatted(port, e.getMessage()),
          e);
    }
  }

  int port() {
    return server.port();
  }

  /** Counts blocks from now on. On the node's thread. */
  void attach(NodeCore core) {
    core.intake().onBegin(() -> since = System.nanoTime());
    core.chain().addListener(this::changed);
    core.gossip().blocks().stages().addListener(metrics::blockReached);
  }

  private void changed(ChainEvent event) {
    long now = System.nanoTime();
    if (event instanceof ChainEvent.Connected) {
      metrics.blockConnected(now - since);
    } else {
      metrics.blockDisconnected();
    }
    since = now;
  }

  /** Counts calls from now on. */
  void attach(MethodTable methods) {
    methods.observe(metrics);
  }

  @Override
  public void close() {
    server.close();
  }
}
