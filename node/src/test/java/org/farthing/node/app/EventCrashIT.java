package org.farthing.node.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.farthing.node.config.DataDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A reader that comes and goes, of a node that is killed now and then: it hears of every block that
 * is connected or disconnected and of every transaction that begins or ceases to wait, each once.
 */
@Timeout(600)
@SuppressWarnings("try")
class EventCrashIT {
  private static final long SEED = Long.getLong("farthing.events.seed", System.nanoTime());
  private static final int ROUNDS = Integer.getInteger("farthing.events.rounds", 5);
  private static final String NOBODY = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";
  private static final int LONGEST_BUSY_MILLIS = 500;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path folder;
  private final Random random = new Random(SEED);
  private final EventReader reader = new EventReader();
  private KillableNode process;
  private TestRpc rpc;
  private int connections;

  @AfterEach
  void end() throws Exception {
    reader.close();
    if (process != null) {
      process.close();
    }
  }

  private void launch() throws Exception {
    process = KillableNode.launch(folder.resolve("node"), List.of("--events", "--connect=0"));
    rpc = process.awaitReady();
  }

  private DataDirectory data() {
    return DataDirectory.of(folder.resolve("node"), "regtest");
  }

  private void connect() throws Exception {
    int port = Integer.parseInt(Files.readString(data().rpcPort()).strip());
    EventReader.Form form =
        random.nextBoolean() ? EventReader.Form.SERVER_SENT : EventReader.Form.WEB_SOCKET;
    reader.connect(port, data().cookie(), form);
    connections++;
  }

  @Test
  void nothingIsMissedAndNothingComesTwice(TestReporter reporter) throws Exception {
    reporter.publishEntry("farthing.events.seed", Long.toString(SEED));
    launch();
    connect();
    awaitMirror();
    String start = reader.cursor();
    String firstTip = rpc.call("getbestblockhash").asText();
    rpc.call("createwallet", "payer", false, false, "", false, true, true);
    rpc.call("generatetoaddress", 120, rpc.call("getnewaddress"));
    for (int round = 0; round < ROUNDS; round++) {
      int steps = 5 + random.nextInt(20);
      for (int i = 0; i < steps; i++) {
        step();
      }
      killBusy();
      launch();
      if (random.nextBoolean()) {
        connect();
      }
    }
    connect();
    awaitMirror();
    List<JsonNode> heard = reader.events();
    // Somebody who begins at the beginning hears the same.
    try (EventReader another = new EventReader()) {
      another.beginWith(start, firstTip);
      int port = Integer.parseInt(Files.readString(data().rpcPort()).strip());
      another.connect(port, data().cookie(), EventReader.Form.SERVER_SENT);
      await().atMost(LIMIT).until(() -> another.events().size() >= heard.size());
      assertThat(another.events()).isEqualTo(heard);
    }
    reporter.publishEntry(
        "%d events over %d connections and %d kills".formatted(heard.size(), connections, ROUNDS));
    assertThat(process.stop()).isZero();
  }

  private void step() throws Exception {
    switch (random.nextInt(8)) {
      case 0 -> connect();
      case 1 -> reader.disconnect();
      case 2 -> reorganise();
      case 3, 4 -> rpc.call("generatetoaddress", 1 + random.nextInt(3), NOBODY);
      default -> rpc.call("sendtoaddress", NOBODY, "0.01");
    }
  }

  /** In the middle of blocks and payments. */
  private void killBusy() throws Exception {
    TestRpc dying = rpc;
    Thread busy =
        new Thread(
            () -> {
              try {
                for (; ; ) {
                  dying.call("sendtoaddress", NOBODY, "0.01");
                  dying.call("generatetoaddress", 1, NOBODY);
                }
              } catch (UncheckedIOException | AssertionError e) {
                // Killed.
              }
            });
    busy.start();
    process.runFor(random.nextInt(LONGEST_BUSY_MILLIS));
    process.kill();
    busy.join();
  }

  private void reorganise() {
    int depth = 1 + random.nextInt(3);
    int height = rpc.call("getblockcount").asInt();
    rpc.call("invalidateblock", rpc.call("getblockhash", height - depth + 1));
    // To another address: the same block again would be invalid again.
    rpc.call("generatetoaddress", depth + 1, rpc.call("getnewaddress"));
  }

  private void awaitMirror() {
    await().atMost(LIMIT).until(() -> reader.mirrors(rpc));
  }
}
