package org.farthing.node.transport;

import java.io.IOException;
import java.util.Optional;
import org.farthing.node.i2p.I2pKey;
import org.farthing.node.i2p.SamException;
import org.farthing.node.wire.NetAddress;

/** Who a node is in I2P, from one run to the next. */
public interface I2pIdentity {
  /**
   * The key, if there is one already. On one of Netty's loops, as {@link #keep}, each time the
   * bridge is found.
   *
   * @throws SamException if what was kept is no key
   */
  Optional<I2pKey> key() throws IOException, SamException;

  /** Keeps a new key; nobody has been told its address yet. */
  void keep(I2pKey key) throws IOException;

  /** Peers can call from now on. On the owner of the transport. */
  void reachable(NetAddress address);

  /** They cannot any more. On the owner of the transport. */
  void unreachable(NetAddress address);
}
