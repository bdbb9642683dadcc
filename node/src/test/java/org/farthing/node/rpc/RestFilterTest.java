package org.farthing.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.filter.BlockFilter;
import org.farthing.consensus.primitives.Block;
import org.farthing.node.config.IndexConfig;
import org.farthing.node.rpc.call.Reply;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.wire.CFilter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestFilterTest {
  private static final String NO_STORE = "no-store";
  private static final String IMMUTABLE = "public, immutable, max-age=86400";
  private static final String UNKNOWN = "ab".repeat(32);

  @TempDir Path folder;
  private NodeFixture node;
  private List<Block> blocks;

  @BeforeEach
  void open() {
    node = new NodeFixture(folder, new IndexConfig(true, true, true, true, true));
    blocks = node.builder.mine(8);
  }

  @AfterEach
  void close() {
    node.close();
  }

  private Reply get(String uri) {
    return node.rest.answer("/rest" + uri, new byte[0]);
  }

  private static String text(Reply reply) {
    return new String(reply.body(), StandardCharsets.UTF_8);
  }

  private Reply ok(String uri, String caching) {
    Reply reply = get(uri);
    assertThat(reply.status()).as(text(reply)).isEqualTo(200);
    assertThat(reply.content().caching()).isEqualTo(caching);
    return reply;
  }

  private String error(String uri) {
    Reply reply = get(uri);
    assertThat(reply.content().caching()).isEqualTo(NO_STORE);
    return reply.status() + " " + text(reply).strip();
  }

  private static String hash(Block block) {
    return block.hash().toString();
  }

  @Test
  void aFilterIsThatOfTheMethodAndTravelsAsInMessages() throws IOException {
    Block block = blocks.get(3);
    JsonNode expected = node.call("getblockfilter", hash(block));
    String path = "/blockfilter/basic/" + hash(block);
    JsonNode json = Json.parse(ok(path + ".json", IMMUTABLE).body());
    assertThat(json).hasSize(1);
    assertThat(json.get("filter")).isEqualTo(expected.get("filter"));
    byte[] filter = HexFormat.of().parseHex(json.get("filter").asText());
    ByteWriter message = new ByteWriter();
    new CFilter(0, BlockFilter.decode(block.hash(), filter)).writeTo(message);
    byte[] bytes = ok(path + ".bin", IMMUTABLE).body();
    assertThat(bytes).isEqualTo(message.toByteArray());
    assertThat(text(ok(path + ".hex", IMMUTABLE))).isEqualTo(Hex.encode(bytes) + "\n");
  }

  @Test
  void headersFollowTheActiveChain() throws IOException {
    List<String> expected = new ArrayList<>();
    ByteWriter wire = new ByteWriter();
    for (Block block : blocks) {
      String header = node.call("getblockfilter", hash(block)).get("header").asText();
      expected.add(header);
      wire.bytes(HexFormat.of().parseHex(reversed(header)));
    }
    byte[] all = wire.toByteArray();
    String path = "/blockfilterheaders/basic/" + hash(blocks.get(1));
    assertThat(json(path + ".json")).isEqualTo(Json.strings(expected.subList(1, 6)));
    JsonNode two = json(path + ".json?count=2");
    assertThat(two).isEqualTo(Json.strings(expected.subList(1, 3)));
    assertThat(json("/blockfilterheaders/basic/2/" + hash(blocks.get(1)) + ".json")).isEqualTo(two);
    assertThat(json(path + ".json?count=2000")).hasSize(7);
    assertThat(ok(path + ".bin?count=3", NO_STORE).body())
        .isEqualTo(Arrays.copyOfRange(all, 32, 4 * 32));
    assertThat(text(ok(path + ".hex?count=1", NO_STORE)).strip())
        .isEqualTo(reversed(expected.get(1)));
    Block stale = node.builder.fork(5, 1).get(0);
    assertThat(json("/blockfilterheaders/basic/" + hash(stale) + ".json")).isEmpty();
    assertThat(json("/blockfilterheaders/basic/" + UNKNOWN + ".json")).isEmpty();
  }

  private JsonNode json(String uri) throws IOException {
    return Json.parse(ok(uri, NO_STORE).body());
  }

  private static String reversed(String hex) {
    StringBuilder bytes = new StringBuilder();
    for (int i = hex.length(); i > 0; i -= 2) {
      bytes.append(hex, i - 2, i);
    }
    return bytes.toString();
  }

  @Test
  void whatIsNoQuestion() {
    String known = hash(blocks.get(0));
    assertThat(error("/blockfilter/abc/" + known + ".json"))
        .isEqualTo("400 Unknown filtertype abc");
    assertThat(error("/blockfilter/basic/abc.json")).isEqualTo("400 Invalid hash: abc");
    assertThat(error("/blockfilter/basic/" + UNKNOWN + ".bin"))
        .isEqualTo("404 " + UNKNOWN + " not found");
    assertThat(error("/blockfilter/" + known + ".bin"))
        .isEqualTo("400 Invalid URI format. Expected /rest/blockfilter/<filtertype>/<blockhash>");
    assertThat(error("/blockfilter/basic/" + known))
        .isEqualTo("404 output format not found (available: .bin, .hex, .json)");
    assertThat(error("/blockfilterheaders/abc/" + known + ".json"))
        .isEqualTo("400 Unknown filtertype abc");
    assertThat(error("/blockfilterheaders/basic/" + known + "%.json"))
        .isEqualTo("400 Invalid hash: " + known + "%");
    assertThat(error("/blockfilterheaders/basic/" + known + ".json?count=2001"))
        .isEqualTo("400 Header count is invalid or out of acceptable range (1-2000): 2001");
    assertThat(error("/blockfilterheaders/" + known + ".json"))
        .startsWith("400 Invalid URI format. Expected /rest/blockfilterheaders/<filtertype>/");
  }

  @Test
  void aBlockThatWasNeverConnectedHasNone() {
    Block next = node.builder.draft().build();
    node.call("submitheader", Hex.encode(next.header().serialize()));
    assertThat(error("/blockfilter/basic/" + hash(next) + ".json"))
        .isEqualTo("404 Filter not found. Block was not connected to active chain.");
  }

  @Test
  void withoutTheIndexItIsSaidSo(@TempDir Path other) {
    try (NodeFixture plain = new NodeFixture(other)) {
      Reply reply =
          plain.rest.answer(
              "/rest/blockfilter/basic/" + hash(blocks.get(0)) + ".json", new byte[0]);
      assertThat(reply.status()).isEqualTo(400);
      assertThat(text(reply).strip()).isEqualTo("Index is not enabled for filtertype basic");
    }
  }
}
