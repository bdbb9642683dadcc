package org.farthing.node.wire;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Which addresses are reserved for something, as Bitcoin Core has them. */
final class AddressRanges {
  /** The longest address that BIP-0155 allows, in bytes. */
  static final int MAX_SIZE = 512;

  private static final List<Range> UNROUTABLE_IPV4 =
      List.of(
          new Range("00", 8), // this machine
          new Range("7f", 8), // this machine
          new Range("0a", 8), // RFC 1918: private
          new Range("ac10", 12),
          new Range("c0a8", 16),
          new Range("c612", 15), // RFC 2544: benchmarks
          new Range("a9fe", 16), // RFC 3927: link-local
          new Range("6440", 10), // RFC 6598: carriers
          new Range("c00002", 24), // RFC 5737: documentation
          new Range("c63364", 24),
          new Range("cb0071", 24),
          new Range("ffffffff", 32));

  private static final List<Range> UNROUTABLE_IPV6 =
      List.of(
          new Range("00000000000000000000000000000000", 128), // unspecified
          new Range("00000000000000000000000000000001", 128), // this machine
          new Range("20010db8", 32), // RFC 3849: documentation
          new Range("fe80000000000000", 64), // RFC 4862: link-local
          new Range("fc", 7), // RFC 4193: private
          new Range("20010010", 28), // RFC 4843: ORCHID
          new Range("20010020", 28)); // RFC 7343: ORCHIDv2

  private AddressRanges() {}

  /** Addresses that begin with the same bits as a prefix. */
  private static final class Range {
    private final byte[] wanted;
    private final int bits;

    /**
     * @param prefix in hexadecimal
     */
    Range(String prefix, int bits) {
      this.wanted = HexFormat.of().parseHex(prefix);
      this.bits = bits;
    }

    boolean contains(byte[] address) {
      int whole = bits / 8;
      if (!Arrays.equals(address, 0, whole, wanted, 0, whole)) {
        return false;
      }
      int rest = bits % 8;
      return rest == 0 || ((address[whole] ^ wanted[whole]) & 0xff) >> (8 - rest) == 0;
    }
  }

  static boolean startsWith(byte[] bytes, byte[] prefix) {
    return Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
  }

  static boolean isRoutable(AddressNetwork network, byte[] address) {
    return switch (network) {
      case IPV4 -> UNROUTABLE_IPV4.stream().noneMatch(range -> range.contains(address));
      case IPV6 -> UNROUTABLE_IPV6.stream().noneMatch(range -> range.contains(address));
      case CJDNS -> address[0] == (byte) 0xfc;
      case TORV3, I2P -> true;
    };
  }

  static boolean isLocal(AddressNetwork network, byte[] address) {
    return switch (network) {
      case IPV4 -> address[0] == 0 || address[0] == 127;
      case IPV6 -> UNROUTABLE_IPV6.get(1).contains(address);
      case TORV3, I2P, CJDNS -> false;
    };
  }
}
