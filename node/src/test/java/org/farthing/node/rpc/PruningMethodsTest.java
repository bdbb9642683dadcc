package org.farthing.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.farthing.node.config.ChainConfig.Pruning;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PruningMethodsTest {
  /** Nobody has its key. */
  private static final String NOBODY =
      "bcrt1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq3xueyj";

  @TempDir Path folder;
  private NodeFixture node;

  @BeforeEach
  void open() {
    node = new NodeFixture(folder);
    node.prune(new Pruning(Pruning.Mode.BY_RPC, 0, true));
  }

  @AfterEach
  void close() {
    node.close();
  }

  private JsonNode info() {
    return node.call("getblockchaininfo");
  }

  private String hash(int height) {
    return node.call("getblockhash", height).asText();
  }

  /** The heights at which files of 65,536 bytes would end, the lowest first. */
  private List<Integer> fileEnds() {
    List<Integer> ends = new ArrayList<>();
    int bytes = 0;
    int blocks = node.call("getblockcount").asInt();
    for (int height = 0; height <= blocks; height++) {
      int size = node.call("getblock", hash(height)).get("size").asInt() + 8;
      if (bytes + size >= 65_536) {
        ends.add(height - 1);
        bytes = 0;
      }
      bytes += size;
    }
    return ends;
  }

  private long time(int height) {
    return node.call("getblockheader", hash(height)).get("time").asLong();
  }

  @Test
  void aNodeThatKeepsAllBlocksSaysSo() {
    node.prune(new Pruning(Pruning.Mode.OFF, 0, false));
    assertThat(node.error(null, "pruneblockchain", 1))
        .isEqualTo("-1 Cannot prune blocks because node is not in prune mode.");
    assertThat(info().get("pruned").asBoolean()).isFalse();
    assertThat(info().has("pruneheight")).isFalse();
  }

  @Test
  void blocksAreDeletedUpToAHeight() {
    node.call("generatetoaddress", 600, NOBODY);
    int end = fileEnds().get(0);
    assertThat(info().get("pruned").asBoolean()).isTrue();
    assertThat(info().get("pruneheight").asInt()).isZero();
    assertThat(info().get("automatic_pruning").asBoolean()).isFalse();
    assertThat(info().has("prune_target_size")).isFalse();
    assertThat(node.call("pruneblockchain", 0).asInt()).isEqualTo(-1);
    assertThat(node.call("pruneblockchain", end - 1).asInt()).isEqualTo(-1);
    assertThat(node.call("pruneblockchain", end + 10).asInt()).isEqualTo(end);
    assertThat(info().get("pruneheight").asInt()).isEqualTo(end + 1);
    assertThat(node.error(null, "getblock", hash(end)))
        .isEqualTo("-1 Block not available (pruned data)");
    assertThat(node.call("getblock", hash(end + 1)).get("nTx").asInt()).isEqualTo(1);
    assertThat(node.call("getblockheader", hash(end)).get("nTx").asInt()).isEqualTo(1);
    assertThat(node.call("pruneblockchain", 600).asInt()).isEqualTo(end);
    assertThat(node.call("gettxoutsetinfo").get("txouts").asInt()).isEqualTo(600);
  }

  @Test
  void aPrunedBlockIsStoredAgainWhenItIsSubmitted() {
    node.call("generatetoaddress", 600, NOBODY);
    String block = node.call("getblock", hash(2), 0).asText();
    node.call("pruneblockchain", 400);
    assertThat(node.error(null, "getblock", hash(2)))
        .isEqualTo("-1 Block not available (pruned data)");
    assertThat(node.call("submitblock", block).asText()).isEqualTo("inconclusive");
    assertThat(node.call("getblock", hash(2), 0).asText()).isEqualTo(block);
    assertThat(node.call("submitblock", block).asText()).isEqualTo("duplicate");
  }

  @Test
  void aTimeIsAHeightToo() {
    node.call("generatetoaddress", 600, NOBODY);
    int end = fileEnds().get(0);
    long late = time(end + 20);
    assertThat(node.call("pruneblockchain", time(1) + 7200).asInt()).isEqualTo(-1);
    assertThat(late).isGreaterThan(time(end));
    assertThat(node.call("pruneblockchain", late + 7200).asInt()).isEqualTo(end);
    assertThat(node.error(null, "pruneblockchain", 2_000_000_000))
        .isEqualTo("-8 Could not find block with at least the specified timestamp.");
  }

  @Test
  void errorsInBitcoinCoresWords() {
    node.call("generatetoaddress", 99, NOBODY);
    assertThat(node.error(null, "pruneblockchain", -10)).isEqualTo("-8 Negative block height.");
    assertThat(node.error(null, "pruneblockchain", 50))
        .isEqualTo("-1 Blockchain is too short for pruning.");
    node.call("generatetoaddress", 1, NOBODY);
    assertThat(node.call("pruneblockchain", 50).asInt()).isEqualTo(-1);
    assertThat(node.error(null, "pruneblockchain", 101))
        .isEqualTo("-8 Blockchain is shorter than the attempted prune height.");
  }

  @Test
  void theTargetIsShown() {
    node.prune(new Pruning(Pruning.Mode.AUTOMATIC, 550, false));
    assertThat(info().get("automatic_pruning").asBoolean()).isTrue();
    assertThat(info().get("prune_target_size").asLong()).isEqualTo(550L << 20);
  }

  @Test
  void aWalletThatMissedWhatIsGoneIsNotLoaded() {
    node.call("createwallet", "alice");
    node.call("createwallet", "bob");
    node.call("unloadwallet", "alice");
    node.call("generatetoaddress", 600, NOBODY);
    node.call("pruneblockchain", 300);
    assertThat(node.error(null, "loadwallet", "alice"))
        .startsWith(
            "-4 Wallet loading failed. Prune: last wallet synchronisation goes beyond pruned data.");
    assertThat(node.call("listwallets")).hasSize(1);
    node.call("unloadwallet", "bob");
    node.call("loadwallet", "bob");
  }
}
