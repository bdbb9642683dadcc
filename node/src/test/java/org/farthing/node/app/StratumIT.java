package org.farthing.node.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.farthing.node.app.TestNodes.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.farthing.node.config.Option;
import org.farthing.node.stratum.ScriptedMiner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Miners that share no code with the node, at the Stratum port of a real one. */
class StratumIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SOMEBODY = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";
  private static final int PATIENCE_MILLIS = 30_000;

  @TempDir Path folder;
  private TestNodes nodes;
  private Node node;
  private TestRpc rpc;

  @AfterEach
  void end() {
    nodes.close();
  }

  private void start(Map<Option, String> options) throws Exception {
    nodes = new TestNodes(folder);
    node = nodes.startWith("node", options);
    rpc = rpc(node);
  }

  private int port() throws IOException {
    return Integer.parseInt(Files.readString(node.config().data().stratumPort()).trim());
  }

  /** The miner's end of a connection. */
  private static final class Client implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader in;
    private final OutputStream out;
    private final Deque<JsonNode> notifications = new ArrayDeque<>();
    private int requests;

    Client(int port) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(PATIENCE_MILLIS);
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      out = socket.getOutputStream();
    }

    JsonNode ask(String method, Object... params) throws IOException {
      ObjectNode request = JSON.createObjectNode().put("id", ++requests).put("method", method);
      request.set("params", JSON.valueToTree(params));
      say(request.toString());
      for (JsonNode line = read(); ; line = read()) {
        if (line.path("id").asInt() == requests) {
          return line;
        }
        notifications.add(line);
      }
    }

    void say(String line) throws IOException {
      out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private JsonNode read() throws IOException {
      return JSON.readTree(in.readLine());
    }

    JsonNode next(String method) throws IOException {
      while (true) {
        JsonNode line = notifications.isEmpty() ? read() : notifications.poll();
        if (line.path("method").asText().equals(method)) {
          return line.get("params");
        }
      }
    }

    boolean isClosedByOther() throws IOException {
      try {
        return in.readLine() == null;
      } catch (SocketException e) {
        return true;
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  @Test
  void aMinerFindsBlocksThatTheNodeTakes() throws Exception {
    start(Map.of(Option.STRATUM, "127.0.0.1:0"));
    try (Client miner = new Client(port())) {
      String extraNonce = miner.ask("mining.subscribe", "scripted/1").at("/result/1").asText();
      String worker = SOMEBODY + ".attic";
      assertThat(miner.ask("mining.authorize", worker, "x").get("result").asBoolean()).isTrue();
      for (int height = 1; height <= 3; height++) {
        JsonNode job = miner.next("mining.notify");
        assertThat(job.get(8).asBoolean()).isTrue();
        ScriptedMiner work = new ScriptedMiner(job, extraNonce, "0000000" + height);
        int nonce = work.search(0, BigInteger.ONE.negate(), work.blockTarget());
        JsonNode answer =
            miner.ask(
                "mining.submit",
                worker,
                work.job(),
                work.extraNonce2(),
                work.time(),
                "%08x".formatted(nonce));
        assertThat(answer.get("result").asBoolean()).as(answer.toString()).isTrue();
        assertThat(rpc.call("getblockcount").asInt()).isEqualTo(height);
      }
      JsonNode block = rpc.call("getblock", rpc.call("getbestblockhash").asText(), 2);
      assertThat(block.at("/tx/0/vout/0/scriptPubKey/address").asText()).isEqualTo(SOMEBODY);

      JsonNode info = rpc.call("getstratuminfo");
      assertThat(info.get("listening").asBoolean()).isTrue();
      assertThat(info.get("port").asInt()).isEqualTo(port());
      JsonNode connection = info.at("/connections/0");
      assertThat(connection.get("software").asText()).isEqualTo("scripted/1");
      assertThat(connection.at("/workers/0").asText()).isEqualTo(worker);
      assertThat(connection.get("accepted").asInt()).isEqualTo(3);
      assertThat(connection.get("blocks").asInt()).isEqualTo(3);
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> rpc.call("getstratuminfo").get("connections").isEmpty());
  }

  @Test
  void aTipFromElsewhereEndsOldWork() throws Exception {
    start(Map.of(Option.STRATUM, "127.0.0.1:0", Option.MINE_TO, SOMEBODY));
    try (Client miner = new Client(port())) {
      String extraNonce = miner.ask("mining.subscribe").at("/result/1").asText();
      miner.ask("mining.authorize", "rig", "");
      ScriptedMiner old = new ScriptedMiner(miner.next("mining.notify"), extraNonce, "00000000");
      rpc.call("generatetoaddress", 1, SOMEBODY);
      assertThat(miner.next("mining.notify").get(8).asBoolean()).isTrue();
      JsonNode answer =
          miner.ask("mining.submit", "rig", old.job(), "00000000", old.time(), "00000000");
      assertThat(answer.at("/error/0").asInt()).isEqualTo(21);
    }
  }

  @Test
  void limitsHold() throws Exception {
    start(Map.of(Option.STRATUM, "127.0.0.1:0", Option.STRATUM_MAX_CONNECTIONS, "2"));
    try (Client first = new Client(port());
        Client second = new Client(port())) {
      first.ask("mining.subscribe");
      second.ask("mining.subscribe");
      assertThat(second.ask("mining.authorize", "rig", "").at("/error/0").asInt()).isEqualTo(24);
      try (Client third = new Client(port())) {
        assertThat(third.isClosedByOther()).isTrue();
      }
      assertThat(rpc.call("getstratuminfo").get("refusedconnections").asInt()).isEqualTo(1);
      first.say("x".repeat(20_000));
      assertThat(first.isClosedByOther()).isTrue();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> rpc.call("getstratuminfo").get("connections").size() == 1);
      try (Client third = new Client(port())) {
        assertThat(third.ask("mining.ping").get("result").asText()).isEqualTo("pong");
      }
      assertThat(second.ask("mining.ping").get("result").asText()).isEqualTo("pong");
    }
  }

  @Test
  void thereIsNoPortIfNobodyAsksForOne() throws Exception {
    start(Map.of());
    assertThat(rpc.call("getstratuminfo").get("listening").asBoolean()).isFalse();
    assertThat(node.config().data().stratumPort()).doesNotExist();
  }
}
