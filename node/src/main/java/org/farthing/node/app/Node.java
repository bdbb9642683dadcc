package org.farthing.node.app;

import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.farthing.consensus.chain.ChainEvent;
import org.farthing.consensus.store.RocksLedger;
import org.farthing.node.config.BindAddress;
import org.farthing.node.config.DataDirectory;
import org.farthing.node.config.NodeConfig;
import org.farthing.node.config.NotifyConfig;
import org.farthing.node.metrics.FlightRecordings;
import org.farthing.node.metrics.MetricsSource;
import org.farthing.node.rpc.electrum.ElectrumServer;
import org.farthing.node.rpc.port.LogPort;
import org.farthing.node.transport.NettyTransport;
import org.farthing.node.wire.NetAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node as a process has it: data directory, threads, sockets, RPC. Several can run in one
 * process. What was started is stopped in the reverse order, also where the start fails half-way.
 */
public final class Node implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Node.class);

  private final NodeConfig config;
  private final Hosting hosting;
  private final LogPort log;
  private final Closers closers = new Closers();
  private final NodeEnd end = new NodeEnd();
  private final NodeVitals vitals =
      new NodeVitals(this::isStopping, () -> end.failure().isPresent());
  private boolean closed;
  private NodeThreads threads;
  private NodeThread thread;
  private NodeClock clock;
  private RealWorld real;
  private NettyTransport transport;
  private Environment world;
  private NodeCore core;
  private OwnerCalls onThread;
  private Optional<RpcDoor> rpc = Optional.empty();
  private Optional<MetricsDoor> metrics = Optional.empty();
  private volatile NodeServices services;
  private NetAddress listening;

  private Node(NodeConfig config, Hosting hosting, LogPort log) {
    this.config = config;
    this.hosting = hosting;
    this.log = log;
  }

  /** A node that is yet to be started, alone in its process. */
  public static Node of(NodeConfig config) {
    return of(config, Hosting.ALONE);
  }

  /** The same for a process whose log can be told what to say. */
  public static Node of(NodeConfig config, LogPort log) {
    return new Node(config, Hosting.ALONE, log);
  }

  /** A node that is yet to be started. */
  public static Node of(NodeConfig config, Hosting hosting) {
    return new Node(config, hosting, new FixedLog(config.log()));
  }

  /**
   * Starts a node, and returns when it answers calls.
   *
   * @throws StartException if it cannot start; nothing is left of the attempt
   */
  public static Node start(NodeConfig config) throws StartException {
    Node node = of(config);
    node.open();
    return node;
  }

  /**
   * Starts the node, and returns when it answers calls, or as soon as it can once it is asked to
   * {@link #stop}; it is to be closed in either case.
   *
   * @throws StartException if it cannot start; nothing is left of the attempt
   */
  public void open() throws StartException {
    try {
      UserAgent.check(config.identity().userAgentComments());
      threads = NodeThreads.of(hosting, config.limits().workerThreads());
      closers.push(threads::close);
      loadAhead();
      if (config.folder().isPresent()) {
        takeFolder(config.data());
      }
      introduce();
      openMetrics();
      if (config.rpc().enabled() && !hosting.embedded()) {
        rpc = Optional.of(openRpc());
      }
      openChain();
      if (!isStopping()) {
        openServices();
      }
    } catch (StartException | RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /** How the node is; to be called before it is opened. */
  public MetricsSource watch() {
    vitals.watch();
    return vitals;
  }

  /** Waits until {@link #stop} is called, by a signal or over RPC, or the node fails. */
  public void awaitStop() throws InterruptedException {
    end.await();
  }

  /** Asks the node to stop and returns at once; any thread may call it. */
  public void stop() {
    end.request();
  }

  /** What the owners of the wallets that were loaded at the start should know. */
  public List<String> startNotices() {
    return services == null ? List.of() : services.startNotices();
  }

  /** What ended the node, if it was not asked to stop. */
  public Optional<Throwable> failure() {
    return end.failure();
  }

  public NodeConfig config() {
    return config;
  }

  /**
   * Where RPC listens on.
   *
   * @throws NoSuchElementException if it is turned off
   * @throws IllegalStateException if it cannot listen now, as it should
   */
  public synchronized int rpcPort() {
    if (rpc.isEmpty() && config.rpc().enabled()) {
      openLate(
          () -> {
            rpc = Optional.of(openRpc());
            answerCalls(rpc.get());
          });
    }
    return rpc.orElseThrow().port();
  }

  /**
   * Where peers can connect to, if it listens.
   *
   * @throws IllegalStateException if it cannot listen now, as it should
   */
  public synchronized Optional<NetAddress> listening() {
    if (listening == null && config.p2p().listen()) {
      openLate(this::listen);
    }
    return Optional.ofNullable(listening);
  }

  /** Opens something. */
  @FunctionalInterface
  private interface Opening {
    void run() throws StartException;
  }

  private void openLate(Opening opening) {
    if (closed || services == null) {
      return;
    }
    try {
      opening.run();
    } catch (StartException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /**
   * What code of the same process can do with the node.
   *
   * @throws IllegalStateException if it is not running
   */
  public synchronized NodeInside inside() {
    if (closed || services == null) {
      throw new IllegalStateException("the node is not running");
    }
    return services.inside(thread);
  }

  private boolean isStopping() {
    return end.isRequested();
  }

  /** Native code is loaded while sockets are opened; what fails then is told when it is needed. */
  private void loadAhead() {
    var unused = CompletableFuture.runAsync(RocksLedger::loadNativeCode, threads.workers());
  }

  private void takeFolder(DataDirectory data) throws StartException {
    DataLock lock = DataLock.take(data);
    closers.push(lock::close);
    RunFile.removeStale(data);
    write(DataDirectory::pid, ProcessHandle.current().pid());
  }

  private void introduce() {
    Object place = config.folder().<Object>map(DataDirectory::folder).orElse("memory");
    LOG.info("Farthing {} on {}, data in {}", userAgent(), config.params().network(), place);
    ChainLog.network(config.params());
  }

  private void openChain() throws StartException {
    thread = new NodeThread(hosting.name(), this::fail);
    onThread = new OwnerCalls(thread);
    closers.push(thread::close);
    clock = new NodeClock(config.identity().mockTimeSeconds());
    real = new RealWorld(config, clock, thread, threads);
    transport = real.transport();
    // For a start that fails before there is a core; otherwise it is closed before the core.
    closers.push(transport::close);
    world = real.around(transport, this::isStopping);
    warmup("Loading block index…");
    core = onThread.get(() -> CoreStart.open(config, world));
    closers.push(() -> onThread.quietly(core::close));
    vitals.opened(core);
    if (!isStopping()) {
      warmup("Verifying blocks…");
      onThread.get(() -> CoreStart.checkLastBlocks(config, core, clock));
    }
  }

  private void openServices() throws StartException {
    // The transport calls into the core: it must be silent before the core is closed.
    closers.push(transport::close);
    if (config.p2p().listen() && !hosting.embedded()) {
      listen();
    }
    PeerFiles files = onThread.get(() -> new PeerFiles(config, core, world).restore());
    closers.push(() -> onThread.quietly(files::close));
    services =
        onThread.get(() -> new NodeServices(config, core, world, clock, end::failedElsewhere));
    closers.push(() -> onThread.quietly(services::close));
    closers.push(() -> onThread.quietly(services::endCalls));
    onThread.get(
        () -> {
          config.chain().stopAtHeight().ifPresent(this::stopAtHeight);
          ChainLog.attach(core);
          core.gossip().blocks().stages().addListener(FlightRecordings::record);
          metrics.ifPresent(door -> door.attach(core));
          core.start();
          I2pService.start(config, core, transport);
          services.start(config);
          files.savePeriodically();
          return core;
        });
    if (rpc.isPresent()) {
      answerCalls(rpc.get());
    }
    if (config.mining().stratum().isPresent()) {
      int port = onThread.get(() -> services.serveStratum(config, threads, thread));
      write(DataDirectory::stratumPort, port);
    }
    if (config.publishing().electrum().isPresent()) {
      serveElectrum(config.publishing().electrum().get());
    }
    vitals.ready(thread, () -> services.wallets().names().size());
    LOG.info("init message: Done loading");
    NotifyConfig commands = config.notifications();
    commands.startup().ifPresent(ShellCommand::run);
    closers.push(() -> ShellCommand.runAndWait(commands.shutdown()));
  }

  private void listen() throws StartException {
    P2pListening.Opened opened = onThread.get(() -> P2pListening.open(config.p2p(), core));
    listening = opened.first();
    if (config.p2p().privacy().tor().isPresent()) {
      TorService tor = onThread.get(() -> real.talkToTor(core, opened.forTor(), world.resolver()));
      closers.push(() -> onThread.quietly(tor::close));
    }
    write(DataDirectory::p2pPort, listening.port());
  }

  private void answerCalls(RpcDoor server) throws StartException {
    services.answer(config, this, server, metrics);
    // Calls that run come to their end while the rest still works; nobody waits for ever.
    closers.push(server::close);
    // On the node's thread: calls that it has begun to do are answered.
    closers.push(() -> onThread.quietly(services::endCalls));
    write(DataDirectory::rpcPort, server.port());
  }

  private void serveElectrum(BindAddress address) throws StartException {
    ElectrumServer server = onThread.get(() -> services.serveElectrum(this, address));
    closers.push(server::close);
    write(DataDirectory::electrumPort, server.port());
  }

  /** The chain grows no further than this: what comes after is not connected any more. */
  private void stopAtHeight(int height) {
    core.chain()
        .addListener(
            event -> {
              if (event instanceof ChainEvent.Connected && event.node().height() >= height) {
                services.refuseCalls();
                stop();
              }
            });
  }

  /** What callers are told until the node is ready. */
  private void warmup(String stage) {
    LOG.info("init message: {}", stage);
    vitals.stage(stage);
    rpc.ifPresent(server -> server.warmup(stage));
  }

  private void openMetrics() throws StartException {
    OptionalInt port = config.publishing().metricsPort();
    if (port.isPresent()) {
      MetricsDoor door = MetricsDoor.open(port.getAsInt(), config, vitals, threads.rpc());
      closers.push(door::close);
      metrics = Optional.of(door);
      write(DataDirectory::metricsPort, door.port());
    }
  }

  private RpcDoor openRpc() throws StartException {
    RpcDoor server = RpcDoor.open(config, threads.rpc());
    closers.push(server::close);
    return server;
  }

  String userAgent() {
    return UserAgent.of(config.identity().userAgentComments());
  }

  LogPort log() {
    return log;
  }

  long uptimeSeconds() {
    return vitals.uptimeSeconds();
  }

  /** For programs that look for a node in its folder, if it has one. */
  private void write(Function<DataDirectory, Path> file, long number) throws StartException {
    if (config.folder().isPresent()) {
      closers.push(RunFile.write(file.apply(config.data()), number)::close);
    }
  }

  private void fail(Throwable reason) {
    end.threadFailed(reason);
    if (services != null) {
      services.endCalls();
    }
    stop();
  }

  /** The clock was set: what is due by the new time is done at once. On the node's thread. */
  void timeChanged() {
    core.gossip().tick();
  }

  /** Lets all timers that run now end this much earlier. On the node's thread. */
  void advanceTimers(long seconds) {
    thread.advance(seconds * 1000);
  }

  /** Stops everything in the reverse order of its start, and waits for it. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    stop();
    closers.runAll();
    LOG.info("Shutdown complete");
  }
}
