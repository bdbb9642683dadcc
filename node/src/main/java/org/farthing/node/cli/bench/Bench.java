package org.farthing.node.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.process.BitcoindProcess;
import org.farthing.node.cli.process.NodeProcess;
import org.farthing.node.cli.process.RunningNode;

/** Where benchmarks work: a temporary folder, and nodes that end with it. */
final class Bench implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final Duration PAUSE = Duration.ofMillis(5);

  /** On regtest alone a bitcoind looks through all that it knows after each change. */
  private static final List<String> WITHOUT_SELF_CHECKS =
      List.of("-checkblockindex=0", "-checkmempool=0");

  private final Path folder;
  private final Consumer<String> progress;
  private final List<RunningNode> nodes = new CopyOnWriteArrayList<>();
  private int folders;

  /** What starts nodes. */
  private List<String> wrapper = List.of();

  private Bench(Path folder, Consumer<String> progress) {
    this.folder = folder;
    this.progress = progress;
  }

  /**
   * @param progress is told what goes on, in a few words
   */
  static Bench open(Consumer<String> progress) throws IOException {
    return new Bench(Files.createTempDirectory("farthing-bench-"), progress);
  }

  void say(String text) {
    progress.accept(text);
  }

  /** Nodes that start from now on may use so many cores only; 0 stands for all. */
  void useCores(int cores) {
    wrapper = cores == 0 ? List.of() : List.of("taskset", "-c", "0-" + (cores - 1));
  }

  /** A data directory that nobody has used, or the place of a file. */
  Path newFolder() {
    return folder.resolve(Integer.toString(++folders));
  }

  /** A node whose heap has at most so many MiB, ready for calls. */
  NodeProcess startReadyWithin(int heapMib, Path data, String network, String... options)
      throws IOException, CliException, RefusedException, InterruptedException {
    NodeProcess node = start(List.of("-Xmx" + heapMib + "m"), data, network, options);
    await(node, node::isReady);
    return node;
  }

  NodeProcess start(Path data, String network, String... options) throws IOException {
    return start(List.of(), data, network, options);
  }

  private NodeProcess start(List<String> jvmFlags, Path data, String network, String... options)
      throws IOException {
    String name = "node" + (nodes.size() + 1);
    NodeProcess.Launch launch = new NodeProcess.Launch(wrapper, jvmFlags);
    NodeProcess node = NodeProcess.start(name, data, network, List.of(options), launch);
    nodes.add(node);
    return node;
  }

  NodeProcess startReady(Path data, String network, String... options)
      throws IOException, CliException, RefusedException, InterruptedException {
    NodeProcess node = start(data, network, options);
    await(node, node::isReady);
    return node;
  }

  /** Another program in the place of our node, for comparison: its regtest, ready for calls. */
  RunningNode startOther(Path program, String... options)
      throws IOException, CliException, RefusedException, InterruptedException {
    return startOther(program, newFolder(), options);
  }

  /** The same in a data directory that it may have used before. */
  RunningNode startOther(Path program, Path data, String... options)
      throws IOException, CliException, RefusedException, InterruptedException {
    List<String> command = new ArrayList<>(wrapper);
    command.add(program.toString());
    command.addAll(WITHOUT_SELF_CHECKS);
    RunningNode node = BitcoindProcess.start(command, data, List.of(options));
    nodes.add(node);
    await(node, node::isReady);
    return node;
  }

  static int height(RunningNode node) throws CliException, RefusedException {
    return node.rpc().call("getblockcount").asInt();
  }

  void stop(RunningNode node) throws InterruptedException {
    node.askToStop();
    node.awaitStop();
    nodes.remove(node);
  }

  /** What can be waited for. */
  @FunctionalInterface
  interface Condition {
    boolean holds() throws CliException, RefusedException;
  }

  /**
   * Waits for something that a node is to do.
   *
   * @throws CliException if the node ends, or takes minutes
   */
  void await(RunningNode node, Condition condition)
      throws CliException, RefusedException, InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.holds()) {
      if (!node.isAlive() || System.nanoTime() > end) {
        throw CliException.failed("the benchmark cannot go on: " + node.ending())
            .hint("It said last: " + String.join("\n", node.lastWords(10)));
      }
      Thread.sleep(PAUSE.toMillis());
    }
  }

  /** Ends all nodes and removes the folder; may be called by a shutdown hook too. */
  @Override
  public synchronized void close() throws IOException {
    nodes.forEach(RunningNode::askToStop);
    try {
      for (RunningNode node : List.copyOf(nodes)) {
        stop(node);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (Files.exists(folder)) {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
