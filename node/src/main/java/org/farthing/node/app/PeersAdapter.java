package org.farthing.node.app;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.node.config.NetPermission;
import org.farthing.node.peer.Call;
import org.farthing.node.peer.ConnectionKind;
import org.farthing.node.peer.Peer;
import org.farthing.node.peer.PeerTable;
import org.farthing.node.peer.TrafficTotals;
import org.farthing.node.rpc.port.PeerInfo;
import org.farthing.node.rpc.port.PeersPort;
import org.farthing.node.sync.AnnouncementBacklog;
import org.farthing.node.sync.Announcer;
import org.farthing.node.sync.UploadTarget;
import org.farthing.node.time.Clock;
import org.farthing.node.wire.Message;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.Version;

/** The connections, as RPC methods see them. On the node thread. */
final class PeersAdapter implements PeersPort {
  private final NodeCore core;
  private final Clock clock;
  private final String userAgent;

  PeersAdapter(NodeCore core, Clock clock, String userAgent) {
    this.core = core;
    this.clock = clock;
    this.userAgent = userAgent;
  }

  private PeerTable table() {
    return core.peers();
  }

  @Override
  public List<PeerInfo> peers() {
    return table().all().stream().filter(peer -> !peer.isGone()).map(this::info).toList();
  }

  private PeerInfo info(Peer peer) {
    return new PeerInfo(
        peer.id(),
        endpoint(peer),
        self(peer),
        times(peer),
        new PeerInfo.Link(peer.connection().encryption(), peer.connection().traffic()),
        sync(peer),
        relay(peer));
  }

  private PeerInfo.Endpoint endpoint(Peer peer) {
    NetAddress address = peer.address();
    boolean isSomewhere = address.isRoutable() || core.routes().isFromTor(peer.connection());
    String network =
        isSomewhere ? core.routes().networkOf(peer.connection()).label() : "not_publicly_routable";
    return new PeerInfo.Endpoint(
        peer.name(),
        peer.connection().local().toString(),
        peer.version()
            .map(version -> version.receiver().address())
            .filter(seen -> !seen.withPort(0).equals(NetAddress.NONE))
            .map(NetAddress::toString),
        network,
        peer.isInbound(),
        peer.kind().label(),
        Arrays.stream(NetPermission.values()).filter(peer::may).map(NetPermission::label).toList());
  }

  private PeerInfo.Self self(Peer peer) {
    return peer.version()
        .map(
            version ->
                new PeerInfo.Self(
                    version.protocol(),
                    version.cleanUserAgent(),
                    version.services(),
                    peer.clockOffsetSeconds(),
                    core.gossip().announcer().relaysTo(peer)))
        .orElse(new PeerInfo.Self(0, "", 0, 0, false));
  }

  private PeerInfo.Times times(Peer peer) {
    var traffic = peer.connection().traffic();
    return new PeerInfo.Times(
        Math.floorDiv(peer.connectedAtMillis(), 1000L),
        seconds(peer, peer.lastSentMillis(), traffic.sent()),
        seconds(peer, peer.lastReceivedMillis(), traffic.received()),
        Math.floorDiv(peer.lastTransactionMillis(), 1000L),
        Math.floorDiv(peer.lastBlockMillis(), 1000L),
        new PeerInfo.Pings(
            micros(peer.ping().lastMillis()),
            micros(peer.ping().minimumMillis()),
            micros(peer.ping().waitingMillis(clock.nowMillis()))));
  }

  /** Keys travel as soon as a connection stands, before any message. */
  private static long seconds(Peer peer, long messageMillis, long bytes) {
    long millis = messageMillis == 0 && bytes > 0 ? peer.connectedAtMillis() : messageMillis;
    return Math.floorDiv(millis, 1000L);
  }

  private static OptionalLong micros(OptionalLong millis) {
    return millis.isPresent() ? OptionalLong.of(millis.getAsLong() * 1000) : OptionalLong.empty();
  }

  private PeerInfo.Sync sync(Peer peer) {
    HeaderNode tip = core.chain().snapshot().tip();
    Optional<HeaderNode> best = core.gossip().blocks().bestKnown(peer);
    return new PeerInfo.Sync(
        core.gossip().blocks().presyncHeight(peer).orElse(-1),
        best.map(HeaderNode::height).orElse(-1),
        best.map(node -> node.forkWith(tip).height()).orElse(-1),
        core.gossip().blocks().inFlight(peer).stream().map(HeaderNode::height).toList(),
        new PeerInfo.CompactBlocks(
            core.gossip().blocks().compactPeers().isChosen(peer),
            core.gossip().blocks().compactPeers().wants(peer)));
  }

  private PeerInfo.Relay relay(Peer peer) {
    return new PeerInfo.Relay(
        core.gossip().announcer().feeFilterOf(peer),
        core.gossip().announcer().waitingFor(peer),
        core.gossip().announcer().lastSequenceOf(peer),
        core.gossip().addresses().isEnabled(peer),
        core.gossip().addresses().processedOf(peer),
        core.gossip().addresses().limitedOf(peer));
  }

  @Override
  public NetworkInfo network() {
    List<LocalAddress> local =
        core.locals().all().stream()
            .map(known -> new LocalAddress(known.address(), known.score()))
            .toList();
    return new NetworkInfo(
        userAgent,
        Version.PROTOCOL,
        core.services(),
        relay(),
        core.gossip().clockOffsets().medianSeconds(),
        table().isActive(),
        local);
  }

  private Relay relay() {
    Announcer announcer = core.gossip().announcer();
    return new Relay(
        table().relaysTransactions(),
        announcer.perSecond(),
        backlog(announcer.inboundBacklog()),
        backlog(announcer.outboundBacklog()));
  }

  private static Backlog backlog(AnnouncementBacklog.Status status) {
    return new Backlog(status.waiting(), status.countTokens(), status.byteTokens());
  }

  @Override
  public Traffic traffic() {
    TrafficTotals.Bytes bytes = table().traffic();
    UploadTarget target = core.gossip().uploadTarget();
    return new Traffic(
        bytes.sent(),
        bytes.received(),
        new DailyTarget(
            target.bytes(),
            target.isReached(),
            !target.isReachedForOldBlocks(),
            target.bytesLeft(),
            target.secondsLeft()));
  }

  @Override
  public boolean add(String address, boolean encrypted) {
    return core.planner().addNode(address, encrypted);
  }

  @Override
  public boolean remove(String address) {
    return core.planner().removeNode(address);
  }

  @Override
  public CompletableFuture<Void> connectOnce(String address, boolean encrypted) {
    return connect(address, ConnectionKind.MANUAL, encrypted);
  }

  @Override
  public Optional<CompletableFuture<Void>> connectChosen(
      String address, String kind, boolean encrypted) {
    ConnectionKind wanted = ConnectionKind.named(kind).orElseThrow();
    return table().hasRoomFor(wanted)
        ? Optional.of(connect(address, wanted, encrypted))
        : Optional.empty();
  }

  private CompletableFuture<Void> connect(String address, ConnectionKind kind, boolean encrypted) {
    CompletableFuture<Void> known = new CompletableFuture<>();
    table()
        .resolve(
            address,
            found -> {
              if (found.isEmpty()) {
                known.complete(null);
                return;
              }
              NetAddress first = found.get(0);
              table().dial(new Call(first, kind, address, encrypted));
              table().whenDialed(first, () -> known.complete(null));
            });
    return known;
  }

  @Override
  public List<AddedNode> added() {
    List<AddedNode> nodes = new ArrayList<>();
    core.planner()
        .namedHosts()
        .forEach((host, last) -> nodes.add(new AddedNode(host, last.flatMap(this::connectionTo))));
    return nodes;
  }

  private Optional<Connected> connectionTo(NetAddress address) {
    return table().all().stream()
        .filter(peer -> peer.isReady() && peer.address().equals(address))
        .findFirst()
        .map(peer -> new Connected(address.toString(), peer.isInbound()));
  }

  @Override
  public boolean disconnect(long peerId) {
    Optional<Peer> peer = table().byId(peerId).filter(found -> !found.isGone());
    peer.ifPresent(found -> table().disconnect(found, "disconnected by the operator"));
    return peer.isPresent();
  }

  @Override
  public boolean disconnect(String address) {
    return table().all().stream()
        .filter(peer -> !peer.isGone() && peer.name().equals(address))
        .findFirst()
        .map(peer -> disconnect(peer.id()))
        .orElse(false);
  }

  @Override
  public Optional<String> fetch(long peerId, HeaderNode block) {
    Optional<Peer> peer = table().byId(peerId);
    return peer.isEmpty()
        ? Optional.of("Peer does not exist")
        : core.gossip().blocks().fetch(peer.get(), block);
  }

  @Override
  public boolean send(long peerId, Message message) {
    Optional<Peer> peer = table().byId(peerId).filter(Peer::isReady);
    peer.ifPresent(found -> table().send(found, message));
    return peer.isPresent();
  }

  @Override
  public void setActive(boolean active) {
    table().setActive(active);
  }

  @Override
  public void ping() {
    table().all().forEach(peer -> peer.ping().request());
  }
}
