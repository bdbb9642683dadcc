package org.farthing.node.rpc.port;

import java.util.Optional;
import org.farthing.node.stratum.StratumReport;

/** The Stratum server of the node. */
@FunctionalInterface
public interface StratumPort {
  /** What is known of its miners; empty if it is off. On the node's thread. */
  Optional<StratumReport> report();
}
