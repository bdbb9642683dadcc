package org.farthing.node.rpc.port;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.node.wire.AddressNetwork;

/**
 * How other nodes are reached, and what they do not learn. All methods run on the node's thread.
 */
public interface PrivacyPort {
  /** All networks, in the order of {@link AddressNetwork}. */
  List<Way> ways();

  /** Whether transactions of callers go to few peers only, and not into the mempool. */
  boolean isPrivate();

  /** Whether there is a network now in which nobody sees who we are. */
  boolean canHide();

  /**
   * Sends a transaction to few peers, until it comes back from the network.
   *
   * @return false where too many are being sent
   */
  boolean send(Transaction transaction);

  /** What is being sent so, the first to be added first. */
  List<Sending> sendings();

  /**
   * Sends a transaction no more.
   *
   * @param id in hex: a wtxid, or a txid for all that have it
   * @return what was being sent
   */
  List<Transaction> abort(String id);

  /**
   * How a network is reached.
   *
   * @param reachable peers in it may be chosen
   * @param proxy that leads there, if one does
   * @param isolated each connection through it has credentials of its own
   */
  record Way(AddressNetwork network, boolean reachable, Optional<String> proxy, boolean isolated) {}

  /**
   * A transaction that is sent to few.
   *
   * @param attemptsRemaining to how many more it may be sent
   */
  record Sending(
      Transaction transaction,
      long addedSeconds,
      int attemptsRemaining,
      List<Delivery> deliveries) {
    public Sending {
      deliveries = List.copyOf(deliveries);
    }
  }

  /**
   * It was sent to a peer.
   *
   * @param receivedSeconds when the peer said that it has it
   */
  record Delivery(String address, long sentSeconds, OptionalLong receivedSeconds) {}
}
