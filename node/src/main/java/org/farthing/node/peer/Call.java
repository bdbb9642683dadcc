package org.farthing.node.peer;

import org.farthing.node.wire.NetAddress;

/**
 * A connection that we make.
 *
 * @param name what the peer is called: its address, or what the operator wrote
 */
public record Call(NetAddress address, ConnectionKind kind, String name) {
  /** To an address that has no other name. */
  public static Call to(NetAddress address, ConnectionKind kind) {
    return new Call(address, kind, address.toString());
  }
}
