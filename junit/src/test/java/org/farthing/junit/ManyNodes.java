package org.farthing.junit;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rocksdb.AbstractImmutableNativeReference;

/**
 * A program that uses nodes in all ways, closes them, and looks what is left. It ends with 0 if
 * nothing is; otherwise it says what.
 */
@SuppressWarnings("try")
final class ManyNodes {
  private static final Path OPEN_FILES = Path.of("/proc/self/fd");
  private static final long LIMIT_NANOS = 10_000_000_000L;

  private final List<AbstractImmutableNativeReference> handles = new ArrayList<>();

  /**
   * What the process holds.
   *
   * @param threads by their names
   * @param files sockets and other things that are open; empty where the system does not tell
   */
  private record Held(Set<String> threads, List<String> files) {
    static Held now() throws IOException {
      Set<String> threads =
          Thread.getAllStackTraces().keySet().stream()
              .filter(Thread::isAlive)
              .map(Thread::getName)
              .collect(Collectors.toCollection(TreeSet::new));
      return new Held(threads, openFiles());
    }

    Held without(Held other) {
      Set<String> moreThreads = new TreeSet<>(threads);
      moreThreads.removeAll(other.threads);
      List<String> moreFiles = new ArrayList<>(files);
      other.files.forEach(moreFiles::remove);
      return new Held(moreThreads, moreFiles);
    }

    private static List<String> openFiles() throws IOException {
      if (!Files.isDirectory(OPEN_FILES)) {
        return List.of();
      }
      List<String> open = new ArrayList<>();
      try (Stream<Path> links = Files.list(OPEN_FILES)) {
        for (Path link : links.toList()) {
          try {
            open.add(Files.readSymbolicLink(link).toString().replaceAll("\\[\\d+]", ""));
          } catch (IOException e) {
            // The one by which the folder itself was read.
          }
        }
      }
      Collections.sort(open);
      return open;
    }
  }

  public static void main(String[] arguments) throws Exception {
    ManyNodes nodes = new ManyNodes();
    // What a process loads once, such as native code, it keeps.
    nodes.use();
    Held before = settled();
    for (int i = 0; i < 3; i++) {
      nodes.use();
    }
    Held after = Held.now();
    long end = System.nanoTime() + LIMIT_NANOS;
    while (!after.equals(before) && System.nanoTime() < end) {
      Thread.sleep(50);
      after = Held.now();
    }
    List<AbstractImmutableNativeReference> left =
        nodes.handles.stream().filter(AbstractImmutableNativeReference::isOwningHandle).toList();
    System.out.println(nodes.handles.size() + " native handles");
    if (!after.equals(before) || !left.isEmpty() || nodes.handles.isEmpty()) {
      System.out.println("left: " + after.without(before) + ", handles " + left);
      System.out.println("gone: " + before.without(after));
      System.exit(1);
    }
  }

  /** As soon as threads that only linger have gone. */
  private static Held settled() throws Exception {
    Held held = Held.now();
    long end = System.nanoTime() + LIMIT_NANOS;
    while (held.threads().stream().anyMatch(name -> name.startsWith("globalEventExecutor"))
        && System.nanoTime() < end) {
      Thread.sleep(50);
      held = Held.now();
    }
    return held;
  }

  private void use() throws IOException {
    try (RegtestNode node =
        RegtestNode.builder()
            .option("tx-index", "1")
            .option("block-filter-index", "1")
            .option("coin-stats-index", "1")
            .option("rest", "1")
            .start()) {
      NodeSnapshot snapshot = node.snapshot();
      node.send(node.newAddress(), 10_000);
      node.mine(3);
      node.reorg(2);
      node.createWallet("another");
      node.rpcUri();
      // Somebody who does not hang up.
      try (Socket caller = new Socket(node.rpcUri().getHost(), node.rpcUri().getPort());
          Socket peer = new Socket()) {
        peer.connect(node.p2pAddress());
        node.revert(snapshot);
        handles.addAll(NativeHandles.heldBy(node));
      }
    }
    try (RegtestNetwork network = RegtestNetwork.of(3, node -> node.coins(1))) {
      network.node(0).mine(1);
      network.awaitSync();
      network.nodes().forEach(node -> handles.addAll(NativeHandles.heldBy(node)));
    }
  }
}
