package org.farthing.node.app;

import java.io.IOException;
import java.util.List;
import org.farthing.consensus.chain.ChainOptions;
import org.farthing.consensus.chain.ChainState;
import org.farthing.consensus.chain.Ledger;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.node.config.AddressConfig;
import org.farthing.node.config.ChainConfig;
import org.farthing.node.config.P2pConfig;
import org.farthing.node.config.PrivacyConfig;
import org.farthing.node.config.RelayConfig;
import org.farthing.node.mempool.Mempool;
import org.farthing.node.mempool.MempoolChain;
import org.farthing.node.mempool.MempoolOptions;
import org.farthing.node.peer.AddressBook;
import org.farthing.node.peer.BanList;
import org.farthing.node.peer.ConnectionPlanner;
import org.farthing.node.peer.KnownAddress;
import org.farthing.node.peer.LocalAddresses;
import org.farthing.node.peer.LocalIdentity;
import org.farthing.node.peer.Peer;
import org.farthing.node.peer.PeerTable;
import org.farthing.node.peer.Routes;
import org.farthing.node.sync.BlockIntake;
import org.farthing.node.sync.BlockPruning;
import org.farthing.node.sync.Gossip;
import org.farthing.node.sync.InitialDownload;
import org.farthing.node.time.Scheduler;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.Services;

/**
 * A node without process: chain, mempool and gossip in some world, real or simulated. Owned by the
 * thread of the world's scheduler.
 */
public final class NodeCore implements AutoCloseable {
  /** How often time acts on the protocol's machines. */
  public static final long TICK_MILLIS = 100;

  private static final long REPEAT_MILLIS = 10 * 60_000L;
  private static final int REPEAT_SPREAD_MILLIS = 5 * 60_000;

  /** With an older tip, peers that keep the last blocks only might not have the next one. */
  private static final long LIMITED_PEERS_SECONDS = 24 * 60 * 60;

  /**
   * Which chain it has, and how it keeps it.
   *
   * @param maxTipAgeSeconds with an older tip the node still catches up with its network
   */
  public record ChainSettings(
      ConsensusParams params,
      ChainOptions options,
      long maxTipAgeSeconds,
      ChainConfig.Pruning pruning) {}

  /**
   * What distinguishes this node from others.
   *
   * @param peers how many it has, and what some of them may do
   * @param privacy through what it reaches them
   */
  public record Settings(
      ChainSettings chain,
      MempoolOptions mempool,
      RelayConfig relay,
      ConnectionPlanner.Plan plan,
      String userAgent,
      P2pConfig.Peers peers,
      PrivacyConfig privacy,
      AddressConfig addresses) {}

  private final Environment world;
  private final ChainState chain;
  private final Mempool mempool;
  private final BlockIntake intake;
  private final BlockPruning pruning;
  private final AddressBook book;
  private final LocalAddresses locals;
  private final BanList bans;
  private final LocalIdentity identity;
  private final Routes routes;
  private final PeerTable peers;
  private final ConnectionPlanner planner;
  private final Gossip gossip;
  private Scheduler.Timer nextTick;
  private Scheduler.Timer nextRepeat;

  /**
   * Opens the chain on the ledger; nothing moves before {@link #start}.
   *
   * @param ledger is closed with the node
   */
  public NodeCore(Settings settings, Environment world, Ledger ledger) {
    this.world = world;
    chain =
        ChainState.open(
            settings.chain().params(),
            ledger,
            world.workers(),
            settings.chain().options(),
            world.scheduler()::assertOwner,
            world.stopping());
    mempool =
        new Mempool(MempoolChain.of(chain), settings.mempool(), world.scheduler()::assertOwner);
    chain.addListener(mempool::chainEvent);
    intake = new BlockIntake(chain, world.clock(), world.scheduler());
    intake.onTipChanged(snapshot -> mempool.settle(world.clock().nowMillis()));
    pruning = new BlockPruning(settings.chain().pruning(), chain, world.workers());
    identity =
        new LocalIdentity(
            LocalIdentity.services(
                    pruning.isOn(), settings.peers().serving(), settings.plan().encrypts())
                | (settings.privacy().dandelion() ? Services.STEMS : Services.NONE),
            settings.userAgent(),
            () -> chain.snapshot().height(),
            this::isCurrent,
            world.clock());
    book =
        new AddressBook(
            world.random(),
            new AddressBook.Options(
                settings.addresses().knownKey(),
                settings.addresses().checkOneIn(),
                settings.addresses().shares()));
    bans = new BanList(world.clock(), settings.peers().banSeconds());
    routes =
        new Routes(world.resolver(), settings.privacy().reach(), settings.plan().defaultPort());
    peers =
        new PeerTable(world.transport(), routes, identity, world.random(), settings.peers(), bans);
    if (settings.relay().reconcile()) {
      peers.reconcile();
    }
    locals =
        new LocalAddresses(
            new LocalAddresses.Options(
                settings.addresses().discover(), settings.addresses().shares()),
            routes,
            world.random());
    planner = new ConnectionPlanner(settings.plan(), book, peers, locals::isOwn, world.random());
    gossip =
        new Gossip(
            new Gossip.Subject(
                chain,
                intake,
                mempool,
                new InitialDownload(
                    settings.chain().options().minimumChainWork(),
                    settings.chain().maxTipAgeSeconds()),
                settings.relay(),
                settings.peers().serving(),
                identity.services(),
                locals),
            peers,
            planner,
            book,
            world.clock(),
            world.random());
    // After all who look at the blocks of a new tip.
    intake.onTipChanged(pruning::tipChanged);
  }

  /**
   * Accepts connections from now on.
   *
   * @return where, with the port that was taken
   * @throws IOException if it cannot, with the reason for people
   */
  public NetAddress listen(NetAddress local) throws IOException {
    NetAddress bound = world.transport().listen(local, peers);
    gossip.listeningAt(bound);
    return bound;
  }

  /**
   * Accepts connections of which Tor says that they are for our onion service.
   *
   * @return where, with the port that was taken
   * @throws IOException if it cannot, with the reason for people
   */
  public NetAddress listenForTor(NetAddress local) throws IOException {
    NetAddress bound = world.transport().listen(local, peers);
    routes.listensForTor(bound);
    return bound;
  }

  /** Remembers addresses of an earlier run. */
  public void remember(List<KnownAddress> addresses) {
    long now = world.clock().nowMillis();
    for (KnownAddress known : addresses) {
      book.add(known.address(), known.source(), now);
      if (known.tried()) {
        book.succeeded(known.address().address(), now);
      }
    }
  }

  /** Whether the tip is so young that no more than the last 144 blocks can be missing. */
  private boolean isCurrent() {
    long ageSeconds = world.clock().nowSeconds() - chain.snapshot().tip().header().timeSeconds();
    return ageSeconds < LIMITED_PEERS_SECONDS;
  }

  /** Begins to connect and to talk. */
  public void start() {
    start(TICK_MILLIS);
  }

  /** The same, where time acts less often: many nodes in one thread have little of it. */
  public void start(long everyMillis) {
    world.scheduler().assertOwner();
    pruning.tipChanged(chain.snapshot());
    tick(everyMillis);
    repeatLater();
  }

  /** What nobody has asked for is announced again, after 10 to 15 minutes each time. */
  private void repeatLater() {
    long delayMillis = REPEAT_MILLIS + world.random().nextInt(REPEAT_SPREAD_MILLIS);
    nextRepeat =
        world
            .scheduler()
            .after(
                delayMillis,
                () -> {
                  gossip.transactions().repeat(world.clock().nowMillis());
                  repeatLater();
                });
  }

  private void tick(long everyMillis) {
    gossip.tick();
    nextTick = world.scheduler().after(everyMillis, () -> tick(everyMillis));
  }

  /** The handshake with somebody is over. */
  public boolean hasReadyPeer() {
    return peers.all().stream().anyMatch(Peer::isReady);
  }

  public ChainState chain() {
    return chain;
  }

  public Mempool mempool() {
    return mempool;
  }

  public BlockIntake intake() {
    return intake;
  }

  public BlockPruning pruning() {
    return pruning;
  }

  /** What we offer, in bits. */
  public long services() {
    return identity.services();
  }

  public PeerTable peers() {
    return peers;
  }

  /** Whose thread owns the node's state. */
  Scheduler scheduler() {
    return world.scheduler();
  }

  /** The ways to other nodes. */
  public Routes routes() {
    return routes;
  }

  public ConnectionPlanner planner() {
    return planner;
  }

  public Gossip gossip() {
    return gossip;
  }

  public AddressBook book() {
    return book;
  }

  /** Where others reach this node. */
  public LocalAddresses locals() {
    return locals;
  }

  public BanList bans() {
    return bans;
  }

  /** Stops acting and closes the ledger; the transport is the caller's to close, before this. */
  @Override
  public void close() {
    world.scheduler().assertOwner();
    if (nextTick != null) {
      nextTick.cancel();
      nextRepeat.cancel();
    }
    chain.close();
  }
}
