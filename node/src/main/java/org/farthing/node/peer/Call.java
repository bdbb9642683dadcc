package org.farthing.node.peer;

import org.farthing.node.wire.NetAddress;

/**
 * A connection that we make.
 *
 * @param name what the peer is called: its address, or what the operator wrote
 * @param encrypted whether to try the encrypted protocol (BIP-0324) first
 */
public record Call(NetAddress address, ConnectionKind kind, String name, boolean encrypted) {
  /** To an address that has no other name, unencrypted. */
  public static Call to(NetAddress address, ConnectionKind kind) {
    return new Call(address, kind, address.toString(), false);
  }

  Call encrypted(boolean wanted) {
    return new Call(address, kind, name, wanted);
  }
}
