package org.farthing.node.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.farthing.node.transport.RecordingHandler.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.farthing.node.config.ProxyAddress;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.Ping;
import org.farthing.node.wire.TestAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Connections through a SOCKS5 proxy. */
@Timeout(60)
class ProxyIT {
  private static final int DOMAIN_NAME = 3;
  private static final long CONNECT_MILLIS = 5000;
  private static final String ONION =
      "pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd.onion";

  private final TransportFixture fixture = new TransportFixture(true);
  private final RecordingHandler server = new RecordingHandler();
  private final RecordingHandler client = new RecordingHandler();
  private int listening;
  private FakeSocks socks;

  @BeforeEach
  void listen() throws IOException {
    listening = TransportFixture.listen(fixture.transport(TransportLimits.DEFAULT), server).port();
  }

  @AfterEach
  void close() throws IOException {
    if (socks != null) {
      socks.close();
    }
    fixture.close();
  }

  private static NetAddress address(String text) {
    return TestAddress.of(text, 8333);
  }

  private Proxy proxy(boolean isolated) throws IOException {
    return new Proxy(new ProxyAddress.Port(socks.address()), isolated);
  }

  private void connect(NetAddress to, String host, Proxy proxy) {
    fixture
        .transport(TransportLimits.DEFAULT)
        .connect(new Target(to, host, true, Optional.of(proxy)), client, CONNECT_MILLIS);
  }

  private void talk() {
    client.connection().send(new Ping(5));
    await(() -> !server.messages.isEmpty());
    server.connection().send(new Ping(6));
    await(() -> !client.messages.isEmpty());
    assertThat(server.messages).containsExactly(new Ping(5));
    assertThat(client.messages).containsExactly(new Ping(6));
  }

  @Test
  void theProxyIsAskedForTheOnionService() throws IOException {
    socks = FakeSocks.onPort(0, false, listening);
    NetAddress onion = address(ONION);
    connect(onion, onion.host(), proxy(false));
    talk();
    assertThat(client.connection().remote()).isEqualTo(onion);
    assertThat(client.connection().encryption().protocol()).isEqualTo(Encryption.Protocol.V2);
    assertThat(socks.requests)
        .containsExactly(new FakeSocks.Request(ONION, 8333, DOMAIN_NAME, null, null));
  }

  @Test
  void numbersAreAskedForAsNames() throws IOException {
    socks = FakeSocks.onPort(0, false, listening);
    connect(address("[1233:3432::1]:5443"), "1233:3432::1", proxy(true));
    talk();
    assertThat(socks.requests)
        .containsExactly(new FakeSocks.Request("1233:3432::1", 5443, DOMAIN_NAME, null, null));
  }

  @Test
  void aNameIsNotLookedUpHere() throws IOException {
    socks = FakeSocks.onPort(0, false, listening);
    connect(NetAddress.ofName("no.such.host.invalid", 7), "no.such.host.invalid", proxy(true));
    talk();
    assertThat(socks.requests.get(0).host()).isEqualTo("no.such.host.invalid");
  }

  @Test
  void credentialsAreNeverTheSameTwice() throws IOException {
    socks = FakeSocks.onPort(0, true, listening);
    NettyTransport transport = fixture.transport(TransportLimits.DEFAULT);
    for (int i = 1; i <= 3; i++) {
      NetAddress to = address("192.0.2." + i);
      transport.connect(
          new Target(to, to.host(), false, Optional.of(proxy(true))), client, CONNECT_MILLIS);
    }
    await(() -> client.connections.size() == 3);
    List<String> users = socks.requests.stream().map(FakeSocks.Request::user).toList();
    assertThat(users).hasSize(3).doesNotHaveDuplicates();
    assertThat(socks.requests).allMatch(request -> request.user().equals(request.password()));
  }

  @Test
  void withoutIsolationThereAreNone() throws IOException {
    socks = FakeSocks.onPort(0, true, listening);
    connect(address("192.0.2.1"), "192.0.2.1", proxy(false));
    talk();
    assertThat(socks.requests.get(0).user()).isNull();
  }

  @Test
  void aProxyMayListenInTheFileSystem(@TempDir Path folder) throws IOException {
    Path path = folder.resolve("socks");
    socks = FakeSocks.onPath(path, listening);
    Proxy proxy = new Proxy(new ProxyAddress.Unix(path.toString()), true);
    connect(address("192.0.2.1"), "192.0.2.1", proxy);
    talk();
    assertThat(socks.requests.get(0).user()).isNotNull();
  }

  @Test
  void whatTheProxyCannotReachHasFailed() throws IOException {
    int hostUnreachable = 4;
    socks = FakeSocks.onPort(hostUnreachable, false, listening);
    connect(address(ONION), ONION, proxy(false));
    await(() -> !client.failed.isEmpty());
    assertThat(client.failed).hasSize(1);
    assertThat(client.failed.get(0)).contains("through the proxy 127.0.0.1:");
    assertThat(client.connections).isEmpty();
    assertThat(server.connections).isEmpty();
  }

  @Test
  void aProxyThatIsNotThereHasFailed() throws IOException {
    Proxy proxy = new Proxy(new ProxyAddress.Port(FakeSocks.nowhere()), true);
    connect(address(ONION), ONION, proxy);
    await(() -> !client.failed.isEmpty());
    assertThat(client.failed).hasSize(1);
    assertThat(client.connections).isEmpty();
  }
}
