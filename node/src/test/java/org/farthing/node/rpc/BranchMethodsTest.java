package org.farthing.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.Script;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The methods by which an operator moves the chain from branch to branch. */
class BranchMethodsTest {
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

  private static String hash(Block block) {
    return block.hash().toString();
  }

  private String best() {
    return node.call("getbestblockhash").asText();
  }

  @Test
  void blocksAreInvalidatedAndReconsidered() {
    List<Block> blocks = node.builder.mine(3);
    node.call("invalidateblock", hash(blocks.get(1)));
    assertThat(best()).isEqualTo(hash(blocks.get(0)));
    assertThat(node.call("getblock", hash(blocks.get(2))).get("confirmations").asInt())
        .isEqualTo(-1);
    node.call("reconsiderblock", hash(blocks.get(2)));
    assertThat(best()).isEqualTo(hash(blocks.get(2)));
  }

  @Test
  void oneOfTwoEqualBlocksIsPreferred() {
    Block first = node.builder.mine(1).get(0);
    Block second = node.builder.fork(0, 1).get(0);
    assertThat(best()).isEqualTo(hash(first));
    node.call("preciousblock", hash(second));
    assertThat(best()).isEqualTo(hash(second));
  }

  @Test
  void unknownBlocksAreNotFound() {
    for (String method : List.of("invalidateblock", "reconsiderblock", "preciousblock")) {
      assertThat(node.error(null, method, "0".repeat(64))).isEqualTo("-5 Block not found");
      assertThat(node.error(null, method, "00"))
          .isEqualTo("-8 blockhash must be of length 64 (not 2, for '00')");
    }
  }

  @Test
  void headersAreSubmitted() {
    Block first = node.builder.draft().build();
    Block good = node.builder.draft(node.builder.tip().hash()).build();
    assertThat(node.error(null, "submitheader", "xx")).isEqualTo("-22 Block header decode failed");
    assertThat(node.error(null, "submitheader", "00".repeat(79)))
        .isEqualTo("-22 Block header decode failed");
    node.call("submitheader", Hex.encode(first.header().serialize()));
    // What follows the header is not looked at.
    node.call("submitheader", Hex.encode(good.serialize()));
    node.call("submitheader", Hex.encode(good.serialize()));
    assertThat(node.call("getblockchaininfo").get("headers").asInt()).isEqualTo(1);
    assertThat(node.call("getblockchaininfo").get("blocks").asInt()).isZero();
    Block orphan = node.builder.draft(first.hash()).build();
    node.call("submitheader", Hex.encode(orphan.header().serialize()));
    Block bad = node.builder.draft(first.hash()).bits(0x207ffffe).build();
    assertThat(node.error(null, "submitheader", Hex.encode(bad.header().serialize())))
        .isEqualTo("-25 bad-diffbits");
  }

  /** With the reason's argument, without what the log says besides. */
  @Test
  void aRefusedBlockIsAnsweredWithItsReason() {
    Block old = node.builder.draft().version(3).build();
    assertThat(node.call("submitblock", Hex.encode(old.serialize())).asText())
        .isEqualTo("bad-version(0x00000003)");
    Block bare = node.builder.draft().coinbaseScript(Script.of(new byte[1])).build();
    assertThat(node.call("submitblock", Hex.encode(bare.serialize())).asText())
        .isEqualTo("bad-cb-length");
  }

  @Test
  void aHeaderNeedsTheOneBeforeIt() {
    String header = Hex.encode(node.builder.draft().build().header().serialize());
    String lost = header.substring(0, 8) + "11".repeat(32) + header.substring(72);
    assertThat(node.error(null, "submitheader", lost))
        .isEqualTo("-25 Must submit previous header (" + "11".repeat(32) + ") first");
  }

  @Test
  void tipsStandByHeight() {
    List<Block> left = node.builder.mine(3);
    List<Block> right = node.builder.fork(1, 1);
    Block header = node.builder.draft(left.get(2).hash()).build();
    node.call("submitheader", Hex.encode(header.header().serialize()));
    List<String> found = new ArrayList<>();
    for (JsonNode tip : node.call("getchaintips")) {
      found.add(
          "%d %d %s %s"
              .formatted(
                  tip.get("height").asInt(),
                  tip.get("branchlen").asInt(),
                  tip.get("status").asText(),
                  tip.get("hash").asText()));
    }
    assertThat(found)
        .containsExactly(
            "4 1 headers-only " + hash(header),
            "3 0 active " + hash(left.get(2)),
            "2 1 valid-headers " + hash(right.get(0)));
  }

  @Test
  void theChainIsVerified() {
    assertThat(node.call("verifychain").asBoolean()).isTrue();
    node.builder.mine(10);
    assertThat(node.call("verifychain").asBoolean()).isTrue();
    assertThat(node.call("verifychain", 4, 0).asBoolean()).isTrue();
    assertThat(node.error(null, "verifychain", "3"))
        .contains("JSON value of type string is not of expected type number");
  }
}
