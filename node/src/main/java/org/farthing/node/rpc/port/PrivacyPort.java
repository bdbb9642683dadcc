package org.farthing.node.rpc.port;

import java.util.List;
import java.util.Optional;
import org.farthing.node.wire.AddressNetwork;

/**
 * How other nodes are reached, and what they do not learn. All methods run on the node's thread.
 */
public interface PrivacyPort {
  /** All networks, in the order of {@link AddressNetwork}. */
  List<Way> ways();

  /**
   * How a network is reached.
   *
   * @param reachable peers in it may be chosen
   * @param proxy that leads there, if one does
   * @param isolated each connection through it has credentials of its own
   */
  record Way(AddressNetwork network, boolean reachable, Optional<String> proxy, boolean isolated) {}
}
