package org.farthing.node.wire;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.crypto.Sha256;

/** Where a node can be reached: a network, an address in it, and a port. Never a name. */
public final class NetAddress {
  /** {@code [::]:0}: no address; stands for what we cannot or need not say. */
  public static final NetAddress NONE = new NetAddress(AddressNetwork.IPV6, new byte[16], 0);

  /** I2P is reached by SAM 3.1, where there are no ports. */
  public static final int I2P_PORT = 0;

  private static final byte[] IPV4_PREFIX = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff
  };

  /** IPv6 addresses that once stood for onion services of version 2. */
  private static final byte[] TORV2_PREFIX = {
    (byte) 0xfd, (byte) 0x87, (byte) 0xd8, 0x7e, (byte) 0xeb, 0x43
  };

  /** IPv6 addresses that stand for names inside Bitcoin Core: they have no place on the wire. */
  private static final byte[] INTERNAL_PREFIX = {
    (byte) 0xfd, 0x6b, (byte) 0x88, (byte) 0xc0, (byte) 0x87, 0x24
  };

  private static final byte CJDNS_PREFIX = (byte) 0xfc;

  private final AddressNetwork network;
  private final byte[] bytes;
  private final int port;

  private NetAddress(AddressNetwork network, byte[] bytes, int port) {
    if (bytes.length != network.addressSize()) {
      throw new IllegalArgumentException(network + " address of " + bytes.length + " bytes");
    }
    if (port < 0 || port > 0xffff) {
      throw new IllegalArgumentException("not a port: " + port);
    }
    this.network = network;
    this.bytes = bytes;
    this.port = port;
  }

  /** An address by its bytes, in network order. */
  public static NetAddress of(AddressNetwork network, byte[] bytes, int port) {
    return new NetAddress(network, bytes.clone(), port);
  }

  /** The address of a socket. A scope is dropped: it means nothing to others. */
  public static NetAddress of(InetAddress address, int port) {
    return new NetAddress(
        address instanceof Inet4Address ? AddressNetwork.IPV4 : AddressNetwork.IPV6,
        address.getAddress(),
        port);
  }

  /**
   * The address of a socket.
   *
   * @throws IllegalArgumentException if it is a name that was not resolved
   */
  public static NetAddress of(InetSocketAddress socket) {
    if (socket.isUnresolved()) {
      throw new IllegalArgumentException("not resolved: " + socket);
    }
    return of(socket.getAddress(), socket.getPort());
  }

  /**
   * Reads {@code 1.2.3.4:5} (and the short forms of old, {@code 1.2:5} for {@code 1.0.0.2:5}),
   * {@code [::1]:5}, {@code ….onion:5} or {@code ….b32.i2p:5}; the port may be left out, and then
   * also the brackets. I2P has no ports: there it is 0 then. Nothing is looked up.
   *
   * @throws DecodeException for anything else, names included
   */
  public static NetAddress parse(String text, int defaultPort) throws DecodeException {
    return AddressText.parse(text, defaultPort);
  }

  /**
   * Stands for a host whose address only a proxy knows, as in Bitcoin Core: it means nothing to
   * others, and is the same each time.
   */
  public static NetAddress ofName(String name, int port) {
    byte[] bytes = Arrays.copyOf(INTERNAL_PREFIX, AddressNetwork.IPV6.addressSize());
    byte[] hash = Sha256.hash(name.getBytes(StandardCharsets.UTF_8));
    System.arraycopy(hash, 0, bytes, INTERNAL_PREFIX.length, bytes.length - INTERNAL_PREFIX.length);
    return new NetAddress(AddressNetwork.IPV6, bytes, port);
  }

  /** Whether it stands for a name, see {@link #ofName}. */
  public boolean isName() {
    return network == AddressNetwork.IPV6 && AddressRanges.startsWith(bytes, INTERNAL_PREFIX);
  }

  /** The same address in CJDNS, if it is one of those that CJDNS has (fc00::/8). */
  public NetAddress asCjdns() {
    return network == AddressNetwork.IPV6 && bytes[0] == CJDNS_PREFIX
        ? new NetAddress(AddressNetwork.CJDNS, bytes, port)
        : this;
  }

  public AddressNetwork network() {
    return network;
  }

  /** A copy of the address, in network order. */
  public byte[] addressBytes() {
    return bytes.clone();
  }

  public int port() {
    return port;
  }

  public NetAddress withPort(int replacement) {
    return new NetAddress(network, bytes, replacement);
  }

  /** What a socket can connect to; empty for networks that need a proxy. */
  public Optional<InetSocketAddress> toSocketAddress() {
    return switch (network) {
      case TORV3, I2P -> Optional.empty();
      case IPV4, IPV6, CJDNS -> Optional.of(new InetSocketAddress(inetAddress(), port));
    };
  }

  private InetAddress inetAddress() {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new AssertionError("the length was checked", e);
    }
  }

  /** Whether anyone in the network could reach it: neither private nor reserved nor unspecified. */
  public boolean isRoutable() {
    return AddressRanges.isRoutable(network, bytes);
  }

  /** Whether it is of this machine only: {@code 127.0.0.0/8}, {@code 0.0.0.0/8}, {@code ::1}. */
  public boolean isLocal() {
    return AddressRanges.isLocal(network, bytes);
  }

  /**
   * What tells where in the world it is: addresses of one operator are likely to share it, those of
   * different operators not. In hexadecimal; see {@link #groupBytes}.
   */
  public String group() {
    return HexFormat.of().formatHex(groupBytes());
  }

  /** The group as bytes, as Bitcoin Core has it: {@code /16} in IPv4, {@code /32} in IPv6. */
  public byte[] groupBytes() {
    return NetGroup.of(network, bytes);
  }

  /** What identifies it where addresses are hashed: 16 bytes for IP, the address, and the port. */
  public byte[] key() {
    ByteWriter out = new ByteWriter();
    if (network == AddressNetwork.IPV4) {
      out.bytes(IPV4_PREFIX);
    }
    return out.bytes(bytes).uint16BigEndian(port).toByteArray();
  }

  /** The old form: 16 bytes in which IPv4 has a place, and the port. */
  public static NetAddress readOld(ByteReader in) throws DecodeException {
    byte[] bytes = in.bytes(16);
    int port = in.uint16BigEndian();
    if (AddressRanges.startsWith(bytes, IPV4_PREFIX)) {
      return new NetAddress(AddressNetwork.IPV4, Arrays.copyOfRange(bytes, 12, 16), port);
    }
    boolean meaningless =
        AddressRanges.startsWith(bytes, TORV2_PREFIX)
            || AddressRanges.startsWith(bytes, INTERNAL_PREFIX);
    return meaningless ? NONE.withPort(port) : new NetAddress(AddressNetwork.IPV6, bytes, port);
  }

  /** The old form; networks that have no place in it are written as {@code ::}. */
  void writeOld(ByteWriter out) {
    switch (network) {
      case IPV4 -> out.bytes(IPV4_PREFIX).bytes(bytes);
      case IPV6 -> out.bytes(bytes);
      case TORV3, I2P, CJDNS -> out.bytes(NONE.bytes);
    }
    out.uint16BigEndian(port);
  }

  /**
   * The form of BIP-0155: network, address with its length, port.
   *
   * @return empty if the network is none that we know
   * @throws DecodeException also if an address of a known network has not its length
   */
  public static Optional<NetAddress> read(ByteReader in) throws DecodeException {
    int code = in.uint8();
    int length = in.count(1);
    if (length > AddressRanges.MAX_SIZE) {
      throw new DecodeException("Address too long: " + length + " > " + AddressRanges.MAX_SIZE);
    }
    AddressNetwork network = AddressNetwork.of(code);
    if (network != null && length != network.addressSize()) {
      throw new DecodeException(
          "BIP155 %s address with length %d (should be %d)"
              .formatted(network, length, network.addressSize()));
    }
    byte[] bytes = in.bytes(length);
    int port = in.uint16BigEndian();
    if (network == null) {
      return Optional.empty();
    }
    return Optional.of(
        network == AddressNetwork.IPV6 && isDisguised(bytes)
            ? NONE.withPort(port)
            : new NetAddress(network, bytes, port));
  }

  /** An address of another network in the clothes of IPv6, which BIP-0155 does not allow. */
  private static boolean isDisguised(byte[] ipv6) {
    return AddressRanges.startsWith(ipv6, IPV4_PREFIX)
        || AddressRanges.startsWith(ipv6, TORV2_PREFIX)
        || AddressRanges.startsWith(ipv6, INTERNAL_PREFIX);
  }

  /** Writes the form of BIP-0155. */
  public void writeTo(ByteWriter out) {
    out.uint8(network.code()).varBytes(bytes).uint16BigEndian(port);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NetAddress that
        && network == that.network
        && port == that.port
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(bytes) + port;
  }

  /** {@code 1.2.3.4:5}, {@code [::1]:5}, {@code ….onion:5}, {@code ….b32.i2p:5}. */
  @Override
  public String toString() {
    String host = host();
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }

  /** The address without port, as text. */
  public String host() {
    return AddressText.host(network, bytes);
  }
}
