package org.farthing.node.app;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.farthing.node.peer.Routes;
import org.farthing.node.rpc.port.PrivacyPort;
import org.farthing.node.transport.Proxy;
import org.farthing.node.wire.AddressNetwork;

/** How other nodes are reached, as RPC methods see it. On the node thread. */
record PrivacyAdapter(NodeCore core) implements PrivacyPort {
  @Override
  public List<Way> ways() {
    return Arrays.stream(AddressNetwork.values()).map(this::way).toList();
  }

  private Way way(AddressNetwork network) {
    Routes routes = core.routes();
    Optional<Proxy> proxy = routes.proxy(network);
    return new Way(
        network,
        routes.isReachable(network),
        proxy.map(Proxy::toString),
        proxy.filter(Proxy::isolated).isPresent());
  }
}
