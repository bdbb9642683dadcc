package org.farthing.node.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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

  /** Status and body. */
  private String get(String path) throws Exception {
    String port = Files.readString(DataDirectory.of(folder, "regtest").metricsPort()).strip();
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    return response.statusCode() + " " + response.body();
  }
}
