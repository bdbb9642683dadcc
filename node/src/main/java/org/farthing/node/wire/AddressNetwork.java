package org.farthing.node.wire;

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

  /** Bitcoin Core's name for it, in RPC and in {@code -onlynet}. */
  public String label() {
    return label;
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
