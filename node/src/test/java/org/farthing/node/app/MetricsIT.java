package org.farthing.node.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.farthing.node.config.DataDirectory;
import org.farthing.node.config.Option;
import org.farthing.node.config.OptionValues;
import org.farthing.node.config.Options;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees of a node. */
@Timeout(120)
class MetricsIT {
  private static final String ADDRESS = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";

  @TempDir Path folder;

  @Test
  void aNodeIsWatched() throws Exception {
    OptionValues values =
        new OptionValues()
            .add(Option.NETWORK, "regtest")
            .add(Option.DATA_DIR, folder.toString())
            .add(Option.LISTEN, "0")
            .add(Option.RPC_PORT, "0")
            .add(Option.METRICS_PORT, "0");
    try (Node node = Node.start(Options.parse(values, Map.of()).config())) {
      assertThat(get("/livez")).startsWith("200 ").contains("\"initial-download\"");
      assertThat(get("/readyz")).startsWith("503 ").contains("\"initial-download\"");
      assertThat(get("/readyz?initial-download=ok")).startsWith("200 ");
      TestNodes.rpc(node).call("generatetoaddress", 3, ADDRESS);
      assertThat(get("/readyz")).startsWith("200 ").contains("\"ready\"", "\"height\":3");
      assertThat(get("/metrics"))
          .contains("farthing_chain_height 3.0", "farthing_block_connect_seconds_count 3")
          .contains("farthing_rpc_call_seconds_count{method=\"generatetoaddress\"} 1");
      assertThat(get("/other")).startsWith("404 ");
    }
    assertThat(DataDirectory.of(folder, "regtest").metricsPort()).doesNotExist();
  }

  /** Which peer and which stage held a block back has a name, in figures and in recordings. */
  @Test
  void theWayOfABlockIsTold() throws Exception {
    Path file = folder.resolve("blocks.jfr");
    try (TestNodes nodes = new TestNodes(folder);
        Recording recording = new Recording()) {
      recording.enable("farthing.BlockStage");
      recording.start();
      Node miner = nodes.start("miner");
      Node watched = nodes.startWith("watched", Map.of(Option.METRICS_PORT, "0"));
      TestNodes.rpc(watched).call("addnode", TestNodes.address(miner), "onetry");
      TestNodes.rpc(miner).call("generatetoaddress", 1, ADDRESS);
      TestNodes.awaitSameTip(TestNodes.rpc(miner), TestNodes.rpc(watched));
      Path data = folder.resolve("watched");
      for (String stage : List.of("requested", "received", "checked", "connected")) {
        assertThat(get(data, "/metrics"))
            .contains("farthing_block_stage_seconds_count{stage=\"" + stage + "\"} 1");
      }
      recording.dump(file);
    }
    List<RecordedEvent> atOther =
        RecordingFile.readAllEvents(file).stream()
            .filter(event -> event.getInt("height") == 1)
            .filter(event -> event.getString("stage").equals("received"))
            .toList();
    assertThat(atOther)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getString("address")).startsWith("127.0.0.1:");
              assertThat(event.getDuration("sinceLast")).isPositive();
            });
  }

  private String get(String path) throws Exception {
    return get(folder, path);
  }

  /** Status and body. */
  private static String get(Path data, String path) throws Exception {
    String port = Files.readString(DataDirectory.of(data, "regtest").metricsPort()).strip();
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    return response.statusCode() + " " + response.body();
  }
}
