package org.farthing.node.rpc.port;

import java.util.List;
import org.farthing.consensus.primitives.Transaction;

/** The transactions that wait for their parents. */
@FunctionalInterface
public interface OrphansPort {
  /** The first to come first. On the node's thread. */
  List<Orphan> all();

  /**
   * @param peers the numbers of those who sent or announced it
   */
  record Orphan(Transaction transaction, List<Long> peers) {
    public Orphan {
      peers = List.copyOf(peers);
    }
  }
}
