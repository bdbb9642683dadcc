package org.farthing.node.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.farthing.node.transport.RecordingHandler.await;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.farthing.node.config.ProxyAddress;
import org.farthing.node.i2p.FakeSam;
import org.farthing.node.i2p.I2pKey;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.Ping;
import org.farthing.node.wire.TestAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections through I2P, by a bridge. */
@Timeout(60)
class I2pIT {
  private static final long CONNECT_MILLIS = 5000;
  private static final String NOBODY =
      "zsxwyo6qcn3chqzwxnseusqgsnuw3maqnztkiypyfxtya4snkoka.b32.i2p";
  private static final String TRANSIENT = "SESSION CREATE STYLE=STREAM ID=";

  private TransportFixture fixture = new TransportFixture(true);
  private final RecordingHandler server = new RecordingHandler();
  private final RecordingHandler client = new RecordingHandler();
  private final Identity identity = new Identity();
  private FakeSam sam;
  private NettyTransport serving;
  private NettyTransport calling;

  /** Remembers what it is told. */
  private static final class Identity implements I2pIdentity {
    final List<I2pKey> kept = new CopyOnWriteArrayList<>();
    final List<NetAddress> reachable = new CopyOnWriteArrayList<>();
    final List<NetAddress> lost = new CopyOnWriteArrayList<>();

    @Override
    public Optional<I2pKey> key() {
      return kept.stream().findFirst();
    }

    @Override
    public void keep(I2pKey key) {
      kept.add(key);
    }

    @Override
    public void reachable(NetAddress address) {
      reachable.add(address);
    }

    @Override
    public void unreachable(NetAddress address) {
      lost.add(address);
    }
  }

  @BeforeEach
  void open() throws IOException {
    sam = new FakeSam();
    serving = fixture.transport(TransportLimits.DEFAULT);
    calling = fixture.transport(TransportLimits.DEFAULT);
  }

  @AfterEach
  void close() throws IOException {
    fixture.close();
    sam.close();
  }

  private Proxy bridge() {
    return new Proxy(new ProxyAddress.Port(sam.address()), false);
  }

  private NetAddress serve() {
    serving.acceptFromI2p(bridge(), identity, server);
    await(() -> !identity.reachable.isEmpty());
    return identity.reachable.get(0);
  }

  private void call(NetAddress to, boolean encrypted, Proxy through) {
    Target target = new Target(to, to.host(), encrypted, Optional.of(through));
    calling.connect(target, client, CONNECT_MILLIS);
  }

  private static NetAddress nobody(int port) {
    return TestAddress.of(NOBODY, 1).withPort(port);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void peersTalkThroughTheBridge(boolean encrypted) throws IOException {
    fixture.close();
    fixture = new TransportFixture(encrypted);
    serving = fixture.transport(TransportLimits.DEFAULT);
    calling = fixture.transport(TransportLimits.DEFAULT);
    NetAddress address = serve();
    call(address, encrypted, bridge());
    client.connection().send(new Ping(5));
    await(() -> !server.messages.isEmpty());
    server.connection().send(new Ping(6));
    await(() -> !client.messages.isEmpty());
    assertThat(server.messages).containsExactly(new Ping(5));
    assertThat(client.messages).containsExactly(new Ping(6));
    assertThat(address.port()).isZero();
    assertThat(client.connection().remote()).isEqualTo(address);
    assertThat(client.connection().inbound()).isFalse();
    assertThat(server.connection().inbound()).isTrue();
    assertThat(server.connection().local()).isEqualTo(address);
    assertThat(server.connection().remote()).isEqualTo(client.connection().local());
    Encryption.Protocol expected = encrypted ? Encryption.Protocol.V2 : Encryption.Protocol.V1;
    assertThat(client.connection().encryption().protocol()).isEqualTo(expected);
  }

  @Test
  void onePeerAfterTheOtherCanCall() {
    NetAddress address = serve();
    for (int i = 1; i <= 3; i++) {
      int calls = i;
      call(address, true, bridge());
      await(() -> server.connections.size() == calls);
    }
    assertThat(server.connections.stream().map(Connection::remote)).doesNotHaveDuplicates();
    assertThat(identity.reachable).containsExactly(address);
  }

  @Test
  void theKeyIsMadeOnceAndKept() {
    NetAddress address = serve();
    assertThat(identity.kept).hasSize(1);
    assertThat(identity.kept.get(0).address()).isEqualTo(address);
    fixture
        .transport(TransportLimits.DEFAULT)
        .acceptFromI2p(bridge(), identity, new RecordingHandler());
    await(() -> identity.reachable.size() == 2);
    assertThat(identity.reachable).containsExactly(address, address);
    assertThat(sam.count("DEST GENERATE SIGNATURE_TYPE=7")).isEqualTo(1);
  }

  @Test
  void whoCannotBeCalledIsSomebodyElseEachTime() {
    NetAddress address = serve();
    call(address, true, bridge());
    await(() -> server.connections.size() == 1);
    call(address, true, bridge());
    await(() -> server.connections.size() == 2);
    assertThat(server.connections.get(0).remote()).isNotEqualTo(server.connections.get(1).remote());
    assertThat(transientSessions()).isEqualTo(2);
  }

  private long transientSessions() {
    return sam.requests.stream()
        .filter(each -> each.startsWith(TRANSIENT) && each.contains("DESTINATION=TRANSIENT"))
        .count();
  }

  @Test
  void aSessionOfOneCallEndsWithIt() {
    call(serve(), true, bridge());
    await(() -> server.connections.size() == 1);
    assertThat(sam.sessions()).isEqualTo(2);
    client.connection().close("enough");
    await(() -> sam.sessions() == 1);
  }

  @Test
  void whoCanBeCalledCallsFromTheSameAddress() {
    Identity own = new Identity();
    calling.acceptFromI2p(bridge(), own, new RecordingHandler());
    await(() -> !own.reachable.isEmpty());
    NetAddress address = serve();
    call(address, true, bridge());
    await(() -> server.connections.size() == 1);
    assertThat(server.connection().remote()).isEqualTo(own.reachable.get(0));
    call(address, true, bridge().asStranger());
    await(() -> server.connections.size() == 2);
    assertThat(server.connections.get(1).remote()).isNotEqualTo(own.reachable.get(0));
    assertThat(transientSessions()).isEqualTo(1);
  }

  @Test
  void aSessionThatNobodyHasSeenIsUsedAgain() {
    for (int i = 1; i <= 3; i++) {
      int calls = i;
      call(nobody(0), true, bridge());
      await(() -> client.failed.size() == calls);
    }
    assertThat(client.failed).allMatch(reason -> reason.contains("KEY_NOT_FOUND"));
    assertThat(transientSessions()).isEqualTo(1);
  }

  @Test
  void portsAreRefusedBeforeAnybodyIsAsked() {
    call(nobody(8333), true, bridge());
    await(() -> !client.failed.isEmpty());
    assertThat(client.failed).containsExactly("I2P has no port 8333");
    assertThat(sam.requests).isEmpty();
  }

  @Test
  void aBridgeThatIsNotThereHasFailed() throws IOException {
    Proxy nowhere = new Proxy(new ProxyAddress.Port(FakeSocks.nowhere()), false);
    call(nobody(0), true, nowhere);
    await(() -> !client.failed.isEmpty());
    assertThat(client.failed).containsExactly("Cannot connect to " + nowhere);
  }

  @Test
  void whatTheBridgeRefusesHasFailed() {
    NetAddress address = serve();
    sam.answer("STREAM CONNECT", "STREAM STATUS RESULT=TIMEOUT");
    call(address, true, bridge());
    await(() -> client.failed.size() == 1);
    sam.answerAll();
    sam.answer("HELLO", "HELLO REPLY RESULT=NOVERSION");
    call(address, true, bridge());
    await(() -> client.failed.size() == 2);
    sam.answerAll();
    sam.answer("NAMING LOOKUP", "NAMING REPLY RESULT=OK");
    call(address, true, bridge());
    await(() -> client.failed.size() == 3);
    assertThat(client.failed)
        .containsExactly(
            "\"STREAM STATUS RESULT=TIMEOUT\"",
            "\"HELLO REPLY RESULT=NOVERSION\"",
            "no VALUE in \"NAMING REPLY RESULT=OK\"");
    assertThat(client.connections).isEmpty();
  }

  @Test
  void aSessionThatTheBridgeForgotIsMadeAnew() {
    Identity own = new Identity();
    calling.acceptFromI2p(bridge(), own, new RecordingHandler());
    await(() -> !own.reachable.isEmpty());
    NetAddress address = serve();
    sam.answer("STREAM CONNECT", "STREAM STATUS RESULT=INVALID_ID");
    call(address, true, bridge());
    await(() -> client.failed.size() == 1);
    sam.answerAll();
    call(address, true, bridge());
    await(() -> server.connections.size() == 1);
    assertThat(server.connection().remote()).isEqualTo(own.reachable.get(0));
  }

  @Test
  void theDoorOpensAgainWhenTheBridgeWasStartedAnew() throws IOException {
    NetAddress address = serve();
    sam.forgetSessions();
    long before = sam.count("STREAM ACCEPT");
    await(() -> sam.count("STREAM ACCEPT") > before);
    call(address, true, bridge());
    await(() -> server.connections.size() == 1);
    assertThat(server.connection().local()).isEqualTo(address);
  }

  @Test
  void theDoorOpensAgainWhenTheSessionIsDamaged() throws IOException {
    NetAddress address = serve();
    await(() -> sam.count("STREAM ACCEPT") == 1);
    long before = sam.count("SESSION CREATE");
    sam.disturb();
    await(() -> sam.count("SESSION CREATE") > before && sam.count("STREAM ACCEPT") > 1);
    call(address, true, bridge());
    await(() -> server.connections.size() == 1);
  }

  @Test
  void withoutABridgeNobodyIsToldOfTheAddress() throws IOException {
    NetAddress address = serve();
    sam.close();
    await(() -> !identity.lost.isEmpty());
    assertThat(identity.lost).containsExactly(address);
    sam = new FakeSam(sam.address().getPort());
    await(() -> identity.reachable.size() == 2);
    assertThat(identity.reachable).containsExactly(address, address);
  }

  @Test
  void nothingIsLeftOfATransportThatWasClosed() {
    call(serve(), true, bridge());
    await(() -> server.connections.size() == 1);
    serving.close();
    calling.close();
    await(() -> sam.sessions() == 0);
  }
}
