package org.farthing.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is refused, in Bitcoin Core's words: its feature_proxy.py has the same cases. */
class ReachConfigReaderTest {
  private static ReachConfig read(Object... pairs) throws ConfigException {
    OptionValues values = new OptionValues();
    for (int i = 0; i < pairs.length; i += 2) {
      values.add((Option) pairs[i], (String) pairs[i + 1]);
    }
    return ReachConfigReader.read(new OptionReader(List.of(values)), false);
  }

  private static int port(ReachConfig reach, String network) {
    return ((ProxyAddress.Port) reach.proxies().get(network)).socket().getPort();
  }

  @Test
  void oneProxyLeadsEverywhere() throws ConfigException {
    ReachConfig reach = read(Option.PROXY, "127.0.0.1");
    assertThat(reach.proxies()).containsOnlyKeys("ipv4", "ipv6", "onion", "cjdns");
    assertThat(port(reach, "onion")).isEqualTo(9050);
    assertThat(reach.networks()).containsExactlyInAnyOrder("ipv4", "ipv6", "onion");
    assertThat(reach.names()).isPresent();
    assertThat(reach.hides()).isTrue();
  }

  @Test
  void theLastWordOnANetworkCounts() throws ConfigException {
    ReachConfig reach =
        read(
            Option.PROXY, "127.0.0.1:1",
            Option.PROXY, "127.0.0.1:2=onion",
            Option.PROXY, "0=cjdns",
            Option.PROXY, "[::1]:3=ipv6");
    assertThat(port(reach, "ipv4")).isEqualTo(1);
    assertThat(port(reach, "onion")).isEqualTo(2);
    assertThat(port(reach, "ipv6")).isEqualTo(3);
    assertThat(reach.proxies()).doesNotContainKey("cjdns");
  }

  @Test
  void torCanBeLeftAlone() throws ConfigException {
    ReachConfig reach = read(Option.PROXY, "127.0.0.1:1", Option.ONION, "0");
    assertThat(reach.networks()).containsExactlyInAnyOrder("ipv4", "ipv6");
    assertThat(reach.proxies()).doesNotContainKey("onion");
  }

  @Test
  void pathsAreShortEnough() throws ConfigException {
    assertThat(read(Option.PROXY, "unix:/run/tor/socks").proxies().get("ipv4"))
        .isEqualTo(new ProxyAddress.Unix("/run/tor/socks"));
    String tooLong = "unix:" + "x".repeat(108);
    refused("Invalid -proxy address or hostname: '" + tooLong + "'", Option.PROXY, tooLong);
  }

  private static void refused(String message, Object... pairs) {
    assertThatThrownBy(() -> read(pairs)).isInstanceOf(ConfigException.class).hasMessage(message);
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    refused("Invalid port specified in -proxy: '192.0.0.1:def'", Option.PROXY, "192.0.0.1:def");
    refused("Invalid -onion address or hostname: 'x..y:1'", Option.ONION, "x..y:1");
    refused(
        "Invalid -proxy address or hostname, ends with '=': '127.0.0.1:9050='",
        Option.PROXY,
        "127.0.0.1:9050=");
    refused(
        "Unrecognized network in -proxy='127.0.0.1:9050=foo': 'foo'",
        Option.PROXY,
        "127.0.0.1:9050=foo");
    refused("Unknown network specified in -onlynet: 'abc'", Option.ONLY_NET, "abc");
    refused(
        "Outbound connections restricted to i2p (-onlynet=i2p) but -i2psam is not provided",
        Option.ONLY_NET,
        "i2p");
    refused(
        "Outbound connections restricted to CJDNS (-onlynet=cjdns) but -cjdnsreachable is not"
            + " provided",
        Option.ONLY_NET,
        "cjdns");
  }

  @Test
  void whereOnlyTorIsWantedThereIsAWay() throws ConfigException {
    String tor = "Outbound connections restricted to Tor (-onlynet=onion) but the proxy for ";
    refused(
        tor
            + "reaching the Tor network is not provided: none of -proxy, -onion or -listenonion is"
            + " given",
        Option.ONLY_NET,
        "onion");
    refused(
        tor + "reaching the Tor network is explicitly forbidden: -onion=0",
        Option.ONLY_NET,
        "onion",
        Option.ONION,
        "0");
    assertThat(read(Option.ONLY_NET, "onion", Option.ONION, "127.0.0.1").networks())
        .containsExactly("onion");
  }
}
