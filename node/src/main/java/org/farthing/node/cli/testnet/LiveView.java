package org.farthing.node.cli.testnet;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.process.NodeProcess;
import org.farthing.node.cli.terminal.Text;

/** Watches a network for as long as it lives, and shows where it stands. */
final class LiveView {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final TestNetwork network;
  private final Progress progress;

  LiveView(TestNetwork network, Progress progress) {
    this.network = network;
    this.progress = progress;
  }

  /** Returns only when a node has ended. */
  void watch() throws NetworkFailure, CliException, RefusedException, InterruptedException {
    while (true) {
      network.waiting().until("a look at the network", PAUSE, this::show);
      Thread.sleep(PAUSE.toMillis());
    }
  }

  private boolean show() throws CliException, RefusedException {
    Set<String> tips = new TreeSet<>();
    long height = 0;
    for (NodeProcess node : network.nodes()) {
      JsonNode chain = node.rpc().call("getblockchaininfo");
      tips.add(chain.path("bestblockhash").asText());
      height = Math.max(height, chain.path("blocks").asLong());
    }
    long waiting = network.nodes().get(0).rpc().call("getmempoolinfo").path("size").asLong();
    String agreement = tips.size() == 1 ? "all agree" : tips.size() + " different tips";
    progress.draft(
        "height "
            + height
            + ", "
            + agreement
            + ", "
            + Text.count(waiting, "transaction")
            + " waiting");
    return true;
  }
}
