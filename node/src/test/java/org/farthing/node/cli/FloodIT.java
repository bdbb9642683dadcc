package org.farthing.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.node.cli.bench.Flood;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node that hostile peers flood; {@code farthing bench flood} does it for longer, and measures.
 */
@Timeout(240)
class FloodIT {
  private static final int HOSTILE = 40;
  private static final long BYTES_IN_SECOND = 40_000_000;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path folder;

  private static int connections(RegtestNode node) throws Exception {
    return node.rpc().call("getconnectioncount").asInt();
  }

  private static List<Long> honest(RegtestNode node) throws Exception {
    List<Long> ids = new ArrayList<>();
    for (JsonNode peer : node.rpc().call("getpeerinfo")) {
      if (peer.path("subver").asText().startsWith("/Farthing")) {
        ids.add(peer.path("id").asLong());
      }
    }
    return ids;
  }

  @Test
  void aFloodedNodeAnswersKeepsItsPeersAndFollowsTheirChain() throws Exception {
    try (RegtestNode node = RegtestNode.start(folder.resolve("node"), "--listen")) {
      int port = Integer.parseInt(Files.readString(node.directory().p2pPort()).strip());
      String address = "127.0.0.1:" + port;
      try (RegtestNode peer =
          RegtestNode.start(folder.resolve("peer"), "--connect", address, "--no-listen")) {
        Awaitility.await().atMost(LIMIT).until(() -> connections(node) == 1);
        Awaitility.await().atMost(LIMIT).until(() -> honest(node).size() == 1);
        List<Long> before = honest(node);
        try (Flood flood =
            Flood.begin(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                ConsensusParams.regtest().network().magic(),
                new Flood.Force(HOSTILE, BYTES_IN_SECOND),
                7)) {
          Awaitility.await().atMost(LIMIT).until(() -> flood.messages() > 500);
          for (int height = 1; height <= 5; height++) {
            int wanted = height;
            peer.rpc().call("generatetodescriptor", 1, "raw(51)");
            Awaitility.await()
                .atMost(LIMIT)
                .until(() -> node.rpc().call("getblockcount").asInt() == wanted);
          }
          assertThat(flood.connections()).as("who misbehaves is thrown out").isGreaterThan(HOSTILE);
          assertThat(honest(node)).isEqualTo(before);
        }
        Awaitility.await().atMost(LIMIT).until(() -> connections(node) == 1);
        assertThat(honest(node)).isEqualTo(before);
      }
    }
  }
}
