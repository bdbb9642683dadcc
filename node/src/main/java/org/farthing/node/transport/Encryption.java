package org.farthing.node.transport;

import org.farthing.consensus.bytes.Hex;

/**
 * How the bytes of a connection travel.
 *
 * @param sessionId of an encrypted connection, the same on both sides: 32 bytes in hexadecimal;
 *     otherwise empty
 */
public record Encryption(Protocol protocol, String sessionId) {
  /** Which protocol. */
  public enum Protocol {
    /** The first bytes have not told yet. */
    DETECTING("detecting"),
    /** As it was from the beginning: anybody on the way can read and change it. */
    V1("v1"),
    /** Encrypted (BIP-0324). */
    V2("v2");

    private final String label;

    Protocol(String label) {
      this.label = label;
    }

    /** Bitcoin Core's name for it in {@code getpeerinfo}. */
    public String label() {
      return label;
    }
  }

  static final Encryption UNKNOWN = new Encryption(Protocol.DETECTING, "");
  static final Encryption NONE = new Encryption(Protocol.V1, "");

  static Encryption of(byte[] sessionId) {
    return new Encryption(Protocol.V2, Hex.encode(sessionId));
  }
}
