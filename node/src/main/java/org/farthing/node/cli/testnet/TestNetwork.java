package org.farthing.node.cli.testnet;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.process.NodeProcess;

/** The processes of a network. The first node is where the others begin; the rest is gossip. */
final class TestNetwork {
  private static final String NETWORK = ConsensusParams.testnet().network().name();

  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(60);

  private final Plan plan;
  private final Progress progress;
  private final List<NodeProcess> nodes = new CopyOnWriteArrayList<>();
  private final Waiting waiting = new Waiting(nodes);

  TestNetwork(Plan plan, Progress progress) {
    this.plan = plan;
    this.progress = progress;
  }

  List<NodeProcess> nodes() {
    return List.copyOf(nodes);
  }

  List<NodeProcess> miners() {
    return nodes().subList(0, plan.miners());
  }

  Waiting waiting() {
    return waiting;
  }

  /** Starts all nodes and returns when each is connected. */
  void start()
      throws NetworkFailure, CliException, RefusedException, InterruptedException, IOException {
    NodeProcess first = launch(1, List.of());
    waiting.until("node1 to be ready", START_LIMIT, first::isReady);
    report(first);
    List<NodeProcess> others = new ArrayList<>();
    for (int number = 2; number <= plan.nodes(); number++) {
      others.add(launch(number, List.of("--add-node", first.p2pAddress())));
    }
    for (NodeProcess node : others) {
      waiting.until(node.name() + " to be ready", START_LIMIT, node::isReady);
      report(node);
    }
    if (plan.nodes() > 1) {
      waiting.until("each node to have a peer", CONNECT_LIMIT, this::allHavePeers);
      progress.step("all nodes are connected: " + connections());
    }
  }

  private NodeProcess launch(int number, List<String> options) throws IOException {
    String name = "node" + number;
    NodeProcess node = NodeProcess.start(name, plan.folder().resolve(name), NETWORK, options);
    nodes.add(node);
    return node;
  }

  private void report(NodeProcess node) throws CliException {
    progress.step(
        String.format(
            "%s is ready: P2P %s, RPC %s", node.name(), node.p2pAddress(), node.rpc().endpoint()));
  }

  private boolean allHavePeers() throws CliException, RefusedException {
    for (NodeProcess node : nodes) {
      if (node.rpc().call("getconnectioncount").asInt() == 0) {
        return false;
      }
    }
    return true;
  }

  /** How many peers each node has, for people. */
  String connections() throws CliException, RefusedException {
    List<String> counts = new ArrayList<>();
    for (NodeProcess node : nodes) {
      JsonNode count = node.rpc().call("getconnectioncount");
      counts.add(node.name() + " has " + count.asText());
    }
    return String.join(", ", counts);
  }

  /**
   * Stops all nodes, all at once, and waits for them.
   *
   * @return the names of those that did not end well
   */
  List<String> stop() throws InterruptedException {
    nodes.forEach(NodeProcess::askToStop);
    List<String> failed = new ArrayList<>();
    for (NodeProcess node : nodes) {
      if (!node.awaitStop()) {
        failed.add(node.ending());
      }
    }
    return failed;
  }
}
