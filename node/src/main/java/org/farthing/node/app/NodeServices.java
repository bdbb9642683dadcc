package org.farthing.node.app;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.farthing.consensus.crypto.Scrypt;
import org.farthing.node.config.BindAddress;
import org.farthing.node.config.MiningConfig;
import org.farthing.node.config.NodeConfig;
import org.farthing.node.indexes.Indexes;
import org.farthing.node.mempool.FeeRate;
import org.farthing.node.mining.ThreadedSearch;
import org.farthing.node.peer.ClockOffsets;
import org.farthing.node.rpc.RpcMethods;
import org.farthing.node.rpc.RpcPorts;
import org.farthing.node.rpc.call.MethodTable;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.electrum.ElectrumServer;
import org.farthing.node.rpc.port.MempoolPort;
import org.farthing.node.rpc.port.MiningPort;
import org.farthing.node.rpc.port.MiningPorts;
import org.farthing.node.rpc.port.NetworkPorts;
import org.farthing.node.rpc.port.OrphansPort;
import org.farthing.node.rpc.port.PeersPort;
import org.farthing.node.sync.BlockFilters;
import org.farthing.node.time.Scheduler;
import org.farthing.node.wallets.NodeAccess;
import org.farthing.node.wallets.WalletHome;
import org.farthing.node.wallets.WalletRegistry;
import org.farthing.wallet.WalletContext;
import org.farthing.wallet.WalletOptions;
import org.farthing.wallet.error.WalletException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What stands on a node's core: its miner, its wallets, and the methods that programs call. */
final class NodeServices implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NodeServices.class);

  private static final String CLOCK_OUT_OF_SYNC =
      "Your computer's date and time appear to be more than "
          + ClockOffsets.ALARMING_SECONDS / 60
          + " minutes out of sync with the network, this may lead to consensus failure. Check your"
          + " computer's clock. The warning goes when enough new peers have told another time;"
          + " getpeerinfo and getnetworkinfo say by how much the clocks differ (timeoffset).";

  private final NodeCore core;
  private final Environment world;
  private final NodeClock clock;
  private final Payouts payouts;
  private final MiningService mining;
  private final WalletRegistry wallets;
  private final Indexes indexes;
  private final NodeCalls calls;
  private final Warnings warnings;
  private final TipWaiters tipWaiters;
  private final CatchUpPace pace;
  private final Publishing publishing;
  private final Optional<FeeKeeping> fees;
  private final MempoolKeeping keeping;
  private final PeersPort peers;
  private final boolean isPrivate;
  private volatile List<String> startNotices = List.of();
  private Optional<StratumService> stratum = Optional.empty();

  /**
   * To be made on the node thread.
   *
   * @param onFailure told, on any thread, of what ended something that the node cannot do without
   */
  NodeServices(
      NodeConfig config,
      NodeCore core,
      Environment world,
      NodeClock clock,
      Consumer<Throwable> onFailure) {
    this.core = core;
    this.world = world;
    this.clock = clock;
    this.calls = new NodeCalls(world.scheduler());
    this.tipWaiters = new TipWaiters(core.chain()::snapshot, world.scheduler());
    this.pace = CatchUpPace.over(core);
    this.warnings = new Warnings(text -> ShellCommand.at(text, config.notifications().alert()));
    ChainWatch.over(core, warnings);
    core.gossip().clockOffsets().onChange(this::compareClocks);
    config.notifications().block().ifPresent(command -> runAtTips(core, command));
    this.publishing = new Publishing(config, core, world, onFailure);
    this.fees = FeeKeeping.open(config, core, world);
    this.keeping = new MempoolKeeping(config, core, world);
    this.indexes = IndexStart.open(config, core, onFailure);
    Optional<BlockFilters> filters = BlockFiltersAdapter.of(indexes);
    this.wallets = openWallets(config, core, world, filters, patientRate(fees));
    config
        .notifications()
        .wallet()
        .ifPresent(
            command ->
                wallets
                    .loaded()
                    .listen(
                        (wallet, transaction) -> ShellCommand.at(wallet, transaction, command)));
    this.isPrivate = config.p2p().privacy().privateBroadcast();
    this.peers = new PeersAdapter(core, clock, UserAgent.of(config.identity().userAgentComments()));
    if (config.p2p().peers().serving().blockFilters()) {
      core.gossip().filterServer().offer(filters.orElseThrow());
    }
    this.payouts = Payouts.with(config.params().network(), wallets);
    this.mining =
        new MiningService(
            core,
            world,
            MiningPolicy.of(config.mining().templates(), config.params()),
            payouts,
            threads -> found -> new ThreadedSearch(threads, world.random().nextLong(), found));
  }

  /** Others' clocks say that ours is wrong, or not any more. */
  private void compareClocks(long medianSeconds) {
    if (Math.abs(medianSeconds) <= ClockOffsets.ALARMING_SECONDS) {
      warnings.unset(Warnings.Kind.CLOCK_OUT_OF_SYNC);
    } else {
      LOG.warn(CLOCK_OUT_OF_SYNC);
      warnings.set(Warnings.Kind.CLOCK_OUT_OF_SYNC, CLOCK_OUT_OF_SYNC);
    }
  }

  /** As long as the node catches up, its tip is no news. */
  private static void runAtTips(NodeCore core, String command) {
    core.intake()
        .onTipChanged(
            chain -> {
              if (!core.gossip().initialDownload().isRunning()) {
                ShellCommand.at(chain.tip().hash(), command);
              }
            });
  }

  private static Supplier<Optional<Long>> patientRate(Optional<FeeKeeping> fees) {
    return () ->
        fees.map(FeeKeeping::estimates)
            .flatMap(known -> known.estimate(WalletOptions.Fees.HIGHEST_TARGET, false).rate())
            .map(FeeRate::satPerKvb);
  }

  /** The wallets of a node, which follow its chain and its mempool. */
  private static WalletRegistry openWallets(
      NodeConfig config,
      NodeCore core,
      Environment world,
      Optional<BlockFilters> filters,
      Supplier<Optional<Long>> patientRate) {
    NodeAccess access =
        new NodeAccess(
                core.chain()::snapshot, core.mempool()::snapshot, core.gossip()::submit, filters)
            .withPatientRate(patientRate)
            .withWorkers(world.workers());
    Scheduler scheduler = world.scheduler();
    WalletContext context =
        new WalletContext(
            config.params(),
            access,
            access,
            world.clock()::nowSeconds,
            world.random(),
            config.wallets().options(Scrypt.Cost.INTERACTIVE),
            scheduler::assertOwner);
    WalletHome home =
        config
            .folder()
            .map(data -> WalletHome.inFolder(data.wallets(), data.settings()))
            .orElseGet(WalletHome::inMemory);
    WalletRegistry wallets = new WalletRegistry(home, context, scheduler);
    core.chain().addListener(wallets.loaded()::chainChanged);
    core.pruning().spareAfter("wallets", wallets.loaded()::lastRead);
    core.mempool().addListener(wallets.loaded()::mempoolChanged);
    return wallets;
  }

  /** What whoever started the node should see; on any thread. */
  List<String> startNotices() {
    return startNotices;
  }

  /**
   * Loads the wallets and begins to mine, as the configuration asks. On the node thread.
   *
   * @throws StartException if there is nobody to mine for
   */
  void start(NodeConfig config) throws StartException {
    IndexStart.start(indexes);
    if (config.wallets().enabled()) {
      wallets.warn(config.wallets().warnings());
      wallets.start(config.wallets().names());
      startNotices = wallets.names().isEmpty() ? List.of() : wallets.warnings();
    }
    // After all others: who has waited for a tip is to find everything that follows from it.
    core.intake().onTipChanged(tipWaiters::tipChanged);
    keeping.start();
    MiningConfig wanted = config.mining();
    mining.usually(
        new MiningService.Usual(wanted.payout(), wanted.policy(), wanted.pauseWhenIdle()));
    if (wanted.threads() > 0) {
      try {
        mining.begin(
            new MiningPort.Wanted(
                wanted.threads(), Optional.empty(), Optional.empty(), Optional.empty()));
      } catch (WalletException e) {
        throw new StartException("Cannot mine: " + e.getMessage(), e);
      }
    }
  }

  /** Lets programs call from now on. */
  void answer(NodeConfig config, Node node, RpcDoor door, Optional<MetricsDoor> metrics) {
    RpcPorts ports = ports(node);
    MethodTable methods =
        config.wallets().enabled() ? RpcMethods.table(ports, wallets) : RpcMethods.table(ports);
    metrics.ifPresent(watching -> watching.attach(methods));
    door.ready(ports, methods, publishing.events());
  }

  /** Lets clients of the Electrum protocol ask from now on. On the node thread. */
  ElectrumServer serveElectrum(Node node, BindAddress address) throws StartException {
    RpcPorts ports = ports(node);
    return ElectrumStart.open(address, core, ports, RpcMethods.table(ports), node.userAgent());
  }

  /**
   * Lets miners of other programs work for the node from now on. On the node thread.
   *
   * @return the TCP port
   */
  int serveStratum(NodeConfig config, NodeThreads threads, NodeThread thread)
      throws StartException {
    StratumService service =
        StratumService.open(
            new StratumService.Ground(core, world, mining, payouts),
            config.mining(),
            threads,
            thread);
    stratum = Optional.of(service);
    return service.port();
  }

  NodeInside inside(NodeThread thread) {
    return new NodeInside(this, core, clock, thread, calls);
  }

  NodeMarks marks() {
    return new NodeMarks(core, clock, wallets, indexes, warnings);
  }

  MempoolPort mempool() {
    return new MempoolAdapter(core, keeping, clock);
  }

  PeersPort peers() {
    return peers;
  }

  WalletRegistry wallets() {
    return wallets;
  }

  private List<OrphansPort.Orphan> orphans() {
    return core.gossip().transactions().orphans().stream()
        .map(orphan -> new OrphansPort.Orphan(orphan.transaction(), orphan.peers()))
        .toList();
  }

  private RpcPorts ports(Node node) {
    return new RpcPorts(
        new NodeAdapter(node, clock, warnings, publishing.zmqAddresses()),
        new ChainAdapter(core, clock, pace, tipWaiters),
        new BranchesAdapter(core, clock),
        mempool(),
        new FeesAdapter(fees.map(FeeKeeping::estimates)),
        new NetworkPorts(
            peers,
            new BansAdapter(core),
            new AddressesAdapter(core, clock),
            this::orphans,
            new PrivacyAdapter(core, clock, isPrivate)),
        new MiningPorts(mining, () -> stratum.map(StratumService::report)),
        new PruningAdapter(core.pruning()),
        indexes,
        calls);
  }

  /** Nothing new is done for callers, who might let the chain grow. */
  void refuseCalls() {
    calls.refuseNew();
  }

  /** Calls that wait for the node thread fail from now on; those that wait for a tip end. */
  void endCalls() {
    tipWaiters.close();
    calls.close();
  }

  /** On the node thread. */
  @Override
  public void close() {
    stratum.ifPresent(StratumService::close);
    mining.close();
    wallets.close();
    keeping.close();
    indexes.close();
    publishing.close();
    fees.ifPresent(FeeKeeping::close);
  }
}
