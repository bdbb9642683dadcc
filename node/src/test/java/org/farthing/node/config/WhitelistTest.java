package org.farthing.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WhitelistTest {
  private static final Set<NetPermission> IMPLICIT =
      Set.of(NetPermission.NOBAN, NetPermission.MEMPOOL, NetPermission.RELAY);

  private static Set<NetPermission> of(String rule, String address, boolean inbound)
      throws Exception {
    return new Whitelist(List.of(Whitelist.parse(rule, IMPLICIT)))
        .of(InetAddress.getByName(address), inbound);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1, true",
    "127.0.0.1, 127.0.0.2, false",
    "10.0.0.0/8, 10.255.1.2, true",
    "10.1.2.3/8, 10.255.1.2, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "10.0.0.0/255.255.0.0, 10.0.1.2, true",
    "10.0.0.0/255.255.0.0, 10.1.0.0, false",
    "0.0.0.0/0, 1.2.3.4, true",
    "0.0.0.0/0, ::1, false",
    "::/0, ::1, true",
    "[2001:db8::]/32, 2001:db8:1::, true",
    "2001:db8::/32, 2001:db9::, false",
  })
  void aRangeHasItsAddresses(String range, String address, boolean inside) throws Exception {
    assertThat(!of("addr@" + range, address, true).isEmpty()).isEqualTo(inside);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "localhost", "1.2.3", "10.0.0.0/33", "10.0.0.0/255.0.255.0", "1.1.1.1/x"})
  void whatIsNoRangeIsRefused(String range) {
    assertThatThrownBy(() -> Whitelist.parse("noban@" + range, IMPLICIT))
        .isInstanceOf(ConfigException.class)
        .hasMessage("Invalid netmask specified in -whitelist: '" + range + "'");
  }

  @Test
  void permissionsImplyOthers() throws Exception {
    assertThat(of("noban@1.1.1.1", "1.1.1.1", true))
        .containsExactlyInAnyOrder(NetPermission.NOBAN, NetPermission.DOWNLOAD);
    assertThat(of("forcerelay@1.1.1.1", "1.1.1.1", true))
        .containsExactlyInAnyOrder(NetPermission.FORCERELAY, NetPermission.RELAY);
    assertThat(of("all@1.1.1.1", "1.1.1.1", true))
        .containsExactlyInAnyOrder(NetPermission.values());
    assertThat(of("1.1.1.1", "1.1.1.1", true))
        .containsExactlyInAnyOrder(
            NetPermission.NOBAN,
            NetPermission.DOWNLOAD,
            NetPermission.MEMPOOL,
            NetPermission.RELAY);
  }

  @Test
  void aRuleIsForThoseWhoCallUsUnlessItSaysOtherwise() throws Exception {
    assertThat(of("noban@1.1.1.1", "1.1.1.1", false)).isEmpty();
    assertThat(of("noban,out@1.1.1.1", "1.1.1.1", false)).contains(NetPermission.NOBAN);
    assertThat(of("noban,out@1.1.1.1", "1.1.1.1", true)).isEmpty();
    assertThat(of("noban,in,out@1.1.1.1", "1.1.1.1", true)).contains(NetPermission.NOBAN);
    assertThatThrownBy(() -> Whitelist.parse("out@1.1.1.1", IMPLICIT))
        .hasMessage("Only direction was set, no permissions: 'out@1.1.1.1'");
  }

  private static InetSocketAddress at(String host, int port) throws UnknownHostException {
    return new InetSocketAddress(InetAddress.getAllByName(host)[0], port);
  }

  @Test
  void aDoorGivesPermissionsToAllWhoComeThroughIt() throws Exception {
    Whitelist whitelist =
        new Whitelist(
            List.of(),
            List.of(
                Whitelist.parseDoor("relay@127.0.0.1:18445", IMPLICIT),
                Whitelist.parseDoor("0.0.0.0:18446", IMPLICIT)));
    assertThat(whitelist.of(at("127.0.0.1", 18_445))).containsExactly(NetPermission.RELAY);
    assertThat(whitelist.of(at("127.0.0.2", 18_445))).isEmpty();
    assertThat(whitelist.of(at("127.0.0.1", 18_444))).isEmpty();
    assertThat(whitelist.of(at("10.1.2.3", 18_446)))
        .contains(NetPermission.NOBAN, NetPermission.RELAY);
    assertThatThrownBy(() -> Whitelist.parseDoor("noban@127.0.0.1/10", IMPLICIT))
        .hasMessage("Cannot resolve -whitebind address: '127.0.0.1/10'");
    assertThatThrownBy(() -> Whitelist.parseDoor("noban@127.0.0.1", IMPLICIT))
        .hasMessage("Need to specify a port with -whitebind: '127.0.0.1'");
  }
}
