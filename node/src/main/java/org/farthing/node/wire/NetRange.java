package org.farthing.node.wire;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.node.config.Subnet;

/**
 * A range of IP addresses, or one address of another network.
 *
 * @param lowest the first address, without a port
 * @param prefixBits how many bits are the same in all addresses of the range
 */
public record NetRange(NetAddress lowest, int prefixBits) implements Comparable<NetRange> {
  /** Bitcoin Core's order: by network, then by address, wider ranges first. */
  private static final Comparator<NetRange> ORDER =
      Comparator.comparing((NetRange range) -> range.lowest.network())
          .thenComparing(range -> range.lowest.addressBytes(), Arrays::compareUnsigned)
          .thenComparingInt(NetRange::prefixBits);

  /**
   * Reads {@code 10.0.0.0/8}, {@code 10.0.0.0/255.0.0.0}, or an address alone; nothing is looked
   * up.
   */
  public static Optional<NetRange> parse(String text) {
    Optional<NetRange> ip = Subnet.parse(text).map(NetRange::of);
    return ip.isPresent() || text.indexOf('/') >= 0 ? ip : elsewhere(text);
  }

  /** The one address, whatever its port. */
  public static NetRange of(NetAddress address) {
    NetAddress host = address.withPort(0);
    return new NetRange(host, host.addressBytes().length * Byte.SIZE);
  }

  private static NetRange of(Subnet subnet) {
    return new NetRange(NetAddress.of(subnet.lowest(), 0), subnet.prefix());
  }

  /** An address of a network that has no ranges. */
  private static Optional<NetRange> elsewhere(String text) {
    try {
      NetAddress address = NetAddress.parse(text, 0);
      return isIp(address) ? Optional.empty() : Optional.of(of(address));
    } catch (DecodeException e) {
      return Optional.empty();
    }
  }

  private static boolean isIp(NetAddress address) {
    return address.network() == AddressNetwork.IPV4 || address.network() == AddressNetwork.IPV6;
  }

  public boolean contains(NetAddress address) {
    if (address.network() != lowest.network()) {
      return false;
    }
    byte[] ours = lowest.addressBytes();
    byte[] theirs = address.addressBytes();
    int whole = prefixBits / Byte.SIZE;
    int rest = prefixBits % Byte.SIZE;
    return Arrays.equals(ours, 0, whole, theirs, 0, whole)
        && (rest == 0 || ((ours[whole] ^ theirs[whole]) & 0xff) >> (Byte.SIZE - rest) == 0);
  }

  @Override
  public int compareTo(NetRange other) {
    return ORDER.compare(this, other);
  }

  /** {@code 10.0.0.0/8}; of networks without ranges the address alone. */
  @Override
  public String toString() {
    return isIp(lowest) ? lowest.host() + "/" + prefixBits : lowest.host();
  }
}
