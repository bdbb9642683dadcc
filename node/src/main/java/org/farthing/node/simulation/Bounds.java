package org.farthing.node.simulation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.farthing.node.app.NodeCore;
import org.farthing.node.sync.Orphanage;

/** The most that any node held of anything, as often as was looked. */
final class Bounds {
  private int peers;
  private int addresses;
  private int headers;
  private int orphans;
  private int mempool;
  private int announcements;
  private long orphanBytes;
  private long unsentBytes;

  private void look(SimulatedNode node) {
    NodeCore core = node.core();
    peers = Math.max(peers, core.peers().all().size());
    addresses = Math.max(addresses, core.book().size());
    headers = Math.max(headers, core.chain().headers().size());
    List<Orphanage.Orphan> waiting = core.gossip().transactions().orphans();
    orphans = Math.max(orphans, waiting.size());
    orphanBytes =
        Math.max(
            orphanBytes, waiting.stream().mapToLong(each -> each.transaction().totalSize()).sum());
    announcements = Math.max(announcements, core.gossip().transactions().announcements());
    mempool = Math.max(mempool, core.mempool().count());
  }

  /**
   * Looks at all of these nodes.
   *
   * @param unsent the bytes that each machine has sent and nobody has got yet
   */
  void look(List<SimulatedNode> nodes, Map<SimulatedTransport, Long> unsent) {
    for (SimulatedNode node : nodes) {
      look(node);
      unsentBytes = Math.max(unsentBytes, unsent.getOrDefault(node.transport(), 0L));
    }
  }

  void writeTo(ObjectNode json) {
    json.put("peers", peers)
        .put("addresses", addresses)
        .put("headers", headers)
        .put("orphans", orphans)
        .put("orphanBytes", orphanBytes)
        .put("announcements", announcements)
        .put("mempool", mempool)
        .put("unsentBytes", unsentBytes);
  }
}
