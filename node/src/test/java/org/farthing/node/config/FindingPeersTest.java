package org.farthing.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a node finds others, and where it waits for them; refusals in Bitcoin Core's words. */
class FindingPeersTest {
  private static P2pConfig read(String network, Object... pairs) throws ConfigException {
    OptionValues values = new OptionValues();
    for (int i = 0; i < pairs.length; i += 2) {
      values.add((Option) pairs[i], (String) pairs[i + 1]);
    }
    return NodeConfigReader.readInMemory(new OptionReader(List.of(values)), network).p2p();
  }

  private static List<String> names(String network, Object... pairs) throws ConfigException {
    return read(network, pairs).addresses().finding().names();
  }

  @Test
  void eachNetworkHasNamesOfItsOwn() throws ConfigException {
    assertThat(names("testnet")).isEmpty();
    assertThat(names("regtest")).isEmpty();
    assertThat(names("regtest", Option.DNS_SEED, "1")).containsExactly("dummyseed.invalid.");
    assertThat(names("signet")).hasSize(2).allMatch(name -> name.contains("signet"));
    assertThat(names("signet", Option.SIGNET_CHALLENGE, "51")).isEmpty();
    assertThat(names("signet", Option.SIGNET_SEED_NODE, "mine")).containsExactly("mine");
  }

  @Test
  void namesAreAskedWherePeersAreChosenAndCanBeReached() throws ConfigException {
    assertThat(read("testnet").addresses().finding().dnsSeeds()).isTrue();
    assertThat(read("testnet", Option.CONNECT, "0").addresses().finding().dnsSeeds()).isFalse();
    assertThat(
            read("testnet", Option.ONLY_NET, "onion", Option.ONION, "127.0.0.1")
                .addresses()
                .finding()
                .dnsSeeds())
        .isFalse();
    assertThatThrownBy(
            () ->
                read(
                    "testnet",
                    Option.ONLY_NET,
                    "i2p",
                    Option.I2P_SAM,
                    "127.0.0.1",
                    Option.DNS_SEED,
                    "1"))
        .hasMessage(
            "Incompatible options: -dnsseed=1 was explicitly specified, but -onlynet forbids"
                + " connections to IPv4/IPv6");
  }

  @Test
  void whoMayHaveNoPeersLooksForNoneAndWaitsForNone() throws ConfigException {
    P2pConfig none = read("testnet", Option.MAX_CONNECTIONS, "0");
    assertThat(none.addresses().finding().dnsSeeds()).isFalse();
    assertThat(none.listen()).isFalse();
    P2pConfig all =
        read(
            "testnet",
            Option.MAX_CONNECTIONS,
            "0",
            Option.DNS_SEED,
            "1",
            Option.BIND,
            "127.0.0.1:5");
    assertThat(all.addresses().finding().dnsSeeds()).isTrue();
    assertThat(all.listen()).isTrue();
    assertThat(read("testnet", Option.MAX_CONNECTIONS, "1").listen()).isTrue();
  }

  @Test
  void namesThatAreEmptyAreIgnored() throws ConfigException {
    OptionValues values = new OptionValues();
    values.add(Option.ADD_NODE, " ");
    values.add(Option.ADD_NODE, "some.node");
    values.add(Option.ADD_NODE, "");
    OptionReader in = new OptionReader(List.of(values));
    assertThat(NodeConfigReader.readInMemory(in, "regtest").p2p().outgoing().addNodes())
        .containsExactly("some.node");
    assertThat(NodeConfigReader.ignored(in))
        .containsExactly("Ignoring empty -addnode value", "Ignoring empty -addnode value");
  }

  @Test
  void howLongAConnectionMayTakeCanBeSaid() throws ConfigException {
    assertThat(read("testnet").peers().patience()).isEqualTo(new P2pConfig.Patience(5_000, 60));
    assertThat(read("testnet", Option.TIMEOUT, "250").peers().patience().connectMillis())
        .isEqualTo(250);
    assertThat(read("testnet", Option.TIMEOUT, "0").peers().patience().connectMillis())
        .isEqualTo(5_000);
  }

  @ParameterizedTest
  @CsvSource({
    "BIND, 127.0.0.1:5, BIND, 127.0.0.1:5, 127.0.0.1:5",
    "BIND, 127.0.0.1:5, BIND, 127.0.0.1:5=onion, 127.0.0.1:5",
    "BIND, 127.0.0.1:5, WHITE_BIND, noban@127.0.0.1:5, 127.0.0.1:5",
    "WHITE_BIND, noban@127.0.0.1:5, WHITE_BIND, noban@127.0.0.1:5, 127.0.0.1:5",
    "BIND, 127.0.0.1, BIND, 127.0.0.1:28760, 127.0.0.1:28760",
    "BIND, 127.0.0.1:28761, BIND, 127.0.0.1=onion, 127.0.0.1:28761",
    "BIND, [::1]:5, BIND, [::1]:5, [::1]:5",
  })
  void noSocketIsOpenedTwice(Option one, String first, Option other, String second, String socket) {
    assertThatThrownBy(() -> read("testnet", one, first, other, second))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Duplicate binding configuration for address %s. Please check your -bind,"
                    .formatted(socket)
                + " -bind=...=onion and -whitebind settings.");
  }

  @Test
  void anyFreePortIsNoOtherTwice() throws ConfigException {
    assertThat(read("testnet", Option.BIND, "127.0.0.1:0", Option.BIND, "127.0.0.1:0").binds())
        .hasSize(2);
  }
}
