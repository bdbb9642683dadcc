package org.farthing.node.app;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.node.mempool.MempoolSnapshot;
import org.farthing.node.metrics.MetricsSource;
import org.farthing.node.metrics.NodeFigures;
import org.farthing.node.metrics.NodeProgress;
import org.farthing.node.metrics.NodeProgress.Phase;
import org.farthing.node.peer.Peer;
import org.farthing.node.peer.TrafficTotals;
import org.farthing.node.time.Scheduler;

/** How a node is. What only its thread knows is looked at each second, if somebody wants it. */
final class NodeVitals implements MetricsSource {
  private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  private final BooleanSupplier stopping;
  private final BooleanSupplier failed;
  private final long startedAtNanos = System.nanoTime();
  private volatile boolean watched;
  private volatile String stage = "";
  private volatile boolean ready;
  private volatile NodeCore core;
  private volatile NodePulse pulse;
  private volatile NodeFigures figures = NodeFigures.NONE;

  NodeVitals(BooleanSupplier stopping, BooleanSupplier failed) {
    this.stopping = stopping;
    this.failed = failed;
  }

  /** Somebody wants to know more than the phase. Before the node is ready. */
  void watch() {
    watched = true;
  }

  void stage(String text) {
    stage = text;
  }

  void opened(NodeCore open) {
    core = open;
  }

  /**
   * Calls are answered from now on.
   *
   * @param thread the node's
   * @param wallets how many are loaded; asked on that thread
   */
  void ready(Scheduler thread, IntSupplier wallets) {
    if (watched) {
      pulse = NodePulse.start(thread, () -> figures = look(wallets.getAsInt()));
    }
    ready = true;
  }

  private NodeFigures look(int wallets) {
    List<Peer> peers = core.peers().all().stream().filter(peer -> !peer.isGone()).toList();
    int inbound = (int) peers.stream().filter(Peer::isInbound).count();
    TrafficTotals.Bytes traffic = core.peers().traffic();
    return new NodeFigures(
        inbound, peers.size() - inbound, traffic.received(), traffic.sent(), wallets);
  }

  @Override
  public NodeProgress progress() {
    Optional<ChainSnapshot> chain = chain();
    Phase phase = phase();
    return new NodeProgress(
        phase,
        phase == Phase.STARTING ? stage : "",
        chain.map(ChainSnapshot::height).orElse(-1),
        chain.map(snapshot -> snapshot.bestHeader().height()).orElse(-1));
  }

  private Phase phase() {
    if (failed.getAsBoolean()) {
      return Phase.FAILED;
    }
    if (stopping.getAsBoolean()) {
      return Phase.STOPPING;
    }
    if (!ready) {
      return Phase.STARTING;
    }
    return core.gossip().initialDownload().isRunning() ? Phase.INITIAL_DOWNLOAD : Phase.READY;
  }

  @Override
  public Optional<ChainSnapshot> chain() {
    return Optional.ofNullable(core).map(open -> open.chain().snapshot());
  }

  @Override
  public Optional<MempoolSnapshot> mempool() {
    return Optional.ofNullable(core).map(open -> open.mempool().snapshot());
  }

  @Override
  public NodeFigures figures() {
    return figures;
  }

  @Override
  public double lagSeconds() {
    NodePulse beating = pulse;
    return beating == null ? 0 : beating.lagNanos() / NANOS_PER_SECOND;
  }

  @Override
  public long uptimeSeconds() {
    return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startedAtNanos);
  }
}
