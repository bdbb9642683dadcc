package org.farthing.node.transport;

import java.util.Optional;
import org.farthing.node.wire.NetAddress;

/**
 * Whom to connect to, and on which way.
 *
 * @param address by which the connection is known
 * @param host what a proxy is asked for: a number or a name
 * @param encrypted whether to speak the encrypted protocol (BIP-0324); who does not know it closes
 *     the connection without an answer
 * @param proxy through which to go; empty: directly
 */
public record Target(NetAddress address, String host, boolean encrypted, Optional<Proxy> proxy) {
  /** A peer that is called without a proxy. */
  public static Target directly(NetAddress address, boolean encrypted) {
    return new Target(address, address.host(), encrypted, Optional.empty());
  }
}
