package org.farthing.node.simulation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.farthing.node.app.NodeCore;

/** The most that any node held of anything, as often as was looked. */
final class Bounds {
  private int peers;
  private int addresses;
  private int headers;
  private int orphans;
  private int mempool;

  void look(SimulatedNode node) {
    NodeCore core = node.core();
    peers = Math.max(peers, core.peers().all().size());
    addresses = Math.max(addresses, core.book().size());
    headers = Math.max(headers, core.chain().headers().size());
    orphans = Math.max(orphans, core.gossip().transactions().orphans().size());
    mempool = Math.max(mempool, core.mempool().count());
  }

  void writeTo(ObjectNode json) {
    json.put("peers", peers)
        .put("addresses", addresses)
        .put("headers", headers)
        .put("orphans", orphans)
        .put("mempool", mempool);
  }
}
