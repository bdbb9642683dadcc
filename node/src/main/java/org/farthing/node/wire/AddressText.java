package org.farthing.node.wire;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import org.farthing.consensus.bytes.DecodeException;

/** Addresses as people write them. */
final class AddressText {
  private static final String ONION = ".onion";
  private static final String I2P = ".b32.i2p";
  private static final int ONION_VERSION = 3;
  private static final int ONION_CHECKSUM_SIZE = 2;

  private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";

  // What is no number is never handed on: Java would ask the name service for it.
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");

  /** As the C library reads it: {@code 127.1} is {@code 127.0.0.1}. */
  private static final Pattern SHORT_IPV4 =
      Pattern.compile(OCTET + "(\\." + OCTET + ")?\\.(0|[1-9]\\d{0,7})");

  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:][0-9a-fA-F:.]*");
  private static final Pattern PORT = Pattern.compile("\\d{1,5}");

  private AddressText() {}

  static NetAddress parse(String text, int defaultPort) throws DecodeException {
    int colon = text.lastIndexOf(':');
    boolean bracketed = text.startsWith("[");
    boolean hasPort =
        bracketed ? colon > 0 && text.charAt(colon - 1) == ']' : colon == text.indexOf(':');
    String host = hasPort && colon >= 0 ? text.substring(0, colon) : text;
    int usualPort = host.toLowerCase(Locale.ROOT).endsWith(I2P) ? NetAddress.I2P_PORT : defaultPort;
    int port = hasPort && colon >= 0 ? parsePort(text.substring(colon + 1)) : usualPort;
    if (bracketed) {
      if (!host.endsWith("]")) {
        throw invalid(text);
      }
      host = host.substring(1, host.length() - 1);
      if (host.indexOf(':') < 0) {
        throw invalid(text);
      }
    }
    return parseHost(host, port);
  }

  private static int parsePort(String text) throws DecodeException {
    int port = PORT.matcher(text).matches() ? Integer.parseInt(text) : -1;
    if (port < 0 || port > 0xffff) {
      throw new DecodeException("not a port: '" + text + "'");
    }
    return port;
  }

  private static NetAddress parseHost(String host, int port) throws DecodeException {
    String lower = host.toLowerCase(Locale.ROOT);
    if (lower.endsWith(ONION)) {
      return NetAddress.of(AddressNetwork.TORV3, onionKey(lower), port);
    }
    if (lower.endsWith(I2P)) {
      byte[] hash = Base32.decode(lower.substring(0, lower.length() - I2P.length()));
      if (hash.length != AddressNetwork.I2P.addressSize()) {
        throw invalid(host);
      }
      return NetAddress.of(AddressNetwork.I2P, hash, port);
    }
    if (SHORT_IPV4.matcher(host).matches()) {
      return NetAddress.of(AddressNetwork.IPV4, shortIpv4(host), port);
    }
    boolean ipv6 = host.indexOf(':') >= 0 && IPV6.matcher(host).matches();
    if (!ipv6 && !IPV4.matcher(host).matches()) {
      throw invalid(host);
    }
    try {
      // Nothing is looked up: it is a number, or it is refused.
      return NetAddress.of(InetAddress.getByName(host), port);
    } catch (UnknownHostException e) {
      throw invalid(host);
    }
  }

  /** The last number stands for all bytes that are not written out. */
  private static byte[] shortIpv4(String host) throws DecodeException {
    String[] parts = host.split("\\.", -1);
    byte[] bytes = new byte[AddressNetwork.IPV4.addressSize()];
    int written = parts.length - 1;
    for (int i = 0; i < written; i++) {
      bytes[i] = (byte) Integer.parseInt(parts[i]);
    }
    int rest = Integer.parseInt(parts[written]);
    if (rest >>> (Byte.SIZE * (bytes.length - written)) != 0) {
      throw invalid(host);
    }
    for (int i = bytes.length - 1; i >= written; i--) {
      bytes[i] = (byte) rest;
      rest >>>= Byte.SIZE;
    }
    return bytes;
  }

  private static DecodeException invalid(String text) {
    return new DecodeException("not a network address: '" + text + "'");
  }

  /** The name holds the public key, a checksum and a version (Tor's rend-spec-v3). */
  private static byte[] onionKey(String host) throws DecodeException {
    byte[] name = Base32.decode(host.substring(0, host.length() - ONION.length()));
    int keySize = AddressNetwork.TORV3.addressSize();
    byte[] key = Arrays.copyOf(name, keySize);
    if (!Arrays.equals(name, onionName(key))) {
      throw invalid(host);
    }
    return key;
  }

  private static byte[] onionName(byte[] key) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA3-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("the JDK has SHA-3", e);
    }
    digest.update(".onion checksum".getBytes(StandardCharsets.US_ASCII));
    digest.update(key);
    digest.update((byte) ONION_VERSION);
    byte[] name = Arrays.copyOf(key, key.length + ONION_CHECKSUM_SIZE + 1);
    System.arraycopy(digest.digest(), 0, name, key.length, ONION_CHECKSUM_SIZE);
    name[name.length - 1] = ONION_VERSION;
    return name;
  }

  static String host(AddressNetwork network, byte[] address) {
    return switch (network) {
      case IPV4 ->
          "%d.%d.%d.%d"
              .formatted(
                  address[0] & 0xff, address[1] & 0xff, address[2] & 0xff, address[3] & 0xff);
      case IPV6, CJDNS -> ipv6(address);
      case TORV3 -> Base32.encode(onionName(address)) + ONION;
      case I2P -> Base32.encode(address) + I2P;
    };
  }

  /** In the form of RFC 5952: the first of the longest runs of zeros is left out. */
  private static String ipv6(byte[] address) {
    int[] groups = new int[8];
    for (int i = 0; i < groups.length; i++) {
      groups[i] = (address[2 * i] & 0xff) << 8 | (address[2 * i + 1] & 0xff);
    }
    int runStart = -1;
    int runLength = 1;
    for (int i = 0; i < groups.length; i++) {
      int end = i;
      while (end < groups.length && groups[end] == 0) {
        end++;
      }
      if (end - i > runLength) {
        runStart = i;
        runLength = end - i;
      }
    }
    StringBuilder text = new StringBuilder(39);
    for (int i = 0; i < groups.length; i++) {
      if (i == runStart) {
        text.append("::");
        i += runLength - 1;
      } else {
        boolean first = text.isEmpty() || text.charAt(text.length() - 1) == ':';
        text.append(first ? "" : ":").append(Integer.toHexString(groups[i]));
      }
    }
    return text.toString();
  }
}
