package org.farthing.node.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.farthing.node.config.ProxyAddress;
import org.farthing.node.config.ReachConfig;
import org.farthing.node.transport.Proxy;
import org.farthing.node.transport.Target;
import org.farthing.node.wire.AddressNetwork;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.TestAddress;
import org.junit.jupiter.api.Test;

class RoutesTest {
  private static final ProxyAddress ALL = proxyAt(9050);
  private static final ProxyAddress TOR = proxyAt(9150);

  private final List<String> lookedUp = new ArrayList<>();

  private static ProxyAddress proxyAt(int port) {
    return new ProxyAddress.Port(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  private Routes routes(Map<String, ProxyAddress> proxies, boolean names, boolean lookups) {
    return new Routes(
        (host, then) -> {
          lookedUp.add(host);
          then.accept(List.of(address("[fc00::1]:8333")));
        },
        new ReachConfig(
            Set.of("ipv4", "ipv6"),
            true,
            proxies,
            names ? Optional.of(ALL) : Optional.empty(),
            true,
            lookups,
            true),
        8333);
  }

  private static NetAddress address(String text) {
    return TestAddress.of(text, 8333);
  }

  private static Target target(Routes routes, String to) {
    return routes.target(Call.to(address(to), ConnectionKind.OUTBOUND));
  }

  private static List<NetAddress> resolve(Routes routes, String host) {
    List<NetAddress> found = new ArrayList<>();
    routes.resolve(host, found::addAll);
    return found;
  }

  @Test
  void eachNetworkHasItsProxy() {
    Routes routes = routes(Map.of("ipv4", ALL, "onion", TOR), false, true);
    assertThat(target(routes, "8.8.8.8:1").proxy()).contains(new Proxy(ALL, true));
    assertThat(target(routes, "[2a00::1]:1").proxy()).isEmpty();
    assertThat(
            target(routes, "pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd.onion:1")
                .proxy())
        .contains(new Proxy(TOR, true));
  }

  @Test
  void thisMachineAndItsNeighboursAreCalledDirectly() {
    Routes routes = routes(Map.of("ipv4", ALL), true, true);
    assertThat(target(routes, "127.0.0.1:1").proxy()).isEmpty();
    assertThat(target(routes, "192.168.1.7:1").proxy()).isEmpty();
  }

  @Test
  void withAProxyNamesAreNotLookedUpHere() {
    Routes routes = routes(Map.of("ipv4", ALL), true, true);
    List<NetAddress> found = resolve(routes, "node.example:18444");
    assertThat(lookedUp).isEmpty();
    assertThat(found).hasSize(1);
    assertThat(found.get(0).isName()).isTrue();
    assertThat(found.get(0).isRoutable()).isFalse();
    Target target =
        routes.target(new Call(found.get(0), ConnectionKind.MANUAL, "node.example:18444", true));
    assertThat(target.host()).isEqualTo("node.example");
    assertThat(target.address().port()).isEqualTo(18444);
    assertThat(target.proxy()).contains(new Proxy(ALL, true));
    assertThat(resolve(routes, "node.example:99999")).isEmpty();
  }

  @Test
  void whoDoesNotWantLookUpsHasNone() {
    assertThat(resolve(routes(Map.of(), false, false), "node.example")).isEmpty();
    assertThat(lookedUp).isEmpty();
  }

  @Test
  void addressesOfCjdnsAreKnown() {
    assertThat(resolve(routes(Map.of(), false, true), "node.example"))
        .extracting(NetAddress::network)
        .containsExactly(AddressNetwork.CJDNS);
    assertThat(lookedUp).containsExactly("node.example");
  }

  @Test
  void torIsReachedOnceItsProxyIsKnown() {
    Routes routes = routes(Map.of(), false, true);
    assertThat(routes.isReachable(AddressNetwork.TORV3)).isFalse();
    routes.foundTor(new Proxy(TOR, true));
    assertThat(routes.isReachable(AddressNetwork.TORV3)).isTrue();
    assertThat(routes.proxy(AddressNetwork.TORV3)).contains(new Proxy(TOR, true));
  }
}
