package org.farthing.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoinSetMethodsTest {
  /** Nobody has its key. */
  private static final String NOBODY =
      "bcrt1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq3xueyj";

  @TempDir Path folder;
  private NodeFixture node;

  @BeforeEach
  void open() {
    node = new NodeFixture(folder);
  }

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void figuresOfAllCoins() {
    node.call("generatetoaddress", 3, NOBODY);
    JsonNode figures = node.call("gettxoutsetinfo");
    assertThat(figures.get("height").asInt()).isEqualTo(3);
    assertThat(figures.get("bestblock").asText()).isEqualTo(node.call("getbestblockhash").asText());
    assertThat(figures.get("txouts").asInt()).isEqualTo(3);
    assertThat(figures.get("transactions").asInt()).isEqualTo(3);
    assertThat(figures.get("bogosize").asInt()).isEqualTo(3 * (50 + 34));
    assertThat(figures.get("total_amount").decimalValue()).isEqualByComparingTo("150");
    assertThat(figures.get("hash_serialized_3").asText()).hasSize(64);
    assertThat(figures.has("muhash")).isFalse();
    JsonNode withSetHash = node.call("gettxoutsetinfo", "muhash");
    assertThat(withSetHash.get("muhash").asText()).hasSize(64);
    assertThat(withSetHash.has("hash_serialized_3")).isFalse();
    JsonNode withoutHash = node.call("gettxoutsetinfo", "none");
    assertThat(withoutHash.has("muhash")).isFalse();
    assertThat(withoutHash.has("hash_serialized_3")).isFalse();
  }

  @Test
  void errorsInBitcoinCoresWords() {
    assertThat(node.error(null, "gettxoutsetinfo", "bogus"))
        .isEqualTo("-8 'bogus' is not a valid hash_type");
    assertThat(node.error(null, "gettxoutsetinfo", "none", 0))
        .isEqualTo("-8 Querying specific block heights requires coinstatsindex");
    assertThat(node.error(null, "gettxoutsetinfo", "none", "0".repeat(64)))
        .isEqualTo("-8 Querying specific block heights requires coinstatsindex");
  }

  @Test
  void aFileOfAllCoins() throws IOException {
    node.call("generatetoaddress", 3, NOBODY);
    String second = node.call("getblockhash", 2).asText();
    String hash = node.call("gettxoutsetinfo").get("hash_serialized_3").asText();
    Path file = folder.resolve("coins.dat");
    JsonNode latest = node.call("dumptxoutset", file.toString(), "latest");
    assertThat(latest.get("coins_written").asInt()).isEqualTo(3);
    assertThat(latest.get("base_height").asInt()).isEqualTo(3);
    assertThat(latest.get("nchaintx").asInt()).isEqualTo(4);
    assertThat(latest.get("txoutset_hash").asText()).isEqualTo(hash);
    assertThat(latest.get("path").asText()).isEqualTo(file.toString());
    // utxo, version 2, regtest, the block, three coins; each with its txid, one output, its place.
    assertThat(Files.size(file)).isEqualTo(5 + 2 + 4 + 32 + 8 + 3 * (32 + 1 + 1 + 1 + 1 + 1 + 34));
    assertThat(file.resolveSibling("coins.dat.incomplete")).doesNotExist();

    JsonNode earlier =
        node.call(
            "dumptxoutset",
            folder.resolve("earlier.dat").toString(),
            "",
            Map.of("rollback", second));
    assertThat(earlier.get("base_hash").asText()).isEqualTo(second);
    assertThat(earlier.get("coins_written").asInt()).isEqualTo(2);
  }

  @Test
  void aFileThatIsThereStays() throws IOException {
    Path file = Files.writeString(folder.resolve("mine.txt"), "mine");
    assertThat(node.error(null, "dumptxoutset", file.toString(), "latest"))
        .startsWith("-8 " + file + " already exists");
    assertThat(file).hasContent("mine");
    assertThat(node.error(null, "dumptxoutset", "coins.dat", "latest"))
        .isEqualTo("-8 This node has no data directory: give an absolute path");
    assertThat(node.error(null, "dumptxoutset", folder + "/new", "rollback")).startsWith("-8 Give");
    assertThat(node.error(null, "dumptxoutset", folder + "/new", "latest", Map.of("rollback", 1)))
        .isEqualTo("-8 Invalid snapshot type \"latest\" specified with rollback option");
  }
}
