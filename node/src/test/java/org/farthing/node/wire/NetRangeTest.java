package org.farthing.node.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.farthing.consensus.bytes.DecodeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetRangeTest {
  private static final String ONION =
      "pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd.onion";

  @ParameterizedTest
  @CsvSource({
    "1.2.3.4, 1.2.3.4/32",
    "1.2.3.4/24, 1.2.3.0/24",
    "1.2.3.4/255.255.0.0, 1.2.0.0/16",
    "1.2.3.4/0, 0.0.0.0/0",
    "::1, ::1/128",
    "2001:4d48:ac57:400:cacf:e9ff:fe1d:9c63/19, 2001:4000::/19",
    "::ffff:1.2.3.4, 1.2.3.4/32",
    ONION + "," + ONION
  })
  void isReadAndShown(String text, String shown) {
    assertThat(NetRange.parse(text).orElseThrow()).hasToString(shown);
    assertThat(NetRange.parse(shown)).isEqualTo(NetRange.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "1.2.3.4/33",
        "1.2.3.4/-1",
        "1.2.3.4/255.0.255.0",
        "::1/129",
        "localhost",
        "example.org/8",
        "1.2.3.4/24/8",
        "1.2.3.4:5",
        ONION + "/8",
        "1.2.3.4/::1"
      })
  void isRefused(String text) {
    assertThat(NetRange.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1.2.3.0/24, 1.2.3.255, true",
    "1.2.3.0/24, 1.2.4.0, false",
    "1.2.2.0/23, 1.2.3.255, true",
    "1.2.2.0/23, 1.2.4.0, false",
    "0.0.0.0/0, 255.1.2.3, true",
    "0.0.0.0/0, ::1, false",
    "2001:4000::/19, 2001:5fff::1, true",
    "2001:4000::/19, 2001:6000::1, false",
    ONION + "," + ONION + ", true",
    ONION + ", ::1, false"
  })
  void contains(String range, String address, boolean contained) throws DecodeException {
    assertThat(NetRange.parse(range).orElseThrow().contains(NetAddress.parse(address, 8333)))
        .isEqualTo(contained);
  }

  @Test
  void ofAnAddressThePortDoesNotMatter() throws DecodeException {
    NetRange range = NetRange.of(NetAddress.parse("1.2.3.4:5", 0));
    assertThat(range.contains(NetAddress.parse("1.2.3.4:6", 0))).isTrue();
    assertThat(range).isEqualTo(NetRange.parse("1.2.3.4").orElseThrow());
  }
}
