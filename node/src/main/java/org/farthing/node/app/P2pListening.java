package org.farthing.node.app;

import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.node.config.BindAddress;
import org.farthing.node.config.P2pConfig;
import org.farthing.node.wire.NetAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the ports that peers connect to. On the node's thread. */
final class P2pListening {
  private static final Logger LOG = LoggerFactory.getLogger(P2pListening.class);

  private static final BindAddress FOR_TOR =
      new BindAddress("127.0.0.1", OptionalInt.empty(), true);

  private P2pListening() {}

  /**
   * Where peers are waited for.
   *
   * @param first of the addresses
   * @param forTor where calls of an onion service are to be taken to
   */
  record Opened(NetAddress first, NetAddress forTor) {}

  /**
   * Opens all that is wanted; with an onion service a place for its calls too, where they can be
   * told from others.
   */
  static Opened open(P2pConfig p2p, NodeCore core) throws StartException {
    List<BindAddress> binds = p2p.binds().isEmpty() ? List.of(BindAddress.EVERYWHERE) : p2p.binds();
    NetAddress first = null;
    NetAddress forTor = null;
    for (BindAddress bind : binds) {
      NetAddress bound = open(bind, bind.portOr(bind.usualPort(p2p.port())), core);
      first = first == null ? bound : first;
      forTor = forTor == null && bind.onion() ? bound : forTor;
    }
    if (forTor == null && p2p.binds().isEmpty() && p2p.privacy().tor().isPresent()) {
      forTor = openForTor(FOR_TOR.usualPort(p2p.port()), core);
    }
    OwnAddresses.tell(p2p, first.port(), core.locals());
    return new Opened(first, forTor == null ? first : forTor);
  }

  /** Any port is as good if the usual one is taken: it is Tor that is told of it. */
  private static NetAddress openForTor(int port, NodeCore core) throws StartException {
    try {
      return open(FOR_TOR, port, core);
    } catch (StartException e) {
      LOG.warn("{}", e.getMessage());
      return open(FOR_TOR, 0, core);
    }
  }

  private static NetAddress open(BindAddress bind, int port, NodeCore core) throws StartException {
    NetAddress wanted;
    try {
      wanted = NetAddress.parse(bind.host(), port).withPort(port);
    } catch (DecodeException e) {
      throw new StartException("Cannot resolve -bind address: '" + bind.host() + "'", e);
    }
    try {
      NetAddress bound = bind.onion() ? core.listenForTor(wanted) : core.listen(wanted);
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
