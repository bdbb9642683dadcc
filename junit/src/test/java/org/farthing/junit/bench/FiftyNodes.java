package org.farthing.junit.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.farthing.junit.RegtestNetwork;
import org.farthing.junit.RegtestNode;

/**
 * A process with many nodes at once. Prints {@code name value} lines: seconds, threads, megabytes.
 */
final class FiftyNodes {
  private static final int NODES = 50;
  private static final Path STATUS = Path.of("/proc/self/status");

  private FiftyNodes() {}

  public static void main(String[] arguments) throws IOException {
    RegtestNode.start().close();
    Held before = Held.now();
    long start = System.nanoTime();
    if (arguments[0].equals("network")) {
      try (RegtestNetwork network = RegtestNetwork.of(NODES)) {
        seconds("start", start);
        start = System.nanoTime();
        network.node(0).mine(1);
        network.awaitSync();
        seconds("spread", start);
        before.difference();
        start = System.nanoTime();
      }
    } else {
      List<RegtestNode> nodes = new ArrayList<>();
      for (int i = 0; i < NODES; i++) {
        nodes.add(RegtestNode.start());
        nodes.get(i).mine(1);
      }
      seconds("start", start);
      before.difference();
      start = System.nanoTime();
      nodes.forEach(RegtestNode::close);
    }
    seconds("close", start);
  }

  private static void seconds(String name, long startNanos) {
    print(name, (System.nanoTime() - startNanos) / 1e9);
  }

  private static void print(String name, double value) {
    System.out.println(name + " " + value);
  }

  private record Held(int threads, double heapMb, double residentMb) {
    static Held now() throws IOException {
      // Only what is in use counts, and not what nobody has cleared away yet.
      System.gc();
      long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
      int threads = ManagementFactory.getThreadMXBean().getThreadCount();
      return new Held(threads, heap / 1e6, resident());
    }

    private static double resident() throws IOException {
      if (!Files.exists(STATUS)) {
        return Double.NaN;
      }
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1e3)
          .findFirst()
          .orElse(Double.NaN);
    }

    /** What is held now that was not held then. */
    void difference() throws IOException {
      Held now = now();
      print("threads", now.threads - threads);
      print("heap", now.heapMb - heapMb);
      print("resident", now.residentMb - residentMb);
      print("process", now.residentMb);
    }
  }
}
