package org.farthing.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
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
}
