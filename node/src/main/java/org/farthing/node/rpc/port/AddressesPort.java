package org.farthing.node.rpc.port;

import java.util.List;
import java.util.Optional;
import org.farthing.node.wire.AddressNetwork;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.TimedAddress;

/** The addresses of other nodes that the node knows. All methods run on the node's thread. */
public interface AddressesPort {
  /**
   * Addresses at random, without those that are banned.
   *
   * @param count at most; 0: all
   * @param network only of this one; empty: of all
   */
  List<TimedAddress> sample(int count, Optional<AddressNetwork> network);

  /** All places of both tables; an address may have several. */
  List<Known> all();

  /**
   * @return how many addresses of a network there are
   */
  Count count(AddressNetwork network);

  /**
   * Remembers an address of a node with blocks and witnesses, as if it had told itself.
   *
   * @return false if it is known already, or of no use
   */
  boolean add(NetAddress address);

  /**
   * Treats an address as one to which connections were made.
   *
   * @return false where it is tried already, or its place is another's
   */
  boolean markTried(NetAddress address);

  /**
   * @param fresh to which there never was a connection
   * @param tried to which there was
   */
  record Count(int fresh, int tried) {}

  /**
   * @param source who told it first
   * @param tried we were connected to it at some time
   * @param bucket of the table that it is in
   * @param position inside the bucket
   */
  record Known(TimedAddress address, NetAddress source, boolean tried, int bucket, int position) {}
}
