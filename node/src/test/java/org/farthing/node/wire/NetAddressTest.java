package org.farthing.node.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.bytes.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetAddressTest {
  private static final String ONION =
      "pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd.onion";
  private static final String I2P = "ukeu3k5oycgaauneqgtnvselmt4yemvoilkln7jpvamvfx7dnkdq.b32.i2p";

  @ParameterizedTest
  @CsvSource({
    "1.2.3.4:5, 1.2.3.4:5",
    "1.2.3.4, 1.2.3.4:8333",
    "127.1:5, 127.0.0.1:5",
    "1.65537, 1.1.0.1:8333",
    "1.2.259, 1.2.1.3:8333",
    "[::1]:0, [::1]:0",
    "::1, [::1]:8333",
    "[2001:0db8:0:0:1:0:0:1], [2001:db8::1:0:0:1]:8333",
    "2001:db8:0:1:1:1:1:1, [2001:db8:0:1:1:1:1:1]:8333",
    "[::]:65535, [::]:65535",
    "1::, [1::]:8333",
    "[::ffff:1.2.3.4]:5, 1.2.3.4:5",
    ONION + ":9, " + ONION + ":9",
    I2P + ":0, " + I2P + ":0",
  })
  void addressesAsText(String text, String normal) throws DecodeException {
    NetAddress address = NetAddress.parse(text, 8333);
    assertThat(address).hasToString(normal);
    assertThat(NetAddress.parse(normal, 1)).isEqualTo(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "example.org",
        "example.org:80",
        "1",
        "1.2.3.",
        "1.256.3",
        "1.2.65536",
        "1.16777216",
        "1.2.3.256",
        "999.1.1.1",
        "01.2.3.4",
        ".::1",
        "::1.2.3.256",
        "1.2.3.4:",
        "1.2.3.4:65536",
        "1.2.3.4:-1",
        "1.2.3.4:5:6",
        "[1.2.3.4]:5",
        "[::1",
        "[::1]5",
        "[]:5",
        ":::",
        "1:2:3:4:5:6:7:8:9",
        "a6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd.onion",
        "qg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd.onion",
        "aa.b32.i2p",
        "0keu3k5oycgaauneqgtnvselmt4yemvoilkln7jpvamvfx7dnkdq.b32.i2p"
      })
  void whatIsNoAddress(String text) {
    assertThatThrownBy(() -> NetAddress.parse(text, 1)).isInstanceOf(DecodeException.class);
  }

  @ParameterizedTest
  @EnumSource(AddressNetwork.class)
  void anyAddressIsReadFromItsText(AddressNetwork network) throws DecodeException {
    RandomMessages random = new RandomMessages(1);
    for (int i = 0; i < 100; i++) {
      NetAddress address = random.netAddress(network);
      NetAddress read = NetAddress.parse(address.toString(), 1);
      assertThat(read.toString()).isEqualTo(address.toString());
      assertThat(read.addressBytes()).isEqualTo(address.addressBytes());
    }
  }

  @Test
  void socketsAndBack() throws UnknownHostException {
    for (String host : List.of("10.0.0.1", "2001:db8::2")) {
      InetSocketAddress socket = new InetSocketAddress(InetAddress.getByName(host), 99);
      assertThat(NetAddress.of(socket).toSocketAddress()).contains(socket);
    }
    assertThat(NetAddress.of(AddressNetwork.I2P, new byte[32], 0).toSocketAddress()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "127.0.0.1",
        "10.9.8.7",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "198.18.0.1",
        "198.19.255.255",
        "169.254.3.4",
        "100.64.0.1",
        "100.127.255.255",
        "192.0.2.1",
        "198.51.100.9",
        "203.0.113.200",
        "255.255.255.255",
        "::",
        "::1",
        "2001:db8::1",
        "fe80::1",
        "fc00::1",
        "fdff::1",
        "2001:10::1",
        "2001:20::1",
        "2001:2f:ffff::1"
      })
  void whatNobodyElseCanReach(String text) throws DecodeException {
    assertThat(NetAddress.parse(text, 1).isRoutable()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8.8.8.8",
        "172.15.255.255",
        "172.32.0.0",
        "198.17.0.1",
        "198.20.0.1",
        "100.63.0.1",
        "100.128.0.1",
        "255.255.255.254",
        "2001:4860::1",
        "2001:30::1",
        "fe80:0:0:1::1",
        "64:ff9b::1",
        ONION,
        I2P
      })
  void whatCanBeReached(String text) throws DecodeException {
    assertThat(NetAddress.parse(text, 1).isRoutable()).isTrue();
  }

  @Test
  void neighboursShareAGroup() throws DecodeException {
    NetAddress one = NetAddress.parse("8.9.1.1", 1);
    assertThat(NetAddress.parse("8.9.2.2", 2).group()).isEqualTo(one.group());
    assertThat(NetAddress.parse("8.8.1.1", 1).group()).isNotEqualTo(one.group());
    assertThat(NetAddress.parse("2001:db8:1::", 1).group())
        .isEqualTo(NetAddress.parse("2001:db8:2::", 1).group());
  }

  private static byte[] v2(int network, int length, byte[] address) {
    return new ByteWriter()
        .uint8(network)
        .compactSize(length)
        .bytes(address)
        .uint16BigEndian(8333)
        .toByteArray();
  }

  @Test
  void addressesOfUnknownNetworksAreSkipped() throws DecodeException {
    ByteReader in = new ByteReader(v2(99, 512, new byte[512]));
    assertThat(NetAddress.read(in)).isEmpty();
    assertThat(in.remaining()).isZero();
    // Onion services of version 2 are no more.
    assertThat(NetAddress.read(new ByteReader(v2(3, 10, new byte[10])))).isEmpty();
  }

  @Test
  void addressesOfTheWrongLengthAreRefused() {
    for (AddressNetwork network : AddressNetwork.values()) {
      int wrong = network.addressSize() + 1;
      assertThatThrownBy(
              () -> NetAddress.read(new ByteReader(v2(network.code(), wrong, new byte[wrong]))))
          .isInstanceOf(DecodeException.class)
          .hasMessageContaining("address with length " + wrong);
    }
    assertThatThrownBy(() -> NetAddress.read(new ByteReader(v2(99, 513, new byte[513]))))
        .isInstanceOf(DecodeException.class)
        .hasMessage("Address too long: 513 > 512");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00000000000000000000ffff01020304",
        "fd87d87eeb4301020304050607080910",
        "fd6b88c0872401020304050607080910"
      })
  void otherNetworksInTheClothesOfIpv6MeanNothing(String hex) throws DecodeException {
    byte[] bytes = Hex.constant(hex);
    assertThat(NetAddress.read(new ByteReader(v2(2, 16, bytes))))
        .contains(NetAddress.NONE.withPort(8333));
    NetAddress old =
        NetAddress.readOld(
            new ByteReader(new ByteWriter().bytes(bytes).uint16BigEndian(1).toByteArray()));
    assertThat(old.network() == AddressNetwork.IPV4 || old.equals(NetAddress.NONE.withPort(1)))
        .isTrue();
  }

  @Test
  void networksWithoutAPlaceInTheOldFormAreWrittenAsNothing() throws DecodeException {
    ByteWriter out = new ByteWriter();
    new RandomMessages(1).netAddress(AddressNetwork.TORV3).withPort(7).writeOld(out);
    assertThat(NetAddress.readOld(new ByteReader(out.toByteArray())))
        .isEqualTo(NetAddress.NONE.withPort(7));
  }

  @Test
  void servicesHaveNames() {
    long services = Services.NETWORK | Services.WITNESS | Services.P2P_V2 | 1L << 63;
    assertThat(Services.names(services))
        .containsExactly("NETWORK", "WITNESS", "P2P_V2", "UNKNOWN[2^63]");
    assertThat(Services.has(services, Services.NETWORK | Services.WITNESS)).isTrue();
    assertThat(Services.has(services, Services.NETWORK | Services.BLOOM)).isFalse();
  }
}
