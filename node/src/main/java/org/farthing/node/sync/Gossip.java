package org.farthing.node.sync;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.farthing.consensus.chain.ChainEvent;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.ChainState;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.node.config.P2pConfig;
import org.farthing.node.config.RelayConfig;
import org.farthing.node.mempool.Mempool;
import org.farthing.node.mempool.MempoolEvent;
import org.farthing.node.mempool.MempoolResult;
import org.farthing.node.peer.AddressBook;
import org.farthing.node.peer.ClockOffsets;
import org.farthing.node.peer.ConnectionKind;
import org.farthing.node.peer.ConnectionPlanner;
import org.farthing.node.peer.Handshake;
import org.farthing.node.peer.LocalAddresses;
import org.farthing.node.peer.Peer;
import org.farthing.node.peer.PeerListener;
import org.farthing.node.peer.PeerTable;
import org.farthing.node.time.Clock;
import org.farthing.node.wire.Addr;
import org.farthing.node.wire.AddrV2;
import org.farthing.node.wire.BlockMessage;
import org.farthing.node.wire.BlockTxn;
import org.farthing.node.wire.CmpctBlock;
import org.farthing.node.wire.FeeFilter;
import org.farthing.node.wire.Headers;
import org.farthing.node.wire.Inv;
import org.farthing.node.wire.InvItem;
import org.farthing.node.wire.Message;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.NotFound;
import org.farthing.node.wire.Ping;
import org.farthing.node.wire.Pong;
import org.farthing.node.wire.SendCmpct;
import org.farthing.node.wire.Services;
import org.farthing.node.wire.StemTx;
import org.farthing.node.wire.TxMessage;
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
      RelayConfig relay,
      P2pConfig.Serving serving,
      long services,
      LocalAddresses locals) {}

  private final Clock clock;
  private final BlockIntake intake;
  private final PeerTable peers;
  private final ConnectionPlanner planner;
  private final InitialDownload initialDownload;
  private final BlockExchange blocks;
  private final OutboundWatch outbound;
  private final Announcer announcer;
  private final FeeFilters feeFilters;
  private final TxRelay transactions;
  private final ExtraTransactions extra;
  private final Serving serving;
  private final AddressRelay addresses;
  private final PrivateBroadcaster privately;
  private final StemRelay stems;
  private final ClockOffsets clockOffsets = new ClockOffsets();

  private final LocalAddresses locals;

  private NetAddress listening;

  public Gossip(
      Subject subject,
      PeerTable peers,
      ConnectionPlanner planner,
      AddressBook book,
      Clock clock,
      Random random) {
    ChainState chain = subject.chain();
    this.initialDownload = subject.initialDownload();
    this.clock = clock;
    this.intake = subject.intake();
    this.peers = peers;
    this.planner = planner;
    Mempool mempool = subject.mempool();
    extra = new ExtraTransactions(subject.serving().extraTransactions());
    blocks = new BlockExchange(subject, shortForm(subject), peers, clock, random);
    blocks.passOnTo(peers::all);
    outbound =
        new OutboundWatch(
            chain, new OutboundWatch.World(peers::all, peers, peers, planner), blocks);
    announcer = new Announcer(mempool, peers, random, subject.relay().perSecond());
    feeFilters = new FeeFilters(mempool, initialDownload, peers, random);
    transactions = new TxRelay(mempool, announcer, initialDownload, peers, random);
    locals = subject.locals();
    long services = subject.services();
    addresses =
        new AddressRelay(
            book,
            peers,
            new AddressRelay.Self(
                locals, services, () -> locals.shares() || !initialDownload.isRunning()),
            random);
    stems =
        new StemRelay(
            Services.has(services, Services.STEMS), mempool, peers, announcer::announce, random);
    announcer.keepQuiet(stems::isQuiet);
    serving = new Serving(subject, blocks, announcer, stems, peers, clock);
    boolean encrypts = Services.has(services, Services.P2P_V2);
    privately = new PrivateBroadcaster(peers, book, encrypts, mempool::test, random);
    initialDownload.update(chain.snapshot(), clock.nowSeconds());
    chain.addListener(this::chainChanged);
    intake.onTipChanged(this::tipChanged);
    mempool.addListener(this::mempoolChanged);
    transactions.onUnwanted(extra::refused);
    peers.listen(this);
  }

  /** A node that wants no transactions knows none of those that will be in the next block. */
  private BlockExchange.ShortForm shortForm(Subject subject) {
    return new BlockExchange.ShortForm(
        new KnownTransactions(subject.mempool(), extra), peers.relaysTransactions());
  }

  /** Others can reach us here; the host is taken from each connection. */
  public void listeningAt(NetAddress address) {
    listening = address;
    locals.listeningAt(address.port());
  }

  /** Who answers for block filters. */
  public FilterServer filterServer() {
    return serving.filterServer();
  }

  public InitialDownload initialDownload() {
    return initialDownload;
  }

  /** Headers and blocks, to us and from us. */
  public BlockExchange blocks() {
    return blocks;
  }

  /** How much is sent in a day. */
  public UploadTarget uploadTarget() {
    return serving.uploadTarget();
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

  /** Transactions, to us and from us. */
  public TxRelay transactions() {
    return transactions;
  }

  /** Takes in a transaction of a caller of ours, and hands it on or announces it. */
  public MempoolResult submit(Transaction transaction) {
    long now = clock.nowMillis();
    return stems.submit(transaction, now, () -> transactions.submit(transaction, now));
  }

  /** Transactions that few are told of. */
  public PrivateBroadcaster privately() {
    return privately;
  }

  public AddressRelay addresses() {
    return addresses;
  }

  /** Lets time act; to be called several times a second. */
  public void tick() {
    long now = clock.nowMillis();
    peers.tick(now);
    serving.tick();
    planner.tick(now);
    blocks.tick(now);
    outbound.tick(now);
    transactions.tick(now);
    announcer.tick(now);
    feeFilters.tick(now);
    privately.tick(now);
    stems.tick(now);
    addresses.tick(now);
  }

  /**
   * Forgets all that was said: what peers know of us, and we of them, belongs to a time that has
   * not happened. Their connections end.
   */
  public void forget(String reason) {
    peers.disconnectAll(reason);
    blocks.forget();
    transactions.disconnected();
  }

  @Override
  public void introduced(Peer peer) {
    if (!peer.isInbound()) {
      long services = peer.version().orElseThrow().services();
      planner.succeeded(peer.address(), services, clock.nowMillis());
      clockOffsets.add(peer.clockOffsetSeconds());
      privately.introduced(peer);
    } else {
      locals.seen(peer.version().orElseThrow().receiver().address());
    }
  }

  @Override
  public void ready(Peer peer) {
    long now = clock.nowMillis();
    if (isPrivate(peer)) {
      privately.ready(peer, now);
      return;
    }
    blocks.ready(peer, now);
    announcer.ready(peer, serving.offersFilters(peer), now);
    feeFilters.ready(peer, peers.relaysTransactions());
    feeFilters.serve(peer, now);
    transactions.ready(peer);
    stems.ready(peer);
    addresses.ready(peer, now);
  }

  private static boolean isPrivate(Peer peer) {
    return peer.kind() == ConnectionKind.PRIVATE_BROADCAST;
  }

  @Override
  public void left(Peer peer) {
    if (isPrivate(peer)) {
      return;
    }
    long now = clock.nowMillis();
    planner.left(peer, now);
    announcer.left(peer);
    stems.left(peer);
    feeFilters.left(peer);
    transactions.left(peer);
    serving.left(peer);
    addresses.left(peer);
    blocks.left(peer, now);
  }

  @Override
  public void writable(Peer peer) {
    serving.writable(peer);
  }

  @Override
  public void received(Peer peer, Message message) {
    long now = clock.nowMillis();
    if (isPrivate(peer)) {
      privately.received(peer, message, now);
      return;
    }
    addresses.flush(peer, now);
    transactions.finish(peer, now);
    handle(peer, message, now);
    if (!peer.isGone()) {
      transactions.serve(peer, now);
      announcer.serve(peer, now);
      feeFilters.serve(peer, now);
    }
  }

  private void handle(Peer peer, Message message, long now) {
    switch (message.type()) {
      case PING -> {
        blocks.settle(peer, now);
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
      case SENDCMPCT -> blocks.compactPeers().said(peer, (SendCmpct) message);
      case FEEFILTER -> announcer.feeFilter(peer, ((FeeFilter) message).satPerKvb());
      case ADDR -> addresses.addresses(peer, ((Addr) message).addresses(), now);
      case ADDRV2 -> addresses.addresses(peer, ((AddrV2) message).addresses(), now);
      case GETADDR -> addresses.asked(peer, now);
      case INV -> inventory(peer, ((Inv) message).items(), now);
      case NOTFOUND -> notFound(peer, ((NotFound) message).items(), now);
      case HEADERS -> blocks.headers(peer, (Headers) message, now);
      case BLOCK -> blocks.block(peer, ((BlockMessage) message).block(), now);
      case CMPCTBLOCK -> blocks.compactBlock(peer, (CmpctBlock) message, now);
      case BLOCKTXN -> blocks.blockTransactions(peer, (BlockTxn) message, now);
      case TX -> transaction(peer, ((TxMessage) message).transaction(), now);
      case STEMTX -> stem(peer, ((StemTx) message).transaction(), now);
      case VERSION -> LOG.debug("redundant version message from {}", peer);
      case VERACK -> LOG.debug("ignoring redundant verack message from {}", peer);
      case WTXIDRELAY, SENDADDRV2, SENDTXRCNCL, FEATURE -> {
        if (peer.handshake().received(message) instanceof Handshake.Step.Refused refused) {
          peers.refuse(peer, refused.reason());
        }
      }
      default -> serving.received(peer, message);
    }
  }

  private void inventory(Peer peer, List<InvItem> items, long now) {
    blocks.inventory(peer, items, now);
    List<InvItem> announced = items.stream().filter(item -> item.type().isTransaction()).toList();
    if (!announced.isEmpty() && !peer.handshake().wantsTransactions()) {
      breach(peer, "transaction (" + announced.get(0).hash() + ") inv");
      return;
    }
    stems.heard(announced.stream().map(InvItem::hash).toList(), now);
    transactions.announced(peer, announced, now);
  }

  private void transaction(Peer peer, Transaction transaction, long now) {
    if (!peer.handshake().wantsTransactions()) {
      breach(peer, "transaction");
      return;
    }
    privately.cameBack(peer, transaction);
    stems.heard(List.of(transaction.txid()), now);
    transactions.received(peer, transaction, now);
  }

  private void stem(Peer peer, Transaction transaction, long now) {
    if (peer.handshake().wantsTransactions() && !initialDownload.isRunning()) {
      stems.received(peer, transaction, now);
    }
  }

  /** We said that we want no transactions (BIP-0037), and yet the peer sent something of them. */
  private void breach(Peer peer, String what) {
    peers.disconnect(peer, what + " sent in violation of protocol, disconnecting " + peer);
  }

  private void notFound(Peer peer, List<InvItem> items, long now) {
    transactions.notFound(
        peer, items.stream().filter(item -> item.type().isTransaction()).toList());
    blocks.notFound(peer, items, now);
  }

  private void chainChanged(ChainEvent event) {
    blocks.chainChanged(event);
    intake.afterwards(
        () -> {
          if (event instanceof ChainEvent.Connected connected) {
            transactions.connected(connected.block().transactions());
          } else {
            transactions.disconnected();
          }
        });
  }

  private void tipChanged(ChainSnapshot snapshot) {
    initialDownload.update(snapshot, clock.nowSeconds());
    transactions.tipChanged();
    outbound.tipChanged(clock.nowMillis());
    blocks.tipChanged(snapshot, peers.all());
  }

  private void mempoolChanged(MempoolEvent event) {
    if (event instanceof MempoolEvent.Removed removed
        && removed.reason() == MempoolEvent.RemovalReason.REPLACED) {
      extra.replaced(removed.entry().transaction());
    }
  }
}
