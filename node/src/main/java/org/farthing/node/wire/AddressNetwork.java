package org.farthing.node.wire;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A network that nodes have addresses in (BIP-0155). */
public enum AddressNetwork {
  IPV4(1, 4, "ipv4"),
  IPV6(2, 16, "ipv6"),
  /** Tor's onion services of version 3, by their public keys. */
  TORV3(4, 32, "onion"),
  /** I2P, by the hash of a destination. */
  I2P(5, 32, "i2p"),
  CJDNS(6, 16, "cjdns");

  private final int code;
  private final int addressSize;
  private final String label;

  AddressNetwork(int code, int addressSize, String label) {
    this.code = code;
    this.addressSize = addressSize;
    this.label = label;
  }

  /** The number on the wire. */
  public int code() {
    return code;
  }

  /** The length of an address in bytes. */
  public int addressSize() {
    return addressSize;
  }

  /** Whether its addresses are those of sockets: the others need a way of their own. */
  public boolean hasSockets() {
    return this == IPV4 || this == IPV6;
  }

  /** Bitcoin Core's name for it, in RPC and in {@code -onlynet}. */
  public String label() {
    return label;
  }

  /** The network of this name; Tor's has two. */
  public static Optional<AddressNetwork> named(String label) {
    String wanted = label.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(network -> network.label.equals(wanted.equals("tor") ? TORV3.label : wanted))
        .findFirst();
  }

  /** All names, separated by commas. */
  public static String labels() {
    return Arrays.stream(values()).map(AddressNetwork::label).collect(Collectors.joining(", "));
  }

  /** The network of this number, or null if it is none that we know. */
  static AddressNetwork of(int code) {
    for (AddressNetwork network : values()) {
      if (network.code == code) {
        return network;
      }
    }
    return null;
  }
}
