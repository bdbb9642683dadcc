package org.farthing.node.peer;

import java.util.Optional;
import org.farthing.node.transport.Proxy;
import org.farthing.node.wire.NetAddress;

/**
 * A connection that we make.
 *
 * @param name what the peer is called: its address, or what the operator wrote
 * @param encrypted whether to try the encrypted protocol (BIP-0324) first
 * @param proxy through which to go, if not through the one that everybody uses for the address
 */
public record Call(
    NetAddress address,
    ConnectionKind kind,
    String name,
    boolean encrypted,
    Optional<Proxy> proxy) {
  /** On the way that everybody takes. */
  public Call(NetAddress address, ConnectionKind kind, String name, boolean encrypted) {
    this(address, kind, name, encrypted, Optional.empty());
  }

  /** To an address that has no other name, unencrypted. */
  public static Call to(NetAddress address, ConnectionKind kind) {
    return new Call(address, kind, address.toString(), false);
  }

  Call encrypted(boolean wanted) {
    return new Call(address, kind, name, wanted, proxy);
  }
}
