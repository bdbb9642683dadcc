package org.farthing.node.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.instrumentation.jvm.JvmBufferPoolMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.node.mempool.MempoolSnapshot;
import org.farthing.node.rpc.call.CallObserver;
import org.farthing.node.sync.BlockStages;

/**
 * The figures of one node, by the names that docs/operating.md lists. What the node tells of itself
 * at any time is asked for when somebody looks; what passes is counted. Any thread.
 */
public final class NodeMetrics implements CallObserver {
  private static final double[] CONNECT_BOUNDS = {
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30
  };
  private static final double[] CALL_BOUNDS = {
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60
  };

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final MetricsSource source;
  private final Histogram connecting;
  private final Histogram stages;
  private final Counter disconnected;
  private final Histogram calls;
  private final Counter failedCalls;

  /**
   * @param version of the program
   * @param network its name
   */
  public NodeMetrics(MetricsSource source, String version, String network) {
    this.source = source;
    Info.builder()
        .name("farthing_build_info")
        .help("Which program this is, and on which network.")
        .labelNames("version", "network")
        .register(registry)
        .setLabelValues(version, network);
    chain();
    mempool();
    network();
    node();
    connecting =
        Histogram.builder()
            .name("farthing_block_connect_seconds")
            .help("Time that it took to connect a block to the chain.")
            .unit(Unit.SECONDS)
            .classicUpperBounds(CONNECT_BOUNDS)
            .classicOnly()
            .register(registry);
    stages =
        Histogram.builder()
            .name("farthing_block_stage_seconds")
            .help("Time that a block took to this stage from the one before.")
            .unit(Unit.SECONDS)
            .labelNames("stage")
            .classicUpperBounds(CONNECT_BOUNDS)
            .classicOnly()
            .register(registry);
    disconnected =
        Counter.builder()
            .name("farthing_blocks_disconnected_total")
            .help("Blocks that were taken back, in reorganisations or by the operator.")
            .register(registry);
    calls =
        Histogram.builder()
            .name("farthing_rpc_call_seconds")
            .help("Time that an RPC method took, its waiting for the node's thread included.")
            .unit(Unit.SECONDS)
            .labelNames("method")
            .classicUpperBounds(CALL_BOUNDS)
            .classicOnly()
            .register(registry);
    failedCalls =
        Counter.builder()
            .name("farthing_rpc_errors_total")
            .help("Calls of an RPC method that were answered with an error.")
            .labelNames("method")
            .register(registry);
    jvm();
  }

  private void chain() {
    ofChain("farthing_chain_height", "Height of the last block.", ChainSnapshot::height);
    ofChain(
        "farthing_chain_headers",
        "Height of the best header that is known.",
        chain -> chain.bestHeader().height());
    ofChain(
        "farthing_chain_tip_timestamp_seconds",
        "Time of the last block's header, in seconds since 1970.",
        chain -> (double) chain.tip().header().timeSeconds());
    gauge(
        "farthing_initial_download",
        "1 while the node fetches the chain that others have, else 0.",
        () -> source.progress().phase() == NodeProgress.Phase.INITIAL_DOWNLOAD ? 1 : 0);
  }

  private void mempool() {
    ofMempool("farthing_mempool_transactions", "Transactions that wait.", MempoolSnapshot::count);
    ofMempool(
        "farthing_mempool_virtual_bytes",
        "Virtual bytes of all transactions that wait.",
        MempoolSnapshot::virtualSize);
    ofMempool(
        "farthing_mempool_memory_bytes",
        "Memory that the waiting transactions take, about.",
        MempoolSnapshot::usageBytes);
    ofMempool(
        "farthing_mempool_memory_limit_bytes",
        "Memory that they may take.",
        mempool -> (double) mempool.options().maxBytes());
    ofMempool(
        "farthing_mempool_fees_satoshis",
        "Fees of all transactions that wait.",
        MempoolSnapshot::totalFeeSat);
  }

  private void network() {
    GaugeWithCallback.builder()
        .name("farthing_peers")
        .help("Connections to other nodes, by who began them.")
        .labelNames("direction")
        .callback(
            callback -> {
              NodeFigures figures = source.figures();
              callback.call(figures.inbound(), "inbound");
              callback.call(figures.outbound(), "outbound");
            })
        .register(registry);
    CounterWithCallback.builder()
        .name("farthing_p2p_received_bytes_total")
        .help("Bytes that came from other nodes.")
        .callback(callback -> callback.call((double) source.figures().receivedBytes()))
        .register(registry);
    CounterWithCallback.builder()
        .name("farthing_p2p_sent_bytes_total")
        .help("Bytes that went to other nodes.")
        .callback(callback -> callback.call((double) source.figures().sentBytes()))
        .register(registry);
  }

  private void node() {
    gauge("farthing_wallets", "Wallets that are loaded.", () -> source.figures().wallets());
    gauge(
        "farthing_node_thread_lag_seconds",
        "How late the thread is that everything waits for.",
        source::lagSeconds);
    gauge("farthing_uptime_seconds", "Time since the start.", source::uptimeSeconds);
  }

  private void jvm() {
    JvmMemoryMetrics.builder().register(registry);
    JvmGarbageCollectorMetrics.builder().register(registry);
    JvmThreadsMetrics.builder().register(registry);
    JvmBufferPoolMetrics.builder().register(registry);
    ProcessMetrics.builder().register(registry);
  }

  private void ofChain(String name, String help, ToDoubleFunction<ChainSnapshot> value) {
    optional(name, help, source -> source.chain().map(value::applyAsDouble));
  }

  private void ofMempool(String name, String help, ToDoubleFunction<MempoolSnapshot> value) {
    optional(name, help, source -> source.mempool().map(value::applyAsDouble));
  }

  /** Without a value the metric is there, and has no sample. */
  private void optional(String name, String help, Function<MetricsSource, Optional<Double>> value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> value.apply(source).ifPresent(callback::call))
        .register(registry);
  }

  private void gauge(String name, String help, DoubleSupplier value) {
    optional(name, help, source -> Optional.of(value.getAsDouble()));
  }

  /** A block was connected to the chain. */
  public void blockConnected(long nanos) {
    connecting.observe(seconds(nanos));
  }

  /** A block has come one stage further. */
  public void blockReached(BlockStages.Step step) {
    step.sinceLastNanos()
        .ifPresent(nanos -> stages.labelValues(step.stage().label()).observe(seconds(nanos)));
  }

  /** A block was taken back. */
  public void blockDisconnected() {
    disconnected.inc();
  }

  @Override
  public void called(String method, long nanos, boolean failed) {
    calls.labelValues(method).observe(seconds(nanos));
    if (failed) {
      failedCalls.labelValues(method).inc();
    }
  }

  private static double seconds(long nanos) {
    return (double) nanos / (double) TimeUnit.SECONDS.toNanos(1);
  }

  MetricSnapshots snapshot() {
    return registry.scrape();
  }
}
