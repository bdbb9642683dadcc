package org.farthing.junit;

import java.util.List;
import org.farthing.consensus.primitives.BlockHash;

/**
 * What a reorganisation did to the active chain.
 *
 * @param disconnected the blocks that are no longer in it, from the old tip down
 * @param connected the blocks that took their place, up to the new tip: one more
 */
public record Reorganisation(List<BlockHash> disconnected, List<BlockHash> connected) {
  public Reorganisation {
    disconnected = List.copyOf(disconnected);
    connected = List.copyOf(connected);
  }
}
