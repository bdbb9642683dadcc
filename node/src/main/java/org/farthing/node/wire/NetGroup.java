package org.farthing.node.wire;

import org.farthing.consensus.bytes.ByteWriter;

/**
 * What tells where in the world an address is: addresses of one operator are likely to share it,
 * those of different operators not. The groups are Bitcoin Core's: {@code /16} in IPv4, also where
 * it is embedded in IPv6, {@code /32} in IPv6 ({@code /36} at Hurricane Electric, which lends
 * addresses to anybody), and four random bits where addresses are keys. All addresses of this
 * machine are one group, and so are all others that cannot be reached from elsewhere.
 */
final class NetGroup {
  private static final int UNROUTABLE = 0;
  private static final int KEY_BITS = 4;
  private static final int CJDNS_BITS = 12;
  private static final int HURRICANE_BITS = 36;
  private static final int IPV6_BITS = 32;

  private static final byte[] HURRICANE = {0x20, 0x01, 0x04, 0x70};
  private static final byte[] TRANSLATED = {0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff, 0, 0};
  private static final byte[] WELL_KNOWN = {
    0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0
  };
  private static final byte[] SIX_TO_FOUR = {0x20, 0x02};
  private static final byte[] TEREDO = {0x20, 0x01, 0, 0};

  private NetGroup() {}

  /** The first byte says of which network, the others where in it. */
  static byte[] of(AddressNetwork network, byte[] address) {
    if (!AddressRanges.isRoutable(network, address)) {
      return new byte[] {UNROUTABLE};
    }
    return switch (network) {
      case IPV4 -> ipv4(address, 0, false);
      case IPV6 -> ipv6(address);
      case TORV3 -> prefix(3, address, KEY_BITS);
      case I2P -> prefix(4, address, KEY_BITS);
      case CJDNS -> prefix(5, address, CJDNS_BITS);
    };
  }

  private static byte[] ipv6(byte[] address) {
    if (AddressRanges.startsWith(address, TRANSLATED)
        || AddressRanges.startsWith(address, WELL_KNOWN)) {
      return ipv4(address, 12, false);
    }
    if (AddressRanges.startsWith(address, SIX_TO_FOUR)) {
      return ipv4(address, 2, false);
    }
    if (AddressRanges.startsWith(address, TEREDO)) {
      return ipv4(address, 12, true);
    }
    return prefix(
        2, address, AddressRanges.startsWith(address, HURRICANE) ? HURRICANE_BITS : IPV6_BITS);
  }

  private static byte[] ipv4(byte[] address, int offset, boolean inverted) {
    int mask = inverted ? 0xff : 0;
    return new byte[] {1, (byte) (address[offset] ^ mask), (byte) (address[offset + 1] ^ mask)};
  }

  /** So many bits; the rest of the last byte is filled with ones. */
  private static byte[] prefix(int code, byte[] address, int bits) {
    int whole = bits / Byte.SIZE;
    int rest = bits % Byte.SIZE;
    ByteWriter out = new ByteWriter().uint8(code).bytes(address, 0, whole);
    if (rest > 0) {
      out.uint8((address[whole] & 0xff) | ((1 << (Byte.SIZE - rest)) - 1));
    }
    return out.toByteArray();
  }
}
