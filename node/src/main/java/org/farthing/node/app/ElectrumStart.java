package org.farthing.node.app;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.farthing.node.config.BindAddress;
import org.farthing.node.rpc.RpcPorts;
import org.farthing.node.rpc.call.MethodTable;
import org.farthing.node.rpc.electrum.ElectrumServer;

/** Serves clients of the Electrum protocol. */
final class ElectrumStart {
  private static final int USUAL_PORT = 50_001;

  private ElectrumStart() {}

  /** Listens, and tells clients of changes from now on. On the node thread. */
  static ElectrumServer open(
      BindAddress address, NodeCore core, RpcPorts node, MethodTable methods, String software)
      throws StartException {
    try {
      ElectrumServer server =
          ElectrumServer.start(
              new InetSocketAddress(address.host(), address.portOr(USUAL_PORT)),
              new ElectrumAdapter(node, methods),
              software,
              core.chain().params().genesis().hash());
      core.intake().onTipChanged(chain -> server.changed());
      core.mempool().addListener(event -> server.changed());
      return server;
    } catch (IOException e) {
      throw new StartException(e.getMessage(), e);
    }
  }
}
