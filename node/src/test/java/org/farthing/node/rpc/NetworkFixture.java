package org.farthing.node.rpc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.node.peer.AddressBook;
import org.farthing.node.peer.BanList;
import org.farthing.node.rpc.port.AddressesPort;
import org.farthing.node.rpc.port.BansPort;
import org.farthing.node.rpc.port.NetworkPorts;
import org.farthing.node.rpc.port.OrphansPort;
import org.farthing.node.rpc.port.PeerInfo;
import org.farthing.node.rpc.port.PeersPort;
import org.farthing.node.rpc.port.PrivacyPort;
import org.farthing.node.time.Clock;
import org.farthing.node.wire.AddressNetwork;
import org.farthing.node.wire.Message;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.NetRange;
import org.farthing.node.wire.TimedAddress;

/** The network as methods see it: real bans and addresses, and peers that a test makes up. */
final class NetworkFixture {
  static final long USUAL_BAN_SECONDS = 86_400;

  private final Clock clock;
  final BanList bans;
  final AddressBook book = new AddressBook(new Random(1));
  final List<PeerInfo> peers = new ArrayList<>();
  final List<AddedNode> added = new ArrayList<>();

  /** What was asked for, one line each. */
  final List<String> deeds = new ArrayList<>();

  final List<OrphansPort.Orphan> orphans = new ArrayList<>();
  final List<NetRange> disconnected = new ArrayList<>();
  boolean active = true;
  boolean hasRoom = true;

  /** As it was given. */
  record AddedNode(String name) {}

  final List<PrivacyPort.Sending> sendings = new ArrayList<>();
  boolean isPrivate;
  boolean canHide = true;

  NetworkFixture(Clock clock) {
    this.clock = clock;
    this.bans = new BanList(clock, USUAL_BAN_SECONDS);
  }

  NetworkPorts ports() {
    return new NetworkPorts(new Peers(), new Bans(), new Addresses(), () -> orphans, new Privacy());
  }

  /** IPv4 directly, Tor through a proxy. */
  private final class Privacy implements PrivacyPort {
    @Override
    public boolean isPrivate() {
      return isPrivate;
    }

    @Override
    public boolean canHide() {
      return canHide;
    }

    @Override
    public boolean send(Transaction transaction) {
      return sendings.size() < 2
          && sendings.add(
              new Sending(
                  transaction,
                  1_700_000_000,
                  998,
                  List.of(
                      new Delivery("192.0.2.1:8333", 1_700_000_001, OptionalLong.empty()),
                      new Delivery(
                          "192.0.2.2:8333", 1_700_000_002, OptionalLong.of(1_700_000_003)))));
    }

    @Override
    public List<Sending> sendings() {
      return List.copyOf(sendings);
    }

    @Override
    public List<Transaction> abort(String id) {
      List<Transaction> aborted =
          sendings.stream()
              .map(Sending::transaction)
              .filter(transaction -> transaction.txid().toString().equals(id))
              .toList();
      sendings.removeIf(sending -> aborted.contains(sending.transaction()));
      return aborted;
    }

    @Override
    public List<Way> ways() {
      return Arrays.stream(AddressNetwork.values())
          .map(
              network ->
                  network == AddressNetwork.TORV3
                      ? new Way(network, true, Optional.of("127.0.0.1:9050"), true)
                      : new Way(network, network.hasSockets(), Optional.empty(), false))
          .toList();
    }
  }

  private final class Peers implements PeersPort {
    private boolean isThere(long id) {
      return peers.stream().anyMatch(peer -> peer.id() == id);
    }

    @Override
    public List<PeerInfo> peers() {
      return peers;
    }

    @Override
    public NetworkInfo network() {
      Relay relay =
          new Relay(true, 14, new Backlog(2, 418.5, 11e6), new Backlog(0, 420, 12_000_000));
      return new NetworkInfo(
          "/Farthing:0.1.0/",
          70016,
          9,
          relay,
          3,
          active,
          List.of(
              new LocalAddress(
                  NetAddress.of(AddressNetwork.IPV4, new byte[] {(byte) 192, 0, 2, 1}, 18444), 1)));
    }

    @Override
    public Traffic traffic() {
      return new Traffic(1234, 5678, new DailyTarget(9000, false, true, 7766, 55));
    }

    @Override
    public boolean add(String address, boolean encrypted) {
      boolean isNew = added.stream().noneMatch(node -> node.name().equals(address));
      return isNew && added.add(new NetworkFixture.AddedNode(address));
    }

    @Override
    public boolean remove(String address) {
      return added.removeIf(node -> node.name().equals(address));
    }

    @Override
    public CompletableFuture<Void> connectOnce(String address, boolean encrypted) {
      deeds.add("connect " + address);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public Optional<CompletableFuture<Void>> connectChosen(
        String address, String kind, boolean encrypted) {
      deeds.add(kind + " " + address);
      return hasRoom ? Optional.of(CompletableFuture.completedFuture(null)) : Optional.empty();
    }

    @Override
    public List<PeersPort.AddedNode> added() {
      return added.stream()
          .map(node -> new PeersPort.AddedNode(node.name(), Optional.empty()))
          .toList();
    }

    @Override
    public boolean disconnect(long peerId) {
      deeds.add("disconnect " + peerId);
      return isThere(peerId);
    }

    @Override
    public boolean disconnect(String address) {
      deeds.add("disconnect " + address);
      return peers.stream().anyMatch(peer -> peer.endpoint().address().equals(address));
    }

    @Override
    public Optional<String> fetch(long peerId, HeaderNode block) {
      return isThere(peerId) ? Optional.empty() : Optional.of("Peer does not exist");
    }

    @Override
    public boolean send(long peerId, Message message) {
      deeds.add("send " + message);
      return isThere(peerId);
    }

    @Override
    public void setActive(boolean wanted) {
      active = wanted;
    }

    @Override
    public void ping() {
      deeds.add("ping");
    }
  }

  private final class Bans implements BansPort {
    @Override
    public List<Ban> all() {
      return bans.all().stream()
          .map(ban -> new Ban(ban.range(), ban.createdSeconds(), ban.untilSeconds()))
          .toList();
    }

    @Override
    public boolean isBanned(NetRange range) {
      return bans.isBanned(range);
    }

    @Override
    public boolean isBanned(NetAddress address) {
      return bans.isBanned(address);
    }

    @Override
    public void banFor(NetRange range, long seconds) {
      bans.banFor(range, seconds);
      disconnected.add(range);
    }

    @Override
    public void banUntil(NetRange range, long untilSeconds) {
      bans.banUntil(range, untilSeconds);
      disconnected.add(range);
    }

    @Override
    public boolean unban(NetRange range) {
      return bans.unban(range);
    }

    @Override
    public void clear() {
      bans.clear();
    }
  }

  private final class Addresses implements AddressesPort {
    @Override
    public List<TimedAddress> sample(int count, Optional<AddressNetwork> network) {
      return book.sample(count, 0, network, clock.nowMillis());
    }

    @Override
    public List<Known> all() {
      return book.all().stream()
          .map(
              known ->
                  new Known(
                      known.address(),
                      known.source(),
                      known.tried(),
                      known.bucket(),
                      known.position()))
          .toList();
    }

    @Override
    public Count count(AddressNetwork network) {
      return new Count(book.freshCount(network), book.triedCount(network));
    }

    @Override
    public boolean add(NetAddress address) {
      return book.add(new TimedAddress(clock.nowSeconds(), 9, address), address, clock.nowMillis());
    }

    @Override
    public boolean markTried(NetAddress address) {
      return book.succeeded(address, clock.nowMillis());
    }
  }
}
