package org.farthing.node.rpc.port;

import java.util.List;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.NetRange;

/** Who may not connect. All methods run on the node's thread. */
public interface BansPort {
  /** The bans that last, in Bitcoin Core's order. */
  List<Ban> all();

  /** Whether exactly this is banned. */
  boolean isBanned(NetRange range);

  /** Whether some ban holds for this address. */
  boolean isBanned(NetAddress address);

  /**
   * Bans, and ends connections.
   *
   * @param seconds how long; 0 and less: as long as usual
   */
  void banFor(NetRange range, long seconds);

  /**
   * The same until a time.
   *
   * @param untilSeconds since 1970
   */
  void banUntil(NetRange range, long untilSeconds);

  /**
   * @return false if exactly this is not banned
   */
  boolean unban(NetRange range);

  /** Nobody is banned any more. */
  void clear();

  /**
   * @param createdSeconds when it began, in seconds since 1970
   * @param untilSeconds when it ends, in seconds since 1970
   */
  record Ban(NetRange range, long createdSeconds, long untilSeconds) {}
}
