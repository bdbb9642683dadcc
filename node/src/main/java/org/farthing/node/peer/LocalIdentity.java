package org.farthing.node.peer;

import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.farthing.node.config.NetPermission;
import org.farthing.node.config.P2pConfig;
import org.farthing.node.time.Clock;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.Services;
import org.farthing.node.wire.Version;

/**
 * What we say of ourselves.
 *
 * @param services bits: {@link #ALL_BLOCKS} or {@link #LAST_BLOCKS}, perhaps with more
 * @param userAgent as in BIP-0014
 * @param height of our chain at the moment
 * @param isCurrent whether our tip is not much older than a day: then those who have the last
 *     blocks only are of use too
 */
public record LocalIdentity(
    long services, String userAgent, IntSupplier height, BooleanSupplier isCurrent, Clock clock) {
  /** A node that keeps all blocks; with witnesses. */
  public static final long ALL_BLOCKS =
      Services.NETWORK | Services.WITNESS | Services.NETWORK_LIMITED;

  /** A node that prunes: it has the last 288 blocks (BIP-0159). */
  public static final long LAST_BLOCKS = Services.WITNESS | Services.NETWORK_LIMITED;

  /** The bits of a node. */
  public static long services(boolean prunes, P2pConfig.Serving serving, boolean encrypts) {
    return (prunes ? LAST_BLOCKS : ALL_BLOCKS)
        | (serving.bloomFilters() ? Services.BLOOM : Services.NONE)
        | (serving.blockFilters() ? Services.COMPACT_FILTERS : Services.NONE)
        | (encrypts ? Services.P2P_V2 : Services.NONE);
  }

  /** What peers that we choose must offer, given what one offers. */
  public long neededServices(long offered) {
    boolean limited = Services.has(offered, Services.NETWORK_LIMITED) && isCurrent.getAsBoolean();
    return Services.WITNESS | (limited ? Services.NETWORK_LIMITED : Services.NETWORK);
  }

  /**
   * What we tell a peer that is to know nothing of us: the same as all others say who do so, as
   * Bitcoin Core has it.
   */
  static Version unknown(long nonce) {
    return new Version(
        Version.WTXID_RELAY,
        Services.NONE,
        0,
        Version.Endpoint.NONE,
        Version.Endpoint.NONE,
        nonce,
        new Version.Client("/pynode:0.0.1/", 0, false));
  }

  /**
   * What we tell a peer.
   *
   * @param relay whether we want it to announce transactions (BIP-0037)
   * @param permissions what we offer to it beyond what all are offered
   */
  Version version(NetAddress receiver, long nonce, boolean relay, Set<NetPermission> permissions) {
    long offered =
        permissions.contains(NetPermission.BLOOMFILTER) ? services | Services.BLOOM : services;
    return new Version(
        Version.PROTOCOL,
        offered,
        clock.nowSeconds(),
        new Version.Endpoint(Services.NONE, receiver.isName() ? NetAddress.NONE : receiver),
        new Version.Endpoint(offered, NetAddress.NONE),
        nonce,
        new Version.Client(userAgent, height.getAsInt(), relay));
  }
}
