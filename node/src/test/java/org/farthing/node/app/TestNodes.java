package org.farthing.node.app;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.farthing.node.config.ConfigException;
import org.farthing.node.config.NodeConfig;
import org.farthing.node.config.Option;
import org.farthing.node.config.OptionValues;
import org.farthing.node.config.Options;

/** Regtest nodes with threads, files and sockets, which end with the test. */
final class TestNodes implements AutoCloseable {
  private final Path folder;
  private final List<Node> nodes = new ArrayList<>();

  /** The nodes have their data below this folder. */
  TestNodes(Path folder) {
    this.folder = folder;
  }

  /**
   * On free ports.
   *
   * @param name of its data directory
   * @param friends addresses that it connects to
   */
  NodeConfig config(String name, String... friends) throws ConfigException {
    return config(name, 0, friends);
  }

  NodeConfig config(String name, int port, String... friends) throws ConfigException {
    OptionValues values = values(name, port);
    for (String friend : friends) {
      values.add(Option.ADD_NODE, friend);
    }
    return Options.parse(values, Map.of()).config();
  }

  private OptionValues values(String name, int port) {
    return new OptionValues()
        .add(Option.NETWORK, "regtest")
        .add(Option.DATA_DIR, folder.resolve(name).toString())
        .add(Option.BIND, "127.0.0.1")
        .add(Option.PORT, Integer.toString(port))
        .add(Option.RPC_PORT, "0");
  }

  /** A node with these options set to 1. */
  Node startWith(String name, Option... options) throws ConfigException, StartException {
    return startWith(
        name, Arrays.stream(options).collect(Collectors.toMap(Function.identity(), o -> "1")));
  }

  Node startWith(String name, Map<Option, String> options) throws ConfigException, StartException {
    OptionValues values = values(name, 0);
    options.forEach(values::add);
    return start(Options.parse(values, Map.of()).config());
  }

  Node start(String name, String... friends) throws ConfigException, StartException {
    return start(config(name, friends));
  }

  Node start(NodeConfig config) throws StartException {
    Node node = Node.start(config);
    nodes.add(node);
    return node;
  }

  static TestRpc rpc(Node node) {
    return new TestRpc(node.rpcPort(), node.config().data().cookie());
  }

  /** Where others connect to. */
  static String address(Node node) {
    return node.listening().orElseThrow().toString();
  }

  static void awaitSameTip(TestRpc one, TestRpc two) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> one.call("getbestblockhash").equals(two.call("getbestblockhash")));
  }

  @Override
  public void close() {
    nodes.forEach(Node::close);
  }
}
