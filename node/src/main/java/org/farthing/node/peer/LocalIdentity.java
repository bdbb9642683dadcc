package org.farthing.node.peer;

import java.util.function.IntSupplier;
import org.farthing.node.time.Clock;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.Services;
import org.farthing.node.wire.Version;

/**
 * What we say of ourselves.
 *
 * @param userAgent as in BIP-0014
 * @param height of our chain at the moment
 */
public record LocalIdentity(String userAgent, IntSupplier height, Clock clock) {
  /** What we offer: all blocks, with witnesses. */
  public static final long SERVICES =
      Services.NETWORK | Services.WITNESS | Services.NETWORK_LIMITED;

  Version version(NetAddress receiver, long nonce) {
    return new Version(
        Version.PROTOCOL,
        SERVICES,
        clock.nowSeconds(),
        new Version.Endpoint(Services.NONE, receiver),
        new Version.Endpoint(SERVICES, NetAddress.NONE),
        nonce,
        new Version.Client(userAgent, height.getAsInt(), true));
  }
}
