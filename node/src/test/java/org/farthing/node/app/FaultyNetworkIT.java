package org.farthing.node.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.farthing.consensus.bytes.Hex;
import org.farthing.node.app.SlowLink.Quality;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nodes in processes of their own, on lines that are slow, lossy or dead: the chain arrives, and a
 * connection that ends leaves no thread and no file descriptor behind.
 */
@Timeout(180)
class FaultyNetworkIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int BLOCKS = 400;
  private static final int THICK_BLOCKS = 12;
  private static final int THICK_BYTES = 80_000;
  private static final int HALF_HOUR_SECONDS = 1_800;

  /** Calls nobody by itself. */
  private static final List<String> ALONE = List.of("--connect", "0");

  /** Can be spent by anybody. */
  private static final String ANYONE = "raw(51)";

  @TempDir Path folder;
  private KillableNode giver;
  private KillableNode taker;
  private TestRpc from;
  private TestRpc to;

  @BeforeEach
  void start() throws Exception {
    giver = KillableNode.launch(folder.resolve("giver"), ALONE);
    from = giver.awaitReady();
    taker =
        KillableNode.launch(
            folder.resolve("taker"), List.of("--connect", "0", "--peer-timeout", "3"));
    to = taker.awaitReady();
  }

  @AfterEach
  void end() {
    for (KillableNode each : new KillableNode[] {giver, taker}) {
      if (each != null) {
        each.close();
      }
    }
  }

  @Test
  void aChainComesOverALineThatIsLateAndLosesOneSegmentInTwenty(TestReporter reporter)
      throws Exception {
    from.call("generatetodescriptor", BLOCKS, ANYONE);
    expectSync(new Quality(200, 5, 10_000_000), reporter);
  }

  @Test
  void aChainComesOverALineOfOneMegabitPerSecond(TestReporter reporter) throws Exception {
    from.call("generatetodescriptor", 1, ANYONE);
    thicken();
    expectSync(new Quality(20, 0, 1_000_000), reporter);
  }

  /** Makes blocks that are large, by an output script that nobody can compress. */
  private void thicken() {
    byte[] bulk = new byte[THICK_BYTES];
    new Random(THICK_BYTES).nextBytes(bulk);
    // OP_RETURN and one push.
    String script = "6a4e%08x".formatted(Integer.reverseBytes(bulk.length)) + Hex.encode(bulk);
    from.call("generatetodescriptor", THICK_BLOCKS, "raw(" + script + ")");
  }

  private void expectSync(Quality quality, TestReporter reporter) throws Exception {
    Footprint before = Footprint.of(taker);
    try (SlowLink link = SlowLink.to(giver.p2pPort(), quality, 1)) {
      long start = System.nanoTime();
      to.call("addnode", link.address(), "onetry");
      awaitSameTip();
      reporter.publishEntry(
          quality + ", seconds", "%.1f".formatted((System.nanoTime() - start) / 1e9));
      from.call("generatetodescriptor", 1, ANYONE);
      awaitSameTip();
    }
    awaitAlone();
    before.expectAgain(taker);
  }

  @Test
  void aPeerThatFallsSilentAmidABlockDownloadIsReplaced() throws Exception {
    from.call("generatetodescriptor", 1, ANYONE);
    thicken();
    Footprint before = Footprint.of(taker);
    String honest = "127.0.0.1:" + giver.p2pPort();
    try (SlowLink link = SlowLink.to(giver.p2pPort(), new Quality(20, 0, 1_000_000), 2)) {
      to.call("addnode", link.address(), "onetry");
      await().atMost(LIMIT).until(() -> height(to) > 0 && height(to) < THICK_BLOCKS);
      link.freeze();
      to.call("addnode", honest, "add");
      await().atMost(LIMIT).until(() -> to.call("getconnectioncount").asInt() == 2);
      to.call("setmocktime", System.currentTimeMillis() / 1000 + HALF_HOUR_SECONDS);
      awaitSameTip();
      await().atMost(LIMIT).until(() -> addresses().stream().noneMatch(link.address()::equals));
    }
    to.call("addnode", honest, "remove");
    addresses().forEach(address -> to.call("disconnectnode", address));
    awaitAlone();
    before.expectAgain(taker);
  }

  @Test
  void aPeerThatAcceptsAndNeverAnswersIsGivenUp() throws Exception {
    from.call("generatetodescriptor", BLOCKS, ANYONE);
    Footprint before = Footprint.of(taker);
    try (ServerSocket mute = new ServerSocket(0, 16, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + mute.getLocalPort();
      to.call("addnode", address, "onetry");
      await().atMost(LIMIT).until(() -> addresses().contains(address));
      to.call("addnode", "127.0.0.1:" + giver.p2pPort(), "onetry");
      awaitSameTip();
      await().atMost(LIMIT).until(() -> !addresses().contains(address));
    }
    addresses().forEach(address -> to.call("disconnectnode", address));
    awaitAlone();
    before.expectAgain(taker);
  }

  private List<String> addresses() {
    return Stream.iterate(0, i -> i + 1)
        .map(to.call("getpeerinfo")::get)
        .takeWhile(peer -> peer != null)
        .map(peer -> peer.get("addr").asText())
        .toList();
  }

  private static int height(TestRpc rpc) {
    return rpc.call("getblockcount").asInt();
  }

  private void awaitSameTip() {
    JsonNode tip = from.call("getbestblockhash");
    await().atMost(LIMIT).until(() -> to.call("getbestblockhash").equals(tip));
  }

  private void awaitAlone() {
    await().atMost(LIMIT).until(() -> to.call("getconnectioncount").asInt() == 0);
  }

  /** What a process holds of the system. */
  private record Footprint(long descriptors) {
    static Footprint of(KillableNode node) throws IOException {
      Path open = Path.of("/proc", Long.toString(node.pid()), "fd");
      if (!Files.isDirectory(open)) {
        return new Footprint(0);
      }
      long sockets = 0;
      try (Stream<Path> files = Files.list(open)) {
        for (Path file : (Iterable<Path>) files::iterator) {
          sockets += isSocket(file) ? 1 : 0;
        }
      }
      return new Footprint(sockets);
    }

    private static boolean isSocket(Path descriptor) {
      try {
        return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
      } catch (IOException e) {
        // It was closed meanwhile.
        return false;
      }
    }

    /** Those of this test's own calls come and go: it is about what stays. */
    void expectAgain(KillableNode node) {
      await()
          .atMost(LIMIT)
          .untilAsserted(() -> assertThat(of(node).descriptors()).isLessThanOrEqualTo(descriptors));
    }
  }
}
