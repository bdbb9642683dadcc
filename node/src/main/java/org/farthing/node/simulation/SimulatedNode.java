package org.farthing.node.simulation;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.chain.ChainOptions;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.Ledger;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.Script;
import org.farthing.node.app.Environment;
import org.farthing.node.app.MiningService;
import org.farthing.node.app.NodeCore;
import org.farthing.node.app.Payouts;
import org.farthing.node.config.AddressConfig;
import org.farthing.node.config.ChainConfig.Pruning;
import org.farthing.node.config.MinerPolicy;
import org.farthing.node.config.P2pConfig;
import org.farthing.node.config.PrivacyConfig;
import org.farthing.node.config.RelayConfig;
import org.farthing.node.config.Whitelist;
import org.farthing.node.mempool.MempoolOptions;
import org.farthing.node.mining.Foreman;
import org.farthing.node.mining.MiningOptions;
import org.farthing.node.mining.Payout;
import org.farthing.node.peer.ConnectionPlanner;
import org.farthing.node.peer.PeerSources;
import org.farthing.node.sync.InitialDownload;
import org.farthing.node.time.Clock;
import org.farthing.node.wire.NetAddress;

/** The production node, on regtest, on a simulated network and a virtual clock. */
public final class SimulatedNode implements AutoCloseable {
  private static final ConsensusParams PARAMS = ConsensusParams.regtest();
  private static final long BAN_SECONDS = 86_400;
  private static final Pruning KEEPS_ALL = new Pruning(Pruning.Mode.OFF, 0, false);

  /** Where all simulated nodes listen. */
  public static final int PORT = PARAMS.network().ports().p2p();

  /** Where they take connections from Tor. */
  public static final int ONION_PORT = PORT + 1;

  private final String name;
  private final VirtualTime.NodeScheduler scheduler;
  private final SimulatedTransport transport;
  private final Environment world;
  private final NodeCore core;
  private final MiningService miner;

  /** What distinguishes a node. */
  public record Setup(Self self, Chain chain, Reach reach) {
    /**
     * @param seed of its randomness
     * @param clockOffsetMillis by how much its clock is ahead
     * @param blockSeconds how long a miner of power 1 takes for a block on average
     */
    public record Self(String name, long seed, long clockOffsetMillis, double blockSeconds) {}

    /**
     * @param options what its operator believes of the chain
     */
    public record Chain(Pruning pruning, ChainOptions options) {}

    /**
     * Whom it talks to.
     *
     * @param connects hosts that it always connects to
     * @param choosesPeers whether it chooses others from its addresses too
     * @param isOnion it takes connections from Tor, at {@link SimulatedNode#ONION_PORT}
     */
    public record Reach(
        List<String> connects, boolean choosesPeers, PrivacyConfig privacy, boolean isOnion) {
      public Reach {
        connects = List.copyOf(connects);
      }
    }

    /** One that keeps all blocks, chooses its peers, hides nothing and tells the time right. */
    public static Setup of(String name, long seed) {
      return new Setup(
          new Self(name, seed, 0, 600),
          new Chain(KEEPS_ALL, ChainOptions.DEFAULT),
          new Reach(List.of(), true, PrivacyConfig.OPEN, false));
    }

    public Setup connecting(List<String> hosts, boolean choosesOthersToo) {
      return with(new Reach(hosts, choosesOthersToo, reach.privacy(), reach.isOnion()));
    }

    /** One that tells others less, and may be reached through Tor. */
    public Setup hiding(PrivacyConfig privacy, boolean isOnion) {
      return with(new Reach(reach.connects(), reach.choosesPeers(), privacy, isOnion));
    }

    private Setup with(Reach other) {
      return new Setup(self, chain, other);
    }

    public Setup ahead(long millis) {
      return with(new Self(self.name(), self.seed(), millis, self.blockSeconds()));
    }

    public Setup blockEvery(double seconds) {
      return with(new Self(self.name(), self.seed(), self.clockOffsetMillis(), seconds));
    }

    private Setup with(Self other) {
      return new Setup(other, chain, reach);
    }

    public Setup pruning(Pruning wanted) {
      return new Setup(self, new Chain(wanted, chain.options()), reach);
    }

    public Setup with(ChainOptions wanted) {
      return new Setup(self, new Chain(chain.pruning(), wanted), reach);
    }
  }

  /**
   * A node that listens and does nothing else before {@link #start}.
   *
   * @param scheduler made for it alone; the transport's owner
   * @param ledger is closed with the node
   */
  public SimulatedNode(
      VirtualTime time,
      VirtualTime.NodeScheduler scheduler,
      SimulatedTransport transport,
      Setup setup,
      Ledger ledger) {
    this.name = setup.self().name();
    this.scheduler = scheduler;
    this.transport = transport;
    Clock clock = () -> time.nowMillis() + setup.self().clockOffsetMillis();
    Random random = new Random(setup.self().seed());
    world =
        new Environment(
            clock,
            scheduler,
            transport,
            (host, then) -> scheduler.execute(() -> then.accept(List.of(address(host)))),
            Runnable::run,
            random,
            () -> false);
    core = new NodeCore(settings(setup), world, ledger);
    miner =
        new MiningService(
            core,
            world,
            MiningOptions.defaults(),
            Payouts.withoutWallets(PARAMS.network()),
            power ->
                SimulatedSearch.regtest(scheduler, random, setup.self().blockSeconds() / power));
    try {
      core.listen(NetAddress.NONE.withPort(PORT));
      if (setup.reach().isOnion()) {
        core.listenForTor(NetAddress.NONE.withPort(ONION_PORT));
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static NodeCore.Settings settings(Setup setup) {
    return new NodeCore.Settings(
        new NodeCore.ChainSettings(
            PARAMS,
            setup.chain().options(),
            InitialDownload.MAX_TIP_AGE_SECONDS,
            setup.chain().pruning()),
        MempoolOptions.defaults(),
        RelayConfig.DEFAULT,
        new ConnectionPlanner.Plan(
            setup.reach().choosesPeers(),
            setup.reach().connects(),
            List.of(),
            PeerSources.NONE,
            PORT,
            false,
            AddressConfig.NONE.shares()),
        "/Farthing:simulated/",
        new P2pConfig.Peers(
            125,
            50,
            P2pConfig.Patience.USUAL,
            false,
            P2pConfig.Serving.USUAL,
            new Whitelist(List.of()),
            BAN_SECONDS,
            true),
        setup.reach().privacy(),
        AddressConfig.NONE);
  }

  /** A simulated network has no names, only addresses. */
  private static NetAddress address(String host) {
    try {
      return NetAddress.parse(host, PORT);
    } catch (DecodeException e) {
      throw new AssertionError(e);
    }
  }

  /** Begins to connect and to talk, on its next turn. */
  public void start() {
    start(NodeCore.TICK_MILLIS);
  }

  /**
   * The same.
   *
   * @param tickMillis how often time acts on it
   */
  public void start(long tickMillis) {
    scheduler.execute(() -> core.start(tickMillis));
  }

  /**
   * Mines.
   *
   * @param power a block in {@link Setup.Self#blockSeconds} on average for 1, in half of it for 2
   */
  public void mine(int power, Script payout) {
    Foreman.Order order = new Foreman.Order(MinerPolicy.usual(), false, Payout.to(payout));
    scheduler.execute(() -> miner.begin(power, order));
  }

  public void stopMining() {
    scheduler.execute(miner::stop);
  }

  public String name() {
    return name;
  }

  public NodeCore core() {
    return core;
  }

  public MiningService miner() {
    return miner;
  }

  /** The world as the node sees it. */
  public Environment world() {
    return world;
  }

  public SimulatedTransport transport() {
    return transport;
  }

  public VirtualTime.NodeScheduler scheduler() {
    return scheduler;
  }

  /** Where others can reach it. */
  public NetAddress address() {
    return transport.address().withPort(PORT);
  }

  public ChainSnapshot chain() {
    return core.chain().snapshot();
  }

  public BlockHash tip() {
    return chain().tip().hash();
  }

  public int height() {
    return chain().height();
  }

  @Override
  public void close() {
    miner.close();
    transport.close();
    core.close();
    scheduler.stop();
  }

  @Override
  public String toString() {
    return name;
  }
}
