package org.farthing.node.app;

import java.io.IOException;
import java.util.List;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.node.config.BindAddress;
import org.farthing.node.config.P2pConfig;
import org.farthing.node.wire.NetAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the ports that peers connect to. On the node's thread. */
final class P2pListening {
  private static final Logger LOG = LoggerFactory.getLogger(P2pListening.class);

  private P2pListening() {}

  /**
   * @return the first address that is listened on, with the port that was taken
   */
  static NetAddress open(P2pConfig p2p, NodeCore core) throws StartException {
    List<BindAddress> binds = p2p.binds().isEmpty() ? List.of(BindAddress.EVERYWHERE) : p2p.binds();
    NetAddress first = null;
    for (BindAddress bind : binds) {
      NetAddress bound = open(bind, bind.portOr(p2p.port()), core);
      first = first == null ? bound : first;
    }
    return first;
  }

  private static NetAddress open(BindAddress bind, int port, NodeCore core) throws StartException {
    NetAddress wanted;
    try {
      wanted = NetAddress.parse(bind.host(), port).withPort(port);
    } catch (DecodeException e) {
      throw new StartException("Cannot resolve -bind address: '" + bind.host() + "'", e);
    }
    try {
      NetAddress bound = core.listen(wanted);
      LOG.info("Bound to {}", bound);
      return bound;
    } catch (IOException e) {
      throw new StartException(
          ("Unable to bind to %s on this computer. Farthing is probably already running. (%s)"
                  + " Choose another port with --port (0 takes any free one).")
              .formatted(wanted, e.getMessage()),
          e);
    }
  }
}
