package org.farthing.node.app;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.node.config.AddressConfig;
import org.farthing.node.config.BindAddress;
import org.farthing.node.config.P2pConfig;
import org.farthing.node.peer.LocalAddresses;
import org.farthing.node.wire.NetAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the node at which addresses others reach it: those that were named, and the machine's. */
final class OwnAddresses {
  private static final Logger LOG = LoggerFactory.getLogger(OwnAddresses.class);

  private OwnAddresses() {}

  /**
   * @param port that the node listens on
   * @throws StartException if something that was named is no address
   */
  static void tell(P2pConfig config, int port, LocalAddresses locals) throws StartException {
    AddressConfig addresses = config.addresses();
    for (String text : addresses.external()) {
      try {
        locals.add(NetAddress.parse(text, port), LocalAddresses.MANUAL, true);
      } catch (DecodeException e) {
        throw new StartException("Cannot resolve -externalip address: '" + text + "'", e);
      }
    }
    if (!addresses.discover()) {
      return;
    }
    List<BindAddress> binds = config.binds().stream().filter(bind -> !bind.onion()).toList();
    for (BindAddress bind : binds) {
      addBound(bind, port, locals);
    }
    if (config.binds().isEmpty()) {
      discover(port, locals);
    }
  }

  private static void addBound(BindAddress bind, int port, LocalAddresses locals)
      throws StartException {
    try {
      locals.add(NetAddress.parse(bind.host(), port), LocalAddresses.BOUND, false);
    } catch (DecodeException e) {
      throw new StartException("Cannot resolve -bind address: '" + bind.host() + "'", e);
    }
  }

  private static void discover(int port, LocalAddresses locals) {
    try {
      List<NetworkInterface> interfaces = NetworkInterface.networkInterfaces().toList();
      for (NetworkInterface each : interfaces) {
        if (each.isUp() && !each.isLoopback()) {
          for (InetAddress address : each.inetAddresses().toList()) {
            locals.add(NetAddress.of(address, port), LocalAddresses.OF_INTERFACE, false);
          }
        }
      }
    } catch (SocketException e) {
      LOG.warn("The addresses of this machine cannot be found out: {}", e.getMessage());
    }
  }
}
