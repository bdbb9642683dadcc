package org.farthing.node.cli.testnet;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.process.NodeProcess;

/** In which mempools a transaction has been seen. */
final class MempoolWatch {
  private final String txid;
  private final List<NodeProcess> missing;

  MempoolWatch(List<NodeProcess> nodes, String txid) {
    this.txid = txid;
    this.missing = new ArrayList<>(nodes);
  }

  /**
   * Looks into the mempools where it has not been seen yet.
   *
   * @return whether it has now been seen in all
   */
  boolean look() throws CliException, RefusedException {
    for (NodeProcess node : List.copyOf(missing)) {
      for (JsonNode waiting : node.rpc().call("getrawmempool")) {
        if (waiting.asText().equals(txid)) {
          missing.remove(node);
        }
      }
    }
    return missing.isEmpty();
  }
}
