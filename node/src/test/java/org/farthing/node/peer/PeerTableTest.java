package org.farthing.node.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.node.config.NetPermission;
import org.farthing.node.config.P2pConfig;
import org.farthing.node.config.ReachConfig;
import org.farthing.node.config.Subnet;
import org.farthing.node.config.Whitelist;
import org.farthing.node.simulation.SimulatedNetwork;
import org.farthing.node.simulation.SimulatedTransport;
import org.farthing.node.simulation.VirtualTime;
import org.farthing.node.transport.Connection;
import org.farthing.node.transport.ConnectionHandler;
import org.farthing.node.wire.Message;
import org.farthing.node.wire.MessageType;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.NetRange;
import org.farthing.node.wire.Services;
import org.farthing.node.wire.UnknownMessage;
import org.farthing.node.wire.Verack;
import org.farthing.node.wire.Version;
import org.junit.jupiter.api.Test;

/** Who is let in, who is called, and what becomes of them. */
class PeerTableTest {
  private static final long ALL_SERVICES = Services.NETWORK | Services.WITNESS;
  private static final Subnet ALL_OF_IPV4 = new Subnet(BigInteger.ZERO, 32, 0);

  private final VirtualTime time = new VirtualTime(1_700_000_000_000L);
  private final SimulatedNetwork network =
      new SimulatedNetwork(time, SimulatedNetwork.Settings.of(1));
  private final SimulatedTransport host = network.newHost(time.newScheduler());
  private final BanList bans = new BanList(time, 1000);
  private final List<String> events = new ArrayList<>();

  /** Somebody at the other end of connections, who shakes hands. */
  private final class Stranger implements ConnectionHandler {
    final SimulatedTransport transport = network.newHost(time.newScheduler());
    final List<Message> heard = new ArrayList<>();
    long services = ALL_SERVICES;
    Connection connection;
    boolean isClosed;

    NetAddress address() {
      return transport.address().withPort(8333);
    }

    Stranger call(NetAddress to) {
      transport.connect(to, false, this, 1_000);
      time.runFor(1_000);
      return this;
    }

    Stranger listen() throws IOException {
      transport.listen(NetAddress.NONE.withPort(8333), this);
      return this;
    }

    Version version() {
      return (Version)
          heard.stream().filter(message -> message.type() == MessageType.VERSION).findFirst().get();
    }

    boolean isConnected() {
      return connection != null && !isClosed;
    }

    @Override
    public void connected(Connection newConnection) {
      connection = newConnection;
      isClosed = false;
      connection.send(
          new Version(
              Version.PROTOCOL,
              services,
              time.nowSeconds() + 5,
              Version.Endpoint.NONE,
              Version.Endpoint.NONE,
              7,
              new Version.Client("/stranger/", 0, true)));
      connection.send(new Verack());
    }

    @Override
    public void received(Connection from, Message message) {
      heard.add(message);
    }

    @Override
    public void closed(Connection gone, String reason) {
      isClosed = true;
    }

    @Override
    public void failed(NetAddress to, String reason) {
      throw new AssertionError(reason);
    }
  }

  private PeerTable table(int maxConnections, NetPermission... permissions) throws IOException {
    Whitelist whitelist =
        new Whitelist(
            permissions.length == 0
                ? List.of()
                : List.of(new Whitelist.Rule(ALL_OF_IPV4, Set.of(permissions), true, false)));
    PeerTable table =
        new PeerTable(
            host,
            new Routes((name, then) -> {}, ReachConfig.DIRECT, 8333),
            new LocalIdentity(LocalIdentity.ALL_BLOCKS, "/test/", () -> 0, () -> false, time),
            new Random(1),
            new P2pConfig.Peers(
                maxConnections,
                100,
                P2pConfig.Patience.USUAL,
                false,
                P2pConfig.Serving.USUAL,
                whitelist,
                1000,
                true),
            bans);
    table.listen(
        new PeerListener() {
          @Override
          public void introduced(Peer peer) {
            events.add("introduced " + peer.kind().label());
          }

          @Override
          public void ready(Peer peer) {
            events.add("ready " + peer.kind().label());
          }

          @Override
          public void received(Peer peer, Message message) {}

          @Override
          public void writable(Peer peer) {}

          @Override
          public void left(Peer peer) {
            events.add("left " + peer.kind().label());
          }
        });
    host.listen(NetAddress.NONE.withPort(8333), table);
    return table;
  }

  private NetAddress here() {
    return host.address().withPort(8333);
  }

  @Test
  void whoIsBannedIsNotLetIn() throws IOException {
    PeerTable table = table(125);
    Stranger stranger = new Stranger();
    bans.banFor(NetRange.of(stranger.address()), 100);
    assertThat(stranger.call(here()).isConnected()).isFalse();
    assertThat(table.all()).isEmpty();
    time.runFor(101_000);
    assertThat(stranger.call(here()).isConnected()).isTrue();
  }

  @Test
  void whoIsSparedIsLetInThoughBanned() throws IOException {
    table(125, NetPermission.NOBAN);
    Stranger stranger = new Stranger();
    bans.banFor(NetRange.of(stranger.address()), 100);
    assertThat(stranger.call(here()).isConnected()).isTrue();
  }

  @Test
  void aBanEndsConnections() throws IOException {
    PeerTable table = table(125);
    Stranger first = new Stranger().call(here());
    Stranger second = new Stranger().call(here());
    table.disconnect(NetRange.of(first.address()), "test");
    time.runFor(1_000);
    assertThat(first.isConnected()).isFalse();
    assertThat(second.isConnected()).isTrue();
  }

  /** Of 13 connections eleven are for those that we choose. */
  @Test
  void thereIsRoomForSoManyWhoCall() throws IOException {
    PeerTable table = table(13);
    assertThat(new Stranger().call(here()).isConnected()).isTrue();
    Stranger discouraged = new Stranger();
    bans.discourage(discouraged.address());
    assertThat(discouraged.call(here()).isConnected()).as("the last place").isFalse();
    assertThat(new Stranger().call(here()).isConnected()).isTrue();
    assertThat(new Stranger().call(here()).isConnected()).isFalse();
    assertThat(table.all()).hasSize(2);
  }

  @Test
  void whoMisbehavesIsDiscouraged() throws IOException {
    PeerTable table = table(125);
    Stranger bad = new Stranger().call(here());
    table.punish(table.all().iterator().next(), "test");
    time.runFor(1_000);
    assertThat(bad.isConnected()).isFalse();
    assertThat(bans.isDiscouraged(bad.address())).isTrue();
    assertThat(table.isWelcome(bad.address())).isFalse();
    assertThat(bad.call(here()).isConnected()).as("where there is room").isTrue();
  }

  @Test
  void withoutNetworkNobodyIsThere() throws IOException {
    PeerTable table = table(125);
    Stranger before = new Stranger().call(here());
    table.setActive(false);
    time.runFor(1_000);
    assertThat(before.isConnected()).isFalse();
    assertThat(new Stranger().call(here()).isConnected()).isFalse();
    Stranger called = new Stranger().listen();
    table.dial(Call.to(called.address(), ConnectionKind.MANUAL));
    time.runFor(1_000);
    assertThat(called.connection).isNull();
    assertThat(table.slots(ConnectionKind.OUTBOUND)).isZero();
    table.setActive(true);
    table.dial(Call.to(called.address(), ConnectionKind.MANUAL));
    time.runFor(1_000);
    assertThat(called.isConnected()).isTrue();
  }

  @Test
  void aPeerForBlocksAloneIsAskedForNoTransactions() throws IOException {
    PeerTable table = table(125);
    Stranger called = new Stranger().listen();
    table.dial(Call.to(called.address(), ConnectionKind.BLOCK_RELAY));
    time.runFor(1_000);
    assertThat(called.version().client().relay()).isFalse();
    assertThat(events).containsExactly("introduced block-relay-only", "ready block-relay-only");
  }

  @Test
  void aFeelerEndsWhenSomebodyIsThere() throws IOException {
    PeerTable table = table(125);
    Stranger called = new Stranger().listen();
    table.dial(Call.to(called.address(), ConnectionKind.FEELER));
    time.runFor(1_000);
    assertThat(called.version().client().relay()).isFalse();
    assertThat(events).containsExactly("introduced feeler");
    assertThat(called.isConnected()).isFalse();
    assertThat(table.all()).isEmpty();
  }

  @Test
  void whoIsChosenMustHaveBlocks() throws IOException {
    PeerTable table = table(125);
    for (ConnectionKind kind :
        List.of(ConnectionKind.OUTBOUND, ConnectionKind.BLOCK_RELAY, ConnectionKind.ADDR_FETCH)) {
      Stranger called = new Stranger().listen();
      called.services = Services.WITNESS | Services.NETWORK_LIMITED;
      table.dial(Call.to(called.address(), kind));
      time.runFor(1_000);
      assertThat(called.isConnected()).isFalse();
    }
    Stranger named = new Stranger().listen();
    named.services = Services.NONE;
    table.dial(new Call(named.address(), ConnectionKind.MANUAL, "a friend", false));
    time.runFor(1_000);
    assertThat(named.isConnected()).isTrue();
    assertThat(table.all()).extracting(Peer::name).containsExactly("a friend");
  }

  @Test
  void whoIsAskedForAddressesHasNotForEver() throws IOException {
    PeerTable table = table(125);
    Stranger called = new Stranger().listen();
    table.dial(Call.to(called.address(), ConnectionKind.ADDR_FETCH));
    time.runFor(1_000);
    long connectedAt = table.all().iterator().next().connectedAtMillis();
    table.tick(connectedAt + 300_000);
    assertThat(table.all().iterator().next().isGone()).isFalse();
    table.tick(connectedAt + 300_001);
    assertThat(table.all().iterator().next().isGone()).isTrue();
  }

  @Test
  void soManyMayBeChosen() throws IOException {
    PeerTable table = table(125);
    for (int i = 0; i < 2; i++) {
      assertThat(table.hasRoomFor(ConnectionKind.BLOCK_RELAY)).isTrue();
      table.dial(Call.to(new Stranger().listen().address(), ConnectionKind.BLOCK_RELAY));
    }
    assertThat(table.hasRoomFor(ConnectionKind.BLOCK_RELAY)).isFalse();
    for (int i = 0; i < 8; i++) {
      assertThat(table.hasRoomFor(ConnectionKind.OUTBOUND)).isTrue();
      table.dial(Call.to(new Stranger().listen().address(), ConnectionKind.OUTBOUND));
    }
    assertThat(table.hasRoomFor(ConnectionKind.OUTBOUND)).isFalse();
    assertThat(table.hasRoomFor(ConnectionKind.FEELER)).isTrue();
    table.dial(Call.to(new Stranger().listen().address(), ConnectionKind.ADDR_FETCH));
    assertThat(table.hasRoomFor(ConnectionKind.FEELER)).as("no more than eleven").isFalse();
  }

  @Test
  void aPeersClockIsCompared() throws IOException {
    PeerTable table = table(125);
    new Stranger().call(here());
    assertThat(table.all().iterator().next().clockOffsetSeconds()).isBetween(4L, 5L);
  }

  @Test
  void whatTravelledOnConnectionsThatAreOverCounts() throws IOException {
    PeerTable table = table(125);
    new Stranger().call(here());
    TrafficTotals.Bytes before = table.traffic();
    assertThat(before.sent()).isPositive();
    assertThat(before.received()).isPositive();
    table.disconnect(table.all().iterator().next(), "test");
    time.runFor(1_000);
    assertThat(table.all()).isEmpty();
    assertThat(table.traffic()).isEqualTo(before);
  }

  /** Before its handshake is over, nothing that a peer says matters. */
  @Test
  void whatComesTooEarlyIsDropped() throws IOException {
    PeerTable table = table(125);
    Stranger early = new Stranger();
    early.transport.connect(
        here(),
        false,
        new ConnectionHandler() {
          @Override
          public void connected(Connection connection) {
            early.connection = connection;
            connection.send(
                new UnknownMessage(
                    "inv",
                    new ByteWriter()
                        .compactSize(50_001)
                        .bytes(new byte[50_001 * 36])
                        .toByteArray()));
            connection.send(new Verack());
          }

          @Override
          public void received(Connection connection, Message message) {}

          @Override
          public void closed(Connection connection, String reason) {
            early.isClosed = true;
          }

          @Override
          public void failed(NetAddress to, String reason) {}
        },
        1_000);
    time.runFor(5_000);
    assertThat(early.isConnected()).isTrue();
    assertThat(table.all()).hasSize(1).noneMatch(Peer::isReady);
  }
}
