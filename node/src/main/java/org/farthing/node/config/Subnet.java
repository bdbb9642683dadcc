package org.farthing.node.config;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * A range of IP addresses that begin with the same bits.
 *
 * @param network its lowest address
 * @param width bits of an address: 32 or 128
 * @param prefix how many bits are the same
 */
public record Subnet(BigInteger network, int width, int prefix) {
  private static final int BITS_PER_BYTE = 8;

  /** Reads {@code 10.0.0.0/8}, {@code 10.0.0.0/255.0.0.0}, or an address alone. */
  public static Optional<Subnet> parse(String text) {
    int slash = text.indexOf('/');
    Optional<InetAddress> base = numeric(slash < 0 ? text : text.substring(0, slash));
    if (base.isEmpty()) {
      return Optional.empty();
    }
    int width = base.get().getAddress().length * BITS_PER_BYTE;
    Optional<Integer> prefix =
        slash < 0 ? Optional.of(width) : prefix(text.substring(slash + 1), width);
    return prefix.map(bits -> new Subnet(masked(value(base.get()), width, bits), width, bits));
  }

  private static Optional<Integer> prefix(String text, int width) {
    if (text.matches("[0-9]{1,3}")) {
      return Optional.of(Integer.parseInt(text)).filter(bits -> bits <= width);
    }
    return numeric(text)
        .filter(mask -> mask.getAddress().length * BITS_PER_BYTE == width)
        .map(Subnet::value)
        .filter(mask -> masked(mask, width, mask.bitCount()).equals(mask) && isLeft(mask, width))
        .map(BigInteger::bitCount);
  }

  /** All ones stand left of all zeros. */
  private static boolean isLeft(BigInteger mask, int width) {
    return mask.signum() == 0 || mask.getLowestSetBit() == width - mask.bitCount();
  }

  /** Whether it is an address and no name. */
  static boolean isNumeric(String text) {
    return numeric(text).isPresent();
  }

  /** Nothing is looked up: names are no addresses here. */
  private static Optional<InetAddress> numeric(String text) {
    String plain =
        text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    if (!plain.matches("[0-9]{1,3}([.][0-9]{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(plain));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /** The first address. */
  public InetAddress lowest() {
    byte[] bytes = new byte[width / BITS_PER_BYTE];
    byte[] value = network.toByteArray();
    int count = Math.min(value.length, bytes.length);
    System.arraycopy(value, value.length - count, bytes, bytes.length - count, count);
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new AssertionError("the length is right", e);
    }
  }

  private static BigInteger value(InetAddress address) {
    return new BigInteger(1, address.getAddress());
  }

  private static BigInteger masked(BigInteger value, int width, int bits) {
    return value.shiftRight(width - bits).shiftLeft(width - bits);
  }

  public boolean contains(InetAddress address) {
    return address.getAddress().length * BITS_PER_BYTE == width
        && masked(value(address), width, prefix).equals(network);
  }
}
