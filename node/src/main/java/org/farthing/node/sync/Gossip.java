package org.farthing.node.sync;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.farthing.consensus.chain.ChainEvent;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.ChainState;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.validation.Verdict;
import org.farthing.node.mempool.Mempool;
import org.farthing.node.mempool.MempoolEvent;
import org.farthing.node.peer.AddressBook;
import org.farthing.node.peer.ClockOffsets;
import org.farthing.node.peer.ConnectionPlanner;
import org.farthing.node.peer.Peer;
import org.farthing.node.peer.PeerListener;
import org.farthing.node.peer.PeerTable;
import org.farthing.node.time.Clock;
import org.farthing.node.wire.Addr;
import org.farthing.node.wire.AddrV2;
import org.farthing.node.wire.BlockMessage;
import org.farthing.node.wire.FeeFilter;
import org.farthing.node.wire.GetBlocks;
import org.farthing.node.wire.GetCFCheckpt;
import org.farthing.node.wire.GetCFHeaders;
import org.farthing.node.wire.GetCFilters;
import org.farthing.node.wire.GetData;
import org.farthing.node.wire.GetHeaders;
import org.farthing.node.wire.Headers;
import org.farthing.node.wire.Inv;
import org.farthing.node.wire.InvItem;
import org.farthing.node.wire.Message;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.NotFound;
import org.farthing.node.wire.Ping;
import org.farthing.node.wire.Pong;
import org.farthing.node.wire.SendCmpct;
import org.farthing.node.wire.SendHeaders;
import org.farthing.node.wire.Services;
import org.farthing.node.wire.TimedAddress;
import org.farthing.node.wire.TxMessage;
import org.farthing.node.wire.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The conversation with all peers: hands each message to the machine that it concerns, and lets the
 * machines act as time passes.
 */
public final class Gossip implements PeerListener {
  private static final Logger LOG = LoggerFactory.getLogger(Gossip.class);

  /** What the conversation is about. */
  public record Subject(
      ChainState chain,
      BlockIntake intake,
      Mempool mempool,
      InitialDownload initialDownload,
      long services) {}

  private final ChainState chain;
  private final BlockIntake intake;
  private final Clock clock;
  private final PeerTable peers;
  private final ConnectionPlanner planner;
  private final InitialDownload initialDownload;
  private final HeaderSync headers;
  private final BlockDownloader downloader;
  private final BlockAnnouncer blockAnnouncer;
  private final Announcer announcer;
  private final TxRelay transactions;
  private final ChainServer server;
  private final FilterServer filterServer;
  private final AddressRelay addresses;
  private final ClockOffsets clockOffsets = new ClockOffsets();

  /** Who gave blocks that are stored and not connected yet. */
  private final Map<BlockHash, Peer> givers = new HashMap<>();

  private final long services;

  private NetAddress listening;

  public Gossip(
      Subject subject,
      PeerTable peers,
      ConnectionPlanner planner,
      AddressBook book,
      Clock clock,
      Random random) {
    this.chain = subject.chain();
    this.intake = subject.intake();
    this.initialDownload = subject.initialDownload();
    this.services = subject.services();
    this.clock = clock;
    this.peers = peers;
    this.planner = planner;
    Mempool mempool = subject.mempool();
    headers = new HeaderSync(chain, peers, Version.PROTOCOL);
    downloader = new BlockDownloader(chain, headers, peers);
    blockAnnouncer = new BlockAnnouncer(headers, peers);
    announcer = new Announcer(mempool, peers, random);
    transactions = new TxRelay(mempool, announcer, initialDownload, peers);
    boolean isPruning = !Services.has(services, Services.NETWORK);
    server = new ChainServer(chain, mempool, blockAnnouncer, peers, isPruning);
    filterServer = new FilterServer(chain, peers);
    addresses = new AddressRelay(book, peers::isWelcome, peers, random);
    initialDownload.update(chain.snapshot(), clock.nowSeconds());
    chain.addListener(this::chainChanged);
    chain.addFailureListener(this::blockFailed);
    intake.onTipChanged(this::tipChanged);
    mempool.addListener(this::mempoolChanged);
    peers.listen(this);
  }

  /** Others can reach us here; the host is taken from each connection. */
  public void listeningAt(NetAddress address) {
    listening = address;
  }

  /** Who answers for block filters. */
  public FilterServer filterServer() {
    return filterServer;
  }

  public InitialDownload initialDownload() {
    return initialDownload;
  }

  /**
   * No better chain is known than the one that we have, and no answer is awaited that could name
   * one.
   */
  public boolean isCaughtUp() {
    ChainSnapshot snapshot = chain.snapshot();
    return headers.isQuiet()
        && snapshot.bestHeader().chainWork().compareTo(snapshot.tip().chainWork()) <= 0;
  }

  /** By how much the clocks of others differ from ours. */
  public ClockOffsets clockOffsets() {
    return clockOffsets;
  }

  /** Where others can reach us, if we listen. */
  public Optional<NetAddress> listening() {
    return Optional.ofNullable(listening);
  }

  public Announcer announcer() {
    return announcer;
  }

  /** The transactions that wait for their parents. */
  public List<Orphanage.Orphan> orphans() {
    return transactions.orphans();
  }

  public AddressRelay addresses() {
    return addresses;
  }

  /** The header with most work that the peer is known to have. */
  public Optional<HeaderNode> bestKnown(Peer peer) {
    return headers.bestKnown(peer);
  }

  /** The blocks that this peer was asked for and has not sent yet. */
  public List<HeaderNode> inFlight(Peer peer) {
    return downloader.inFlight(peer);
  }

  /**
   * Asks a peer for a block because the operator wants it.
   *
   * @return why not, in Bitcoin Core's words; empty if it was asked
   */
  public Optional<String> fetch(Peer peer, HeaderNode block) {
    return downloader.request(peer, block, clock.nowMillis());
  }

  /** Lets time act; to be called several times a second. */
  public void tick() {
    long now = clock.nowMillis();
    peers.tick(now);
    planner.tick(now);
    headers.tick(now);
    downloader.tick(now);
    transactions.tick(now);
    announcer.tick(now);
  }

  /**
   * Forgets all that was said: what peers know of us, and we of them, belongs to a time that has
   * not happened. Their connections end.
   */
  public void forget(String reason) {
    peers.disconnectAll(reason);
    givers.clear();
    transactions.disconnected();
  }

  @Override
  public void introduced(Peer peer) {
    if (!peer.isInbound()) {
      long services = peer.version().orElseThrow().services();
      planner.succeeded(peer.address(), services, clock.nowMillis());
      clockOffsets.add(peer.clockOffsetSeconds());
    }
  }

  @Override
  public void ready(Peer peer) {
    long now = clock.nowMillis();
    peers.send(peer, new SendHeaders());
    downloader.ready(peer);
    headers.ready(peer, now);
    announcer.ready(peer, now);
    transactions.ready(peer);
    addresses.ready(peer, self(peer, now), now);
  }

  private TimedAddress self(Peer peer, long nowMillis) {
    if (listening == null) {
      return null;
    }
    NetAddress address = peer.connection().local().withPort(listening.port());
    return new TimedAddress(Math.floorDiv(nowMillis, 1000L), services, address);
  }

  @Override
  public void left(Peer peer) {
    long now = clock.nowMillis();
    headers.left(peer, now);
    downloader.left(peer);
    announcer.left(peer);
    blockAnnouncer.left(peer);
    transactions.left(peer, now);
    server.left(peer);
    filterServer.left(peer);
    givers.values().removeIf(peer::equals);
    addresses.left(peer);
    downloader.tick(now);
  }

  @Override
  public void writable(Peer peer) {
    server.serve(peer);
    filterServer.serve(peer);
  }

  @Override
  public void received(Peer peer, Message message) {
    long now = clock.nowMillis();
    switch (message.type()) {
      case PING -> {
        if (message instanceof Ping ping) {
          peers.send(peer, new Pong(ping.nonce()));
        }
      }
      case PONG -> {
        Optional<String> problem =
            message instanceof Pong pong
                ? peer.ping().pong(pong.nonce(), now)
                : peer.ping().pongWithoutNonce();
        problem.ifPresent(text -> LOG.debug("pong {}: {}", peer, text));
      }
      case SENDHEADERS -> peer.preferHeaders();
      case SENDCMPCT -> compactBlocks(peer, (SendCmpct) message);
      case FEEFILTER -> announcer.feeFilter(peer, ((FeeFilter) message).satPerKvb());
      case ADDR -> addresses.addresses(peer, ((Addr) message).addresses(), now);
      case ADDRV2 -> addresses.addresses(peer, ((AddrV2) message).addresses(), now);
      case GETADDR -> addresses.asked(peer);
      case INV -> inventory(peer, ((Inv) message).items(), now);
      case GETDATA -> server.getData(peer, ((GetData) message).items());
      case NOTFOUND -> notFound(peer, ((NotFound) message).items(), now);
      case GETHEADERS -> server.getHeaders(peer, (GetHeaders) message);
      case GETBLOCKS -> server.getBlocks(peer, (GetBlocks) message);
      case GETCFILTERS -> filterServer.getFilters(peer, (GetCFilters) message);
      case GETCFHEADERS -> filterServer.getHeaders(peer, (GetCFHeaders) message);
      case GETCFCHECKPT -> filterServer.getCheckpoints(peer, (GetCFCheckpt) message);
      case HEADERS -> {
        headers.headers(peer, (Headers) message, now);
        fetchAnnounced(peer, (Headers) message, now);
        downloader.fill(peer, now);
      }
      case BLOCK -> block(peer, ((BlockMessage) message).block(), now);
      case TX -> transaction(peer, ((TxMessage) message).transaction(), now);
      case MEMPOOL -> announcer.wantsAll(peer);
      case VERSION, VERACK -> LOG.debug("redundant {} message from {}", message.command(), peer);
      case WTXIDRELAY, SENDADDRV2 ->
          peers.disconnect(peer, message.command() + " received after verack");
      default -> {
        // Other published messages belong to features that we do not offer: nothing is owed.
      }
    }
  }

  private void compactBlocks(Peer peer, SendCmpct message) {
    if (message.announce() > 1) {
      peers.punish(peer, "invalid sendcmpct announce field");
    } else if (message.version() == SendCmpct.WITH_WITNESSES) {
      peer.wantCompactBlocks(message.announce() == 1);
    }
  }

  private void fetchAnnounced(Peer peer, Headers message, long now) {
    message.headers().stream()
        .reduce((earlier, later) -> later)
        .flatMap(last -> chain.headers().find(last.hash()))
        .ifPresent(last -> downloader.announced(peer, last, now));
  }

  private void inventory(Peer peer, List<InvItem> items, long now) {
    items.stream()
        .filter(item -> item.type().isBlock())
        .reduce((earlier, later) -> later)
        .ifPresent(
            last -> {
              headers.announced(peer, (BlockHash) last.hash(), now);
              downloader.fill(peer, now);
            });
    List<InvItem> announced = items.stream().filter(item -> item.type().isTransaction()).toList();
    if (!announced.isEmpty() && !peer.handshake().wantsTransactions()) {
      breach(peer, "transaction (" + announced.get(0).hash() + ") inv");
      return;
    }
    transactions.announced(peer, announced, now);
    transactions.tick(now);
  }

  private void transaction(Peer peer, Transaction transaction, long now) {
    if (!peer.handshake().wantsTransactions()) {
      breach(peer, "transaction");
      return;
    }
    transactions.received(peer, transaction, now);
    transactions.tick(now);
  }

  /** We said that we want no transactions (BIP-0037), and yet the peer sent something of them. */
  private void breach(Peer peer, String what) {
    peers.disconnect(peer, what + " sent in violation of protocol, disconnecting " + peer);
  }

  private void notFound(Peer peer, List<InvItem> items, long now) {
    transactions.notFound(
        peer, items.stream().filter(item -> item.type().isTransaction()).toList(), now);
    items.stream()
        .filter(item -> item.type().isBlock())
        .forEach(item -> downloader.notFound(peer, (BlockHash) item.hash()));
  }

  private void block(Peer peer, Block block, long now) {
    LOG.debug("received block {} {}", block.hash(), peer);
    boolean requested = downloader.received(block.hash(), now);
    boolean known = chain.hasBlock(block.hash());
    givers.put(block.hash(), peer);
    Verdict verdict = requested ? intake.accept(block) : intake.acceptUnrequested(block);
    if (verdict instanceof Verdict.Rejected rejected) {
      givers.remove(block.hash());
      if (Blame.fallsOn(peer, rejected.reason())) {
        downloader.spoiled(peer, block.hash());
        peers.punish(peer, Blame.text(rejected));
      }
    } else {
      if (known || !chain.hasBlock(block.hash())) {
        givers.remove(block.hash());
      } else {
        peer.gaveBlock(now);
      }
      headers.announced(peer, block.hash(), now);
    }
    downloader.fill(peer, now);
  }

  private void chainChanged(ChainEvent event) {
    givers.remove(event.node().hash());
    if (event instanceof ChainEvent.Connected connected) {
      transactions.connected(connected.block().transactions());
      downloader.connected();
    } else {
      transactions.disconnected();
    }
  }

  /** A block broke a rule when its turn came, perhaps long after it was given. */
  private void blockFailed(HeaderNode node, Verdict.Rejected reason) {
    Peer giver = givers.remove(node.hash());
    if (giver != null) {
      peers.punish(giver, "invalid block: " + reason);
    }
  }

  private void tipChanged(ChainSnapshot snapshot) {
    initialDownload.update(snapshot, clock.nowSeconds());
    blockAnnouncer.tipChanged(snapshot, peers.all());
  }

  private void mempoolChanged(MempoolEvent event) {
    if (event instanceof MempoolEvent.Added added) {
      announcer.added(added.entry());
    }
  }
}
