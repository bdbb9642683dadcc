package org.farthing.node.peer;

import java.util.EnumSet;
import java.util.Set;
import org.farthing.node.wire.AddressNetwork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When addresses that are part of the program count: once, as the last resort, for those networks
 * of which no address is known although they can be reached. That is a minute after the start, or
 * at once where there is nothing else to hope for.
 */
final class FixedSeeds {
  private static final Logger LOG = LoggerFactory.getLogger(FixedSeeds.class);

  static final long PATIENCE_MILLIS = 60_000;

  private boolean wanted;
  private boolean started;
  private long startMillis;

  FixedSeeds(boolean wanted) {
    this.wanted = wanted;
  }

  /**
   * The networks whose seeds are to be taken in now, perhaps none.
   *
   * @param empty those that can be reached, and of which no address is known
   * @param hasOthers whether names, other nodes or the operator may lead to addresses
   */
  Set<AddressNetwork> due(Set<AddressNetwork> empty, boolean hasOthers, long nowMillis) {
    if (!started) {
      started = true;
      startMillis = nowMillis;
      if (!wanted) {
        LOG.info("Fixed seeds are disabled");
      }
    }
    if (!wanted || empty.isEmpty()) {
      return EnumSet.noneOf(AddressNetwork.class);
    }
    if (nowMillis > startMillis + PATIENCE_MILLIS) {
      LOG.info(
          "Adding fixed seeds as 60 seconds have passed and addrman is empty for at least one"
              + " reachable network");
    } else if (!hasOthers) {
      LOG.info(
          "Adding fixed seeds as -dnsseed=0 (or IPv4/IPv6 connections are disabled via -onlynet)"
              + " and neither -addnode nor -seednode are provided");
    } else {
      return EnumSet.noneOf(AddressNetwork.class);
    }
    wanted = false;
    return empty;
  }
}
