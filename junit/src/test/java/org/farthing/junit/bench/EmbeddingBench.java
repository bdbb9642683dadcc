package org.farthing.junit.bench;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.spi.ToolProvider;
import org.farthing.junit.NodeSnapshot;
import org.farthing.junit.RegtestNode;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long it takes to have a node inside a test, and what it costs. Reports, and asserts nothing;
 * docs/benchmarks.md says how to run it, and what it said.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EmbeddingBench {
  private static final int PROCESSES = 9;
  private static final int NODES = 40;
  private static final int ROUNDS = 3;
  private static final int SNAPSHOTS = 40;
  private static final int SHORT_CHAIN = 1_000;
  private static final int LONG_CHAIN = 100_000;

  @TempDir Path folder;
  private String classPath = System.getProperty("java.class.path");

  @Test
  @Order(1)
  void firstNodeOfAProcess() throws Exception {
    Samples samples = new Samples();
    Path archive = folder.resolve("classes.jsa");
    classPath = onlyJars();
    run(List.of("-XX:ArchiveClassesAtExit=" + archive, "-Xlog:disable"), FirstNode.class);
    for (int i = 0; i < PROCESSES; i++) {
      samples.add("start to first block, first node of a process, ms", firstBlock(List.of()));
      samples.add(
          "... with an archive of classes, ms",
          firstBlock(List.of("-XX:SharedArchiveFile=" + archive)));
      samples.add(
          "... with the first compiler only, ms", firstBlock(List.of("-XX:TieredStopAtLevel=1")));
    }
    samples.print("First node");
  }

  private double firstBlock(List<String> flags) throws IOException, InterruptedException {
    return Double.parseDouble(run(flags, FirstNode.class).get(0));
  }

  /** The same class path, with an archive for each folder: others cannot be in one of classes. */
  private String onlyJars() throws IOException {
    ToolProvider jar = ToolProvider.findFirst("jar").orElseThrow();
    List<String> entries = new ArrayList<>();
    for (String entry : classPath.split(File.pathSeparator, -1)) {
      if (entry.isEmpty()) {
        // Of a class path that ends with a separator; as a path it would be the folder we are in.
        continue;
      }
      if (Files.isDirectory(Path.of(entry))) {
        String file = folder.resolve(entries.size() + ".jar").toString();
        jar.run(System.out, System.err, "-c", "-f", file, "-C", entry, ".");
        entries.add(file);
      } else if (Files.exists(Path.of(entry))) {
        entries.add(entry);
      }
    }
    return String.join(File.pathSeparator, entries);
  }

  @Test
  @Order(2)
  void laterNodes() {
    Samples samples = new Samples();
    for (int i = 0; i < NODES; i++) {
      long start = System.nanoTime();
      RegtestNode node = RegtestNode.start();
      node.mine(1);
      double millis = millisSince(start);
      if (i > 0) {
        samples.add(
            "start to first block, " + (i < 5 ? "second to fifth" : "later") + ", ms", millis);
      }
      start = System.nanoTime();
      node.close();
      samples.add("close, ms", millisSince(start));
      start = System.nanoTime();
      node = RegtestNode.builder().coins(0).start();
      node.mine(1);
      samples.add("start to first block, without coins, ms", millisSince(start));
      node.close();
    }
    samples.print("Later nodes of a process");
  }

  @Test
  @Order(3)
  void manyNodesAtOnce() throws Exception {
    for (String kind : List.of("apart", "network")) {
      Samples samples = new Samples();
      for (int i = 0; i < ROUNDS; i++) {
        for (String line : run(List.of(), FiftyNodes.class, kind)) {
          String[] words = line.split(" ", 2);
          samples.add(words[0], Double.parseDouble(words[1]));
        }
      }
      samples.print("50 nodes, " + kind + " (seconds, threads, megabytes)");
    }
  }

  @Test
  @Order(4)
  void generate() throws Exception {
    Samples samples = new Samples();
    for (int i = 0; i < NODES; i++) {
      try (RegtestNode node = RegtestNode.builder().coins(0).start()) {
        String address = node.newAddress();
        Rpc rpc = new Rpc(node);
        rpc.call("getblockcount");
        long start = System.nanoTime();
        rpc.call("generatetoaddress", "101", "\"" + address + "\"");
        samples.add(
            "generatetoaddress 101, " + (i == 0 ? "first of a process" : "later") + ", ms",
            millisSince(start));
      }
    }
    samples.print("101 blocks over RPC");
  }

  @Test
  @Order(5)
  void snapshots() {
    try (RegtestNode node = RegtestNode.start()) {
      for (int height : List.of(SHORT_CHAIN, LONG_CHAIN)) {
        long start = System.nanoTime();
        node.mine(height - node.height());
        System.out.printf("%,d blocks after %.1f s%n", height, millisSince(start) / 1e3);
        Samples samples = new Samples();
        for (int i = 0; i < SNAPSHOTS; i++) {
          goThereAndBack(node, samples);
        }
        samples.print("Snapshots at " + height + " blocks");
      }
    }
  }

  private static void goThereAndBack(RegtestNode node, Samples samples) {
    long start = System.nanoTime();
    NodeSnapshot snapshot = node.snapshot();
    samples.add("snapshot, ms", millisSince(start));
    start = System.nanoTime();
    node.revert(snapshot);
    samples.add("revert of nothing, ms", millisSince(start));
    node.send(node.newAddress(), 100_000);
    node.mine(3);
    node.reorg(2);
    start = System.nanoTime();
    node.revert(snapshot);
    samples.add("revert of a payment, three blocks and a reorganisation, ms", millisSince(start));
    node.release(snapshot);
  }

  private static double millisSince(long startNanos) {
    return (System.nanoTime() - startNanos) / 1e6;
  }

  /** What a process of this Java has printed. */
  private List<String> run(List<String> flags, Class<?> program, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(List.of("-cp", classPath, program.getName()));
    command.addAll(List.of(arguments));
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .redirectOutput(output.toFile())
            .start();
    if (process.waitFor() != 0) {
      throw new AssertionError(program + " has failed: " + Files.readString(output));
    }
    return Files.readAllLines(output);
  }

  /** Calls a node as other software does. */
  private static final class Rpc {
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI uri;
    private final String authorization;

    Rpc(RegtestNode node) {
      uri = node.rpcUri();
      String login = node.rpcUser() + ":" + node.rpcPassword();
      authorization =
          "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    }

    void call(String method, String... parameters) throws IOException, InterruptedException {
      String body =
          "{\"id\":1,\"method\":\"%s\",\"params\":[%s]}"
              .formatted(method, String.join(",", parameters));
      HttpResponse<String> response =
          http.send(
              HttpRequest.newBuilder(uri)
                  .header("Authorization", authorization)
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new AssertionError(method + ": " + response.body());
      }
    }
  }
}
