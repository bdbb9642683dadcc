package org.farthing.node.i2p;

/**
 * The requests of SAM that a node has (I2P's SAM v3 specification). Signatures are Ed25519 (7 in
 * I2P's numbers, since old bridges don't know its name), and leases are encrypted by ECIES or, for
 * old peers, ElGamal.
 */
public final class SamRequests {
  /** Version 3.1 has no ports: all is at port 0. */
  public static final String HELLO = "HELLO VERSION MIN=3.1 MAX=3.1";

  /** A new key, {@code PRIV} in the answer. */
  public static final String GENERATE = "DEST GENERATE SIGNATURE_TYPE=7";

  private static final String ENCRYPTION = " i2cp.leaseSetEncType=4,0";

  private SamRequests() {}

  /** A session under a key of our own, with tunnels for many peers. */
  public static String create(String id, I2pKey key) {
    return "SESSION CREATE STYLE=STREAM ID="
        + id
        + " DESTINATION="
        + key.toBase64()
        + ENCRYPTION
        + " inbound.quantity=3 outbound.quantity=3";
  }

  /** A session under a key that nobody has ever seen, for one peer; {@code DESTINATION} is it. */
  public static String createTransient(String id) {
    return "SESSION CREATE STYLE=STREAM ID="
        + id
        + " DESTINATION=TRANSIENT SIGNATURE_TYPE=7"
        + ENCRYPTION
        + " inbound.quantity=1 outbound.quantity=1";
  }

  /** The destination behind a name such as {@code ….b32.i2p}, {@code VALUE} in the answer. */
  public static String lookUp(String name) {
    return "NAMING LOOKUP NAME=" + name;
  }

  /** Makes the connection on which it is asked one to the destination. */
  public static String connect(String id, String destination) {
    return "STREAM CONNECT ID=" + id + " DESTINATION=" + destination + " SILENT=false";
  }

  /** Makes the connection on which it is asked one from whoever calls next. */
  public static String accept(String id) {
    return "STREAM ACCEPT ID=" + id + " SILENT=false";
  }
}
