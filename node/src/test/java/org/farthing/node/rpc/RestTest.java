package org.farthing.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.node.config.ChainConfig.Pruning;
import org.farthing.node.rpc.call.Reply;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.rest.Rest;
import org.farthing.testing.ChainBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestTest {
  private static final String NO_STORE = "no-store";
  private static final String IMMUTABLE = "public, immutable, max-age=86400";
  private static final String UNKNOWN = "ab".repeat(32);
  private static final String FORMATS = "output format not found (available: .bin, .hex, .json)";

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

  private Reply get(String uri) {
    return post(uri, new byte[0]);
  }

  private Reply post(String uri, byte[] body) {
    String whole = "/rest" + uri;
    assertThat(node.rest.serves(whole)).isTrue();
    return node.rest.answer(whole, body);
  }

  private static Reply ok(Reply reply, String type, String caching) {
    assertThat(text(reply)).satisfies(t -> assertThat(reply.status()).isEqualTo(200));
    assertThat(reply.content()).isEqualTo(new Reply.Content(type, caching));
    return reply;
  }

  private JsonNode json(String path, String query, String caching) {
    Reply reply = ok(get(path + ".json" + query), "application/json", caching);
    try {
      return Json.parse(reply.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode json(String path) {
    return json(path, "", NO_STORE);
  }

  /** The bytes, which must be the same in hex. */
  private byte[] bytes(String path, String query, String caching) {
    byte[] bin = ok(get(path + ".bin" + query), "application/octet-stream", caching).body();
    Reply hex = ok(get(path + ".hex" + query), "text/plain", caching);
    assertThat(text(hex)).isEqualTo(Hex.encode(bin) + "\n");
    return bin;
  }

  private static String text(Reply reply) {
    return new String(reply.body(), StandardCharsets.UTF_8);
  }

  /** Status and text of an answer that is an error. */
  private static String error(Reply reply) {
    assertThat(reply.content()).isEqualTo(new Reply.Content("text/plain", NO_STORE));
    assertThat(text(reply)).endsWith("\r\n");
    return reply.status() + " " + text(reply).strip();
  }

  private String error(String uri) {
    return error(get(uri));
  }

  private static String hash(Block block) {
    return block.hash().toString();
  }

  /** Waits in the mempool; spends the first coinbase. */
  private Transaction waiting() {
    node.builder.mine(101);
    OutPoint coin = node.builder.coinbase(1);
    Transaction tx = node.builder.spend(coin, ChainBuilder.MINER.p2wpkh(), 4_999_990_000L);
    node.call("sendrawtransaction", Hex.encode(tx.serialize()), 0);
    return tx;
  }

  @Test
  void aTransactionThatWaits() throws DecodeException {
    Transaction tx = waiting();
    assertThat(Transaction.decode(bytes("/tx/" + tx.txid(), "", NO_STORE))).isEqualTo(tx);
    assertThat(json("/tx/" + tx.txid()).get("txid").asText()).isEqualTo(tx.txid().toString());
    assertThat(error("/tx/" + tx.txid())).isEqualTo("404 " + FORMATS);
    assertThat(error("/tx/" + tx.txid() + ".")).isEqualTo("404 " + FORMATS);
    assertThat(error("/tx/" + UNKNOWN + ".json")).isEqualTo("404 " + UNKNOWN + " not found");
    assertThat(error("/tx/abc.json")).isEqualTo("400 Invalid hash: abc");
    assertThat(error("/tx/" + UNKNOWN + ".xml")).isEqualTo("400 Invalid hash: " + UNKNOWN + ".xml");
  }

  @Test
  void aBlockIsTheSameForEver() {
    Transaction tx = waiting();
    Block block = node.builder.mineWith(tx);
    String path = "/block/" + hash(block);
    assertThat(bytes(path, "", IMMUTABLE)).isEqualTo(block.serialize());
    assertThat(json(path)).isEqualTo(node.call("getblock", hash(block), 3));
    assertThat(json(path).at("/tx/1/vin/0/prevout/value").decimalValue()).isEqualTo("50.00000000");
    assertThat(json("/block/notxdetails/" + hash(block)))
        .isEqualTo(node.call("getblock", hash(block), 1));
    assertThat(bytes("/block/notxdetails/" + hash(block), "", IMMUTABLE))
        .isEqualTo(block.serialize());
    assertThat(error(path)).isEqualTo("404 " + FORMATS);
    assertThat(error(path + ".invalid")).isEqualTo("400 Invalid hash: " + hash(block) + ".invalid");
    assertThat(error("/block/" + UNKNOWN + ".bin")).isEqualTo("404 " + UNKNOWN + " not found");
    Block genesis = node.builder.params().genesis();
    assertThat(bytes("/block/" + hash(genesis), "", IMMUTABLE)).isEqualTo(genesis.serialize());
  }

  @Test
  void ofSomeBlocksThereIsOnlyTheHeader() {
    Block next = node.builder.draft().build();
    node.call("submitheader", Hex.encode(next.header().serialize()));
    assertThat(error("/block/" + hash(next) + ".bin"))
        .isEqualTo("404 " + hash(next) + " not available (not fully downloaded)");
    assertThat(error("/spenttxouts/" + hash(next) + ".bin"))
        .isEqualTo("404 " + hash(next) + " undo not available");
  }

  @Test
  void prunedBlocksAreGone() {
    node.prune(new Pruning(Pruning.Mode.BY_RPC, 0, true));
    List<Block> blocks = node.builder.mine(600);
    node.call("pruneblockchain", 600);
    assertThat(error("/block/" + hash(blocks.get(40)) + ".bin"))
        .isEqualTo("404 " + hash(blocks.get(40)) + " not available (pruned data)");
    assertThat(error("/blockpart/" + hash(blocks.get(40)) + ".bin?offset=0&size=1"))
        .isEqualTo("404 " + hash(blocks.get(40)) + " not available (pruned data)");
  }

  @Test
  void partsOfABlock() {
    Block block = node.builder.mine(1).get(0);
    byte[] all = block.serialize();
    String path = "/blockpart/" + hash(block);
    assertThat(bytes(path, "?offset=0&size=" + all.length, IMMUTABLE)).isEqualTo(all);
    assertThat(bytes(path, "?size=30&offset=20", IMMUTABLE))
        .isEqualTo(Arrays.copyOfRange(all, 20, 50));
    for (String bad :
        List.of(
            "?offset=0&size=0",
            "?offset=" + all.length + "&size=1",
            "?offset=1&size=" + all.length,
            "?offset=9223372036854775807&size=9223372036854775807")) {
      assertThat(error(path + ".bin" + bad)).startsWith("400 Bad block part offset/size ");
    }
    assertThat(error(path + ".bin")).isEqualTo("400 Block part offset missing or invalid");
    assertThat(error(path + ".bin?offset=x&size=1"))
        .isEqualTo("400 Block part offset missing or invalid");
    assertThat(error(path + ".bin?offset=1&size=-1"))
        .isEqualTo("400 Block part size missing or invalid");
    assertThat(error(path + ".json?offset=0&size=1"))
        .isEqualTo("400 JSON output is not supported for this request type");
  }

  @Test
  void headersOfTheActiveChain() {
    List<Block> blocks = node.builder.mine(10);
    String path = "/headers/" + hash(blocks.get(2));
    ByteWriter expected = new ByteWriter();
    blocks.subList(2, 7).forEach(block -> expected.bytes(block.header().serialize()));
    assertThat(bytes(path, "", NO_STORE)).isEqualTo(expected.toByteArray());
    assertThat(bytes(path, "?count=2", NO_STORE)).hasSize(160);
    assertThat(bytes(path, "?%63ount=%32", NO_STORE)).hasSize(160);
    assertThat(bytes(path, "?count=2000", NO_STORE)).hasSize(8 * 80);
    JsonNode two = json(path, "?count=2", NO_STORE);
    assertThat(two).hasSize(2);
    assertThat(two.get(1)).isEqualTo(node.call("getblockheader", hash(blocks.get(3))));
    assertThat(json("/headers/2/" + hash(blocks.get(2)))).isEqualTo(two);
    assertThat(json("/headers/" + UNKNOWN)).isEmpty();
    Block stale = node.builder.fork(5, 1).get(0);
    assertThat(json("/headers/" + hash(stale))).isEmpty();
    for (String count : List.of("5a", "-5", "0", "2001", "9".repeat(35), "+1", "")) {
      assertThat(error(path + ".json?count=" + count))
          .isEqualTo(
              ("400 Header count is invalid or out of acceptable range (1-2000): " + count)
                  .strip());
    }
    assertThat(error(path + "%.json")).isEqualTo("400 Invalid hash: " + hash(blocks.get(2)) + "%");
    assertThat(error("/headers/1/2/3.json"))
        .isEqualTo("400 Invalid URI format. Expected /rest/headers/<hash>.<ext>?count=<count>");
  }

  @Test
  void hashesByHeight() throws DecodeException {
    Block block = node.builder.mine(3).get(1);
    assertThat(json("/blockhashbyheight/2").get("blockhash").asText()).isEqualTo(hash(block));
    assertThat(text(ok(get("/blockhashbyheight/2.hex"), "text/plain", NO_STORE)))
        .isEqualTo(hash(block) + "\n");
    byte[] bin = ok(get("/blockhashbyheight/2.bin"), "application/octet-stream", NO_STORE).body();
    assertThat(BlockHash.read(new ByteReader(bin))).isEqualTo(block.hash());
    assertThat(error("/blockhashbyheight/4.json")).isEqualTo("404 Block height out of range");
    for (String bad : List.of("abc", "+1", "-1", "2147483648", "")) {
      assertThat(error("/blockhashbyheight/" + bad + ".json"))
          .isEqualTo(("400 Invalid height: " + bad).strip());
    }
    assertThat(error("/blockhashbyheight/<b>.json")).isEqualTo("400 Invalid height: b");
  }

  @Test
  void whatABlockSpends() {
    Transaction tx = waiting();
    Block block = node.builder.mineWith(tx);
    String path = "/spenttxouts/" + hash(block);
    TxOut spent = node.builder.block(1).transactions().get(0).outputs().get(0);
    ByteWriter expected = new ByteWriter().uint8(2).uint8(0).uint8(1);
    spent.writeTo(expected);
    assertThat(bytes(path, "", IMMUTABLE)).isEqualTo(expected.toByteArray());
    JsonNode json = json(path, "", IMMUTABLE);
    assertThat(json).hasSize(2);
    assertThat(json.get(0)).isEmpty();
    assertThat(json.at("/1/0/value").decimalValue()).isEqualTo("50.00000000");
    assertThat(json.at("/1/0/scriptPubKey"))
        .isEqualTo(node.call("getblock", hash(block), 3).at("/tx/1/vin/0/prevout/scriptPubKey"));
    String genesis = hash(node.builder.params().genesis());
    assertThat(bytes("/spenttxouts/" + genesis, "", IMMUTABLE)).containsExactly(1, 0);
    assertThat(error("/spenttxouts/a/b.bin"))
        .isEqualTo("400 Invalid URI format. Expected /rest/spenttxouts/<hash>.<ext>");
    assertThat(error("/spenttxouts/" + UNKNOWN + ".bin"))
        .isEqualTo("404 " + UNKNOWN + " not found");
  }

  @Test
  void whatMethodsSayToo() {
    waiting();
    assertThat(json("/chaininfo")).isEqualTo(node.call("getblockchaininfo"));
    assertThat(error("/chaininfo.bin")).isEqualTo("404 output format not found (available: json)");
    assertThat(json("/mempool/info")).isEqualTo(node.call("getmempoolinfo"));
    assertThat(json("/mempool/contents")).isEqualTo(node.call("getrawmempool", true));
    assertThat(json("/mempool/contents", "?verbose=false", NO_STORE))
        .isEqualTo(node.call("getrawmempool"));
    assertThat(json("/mempool/contents", "?verbose=false&mempool_sequence=true", NO_STORE))
        .isEqualTo(node.call("getrawmempool", false, true));
    assertThat(error("/mempool/contents.json?mempool_sequence=true"))
        .startsWith("400 Verbose results cannot contain mempool sequence values. (hint: ");
    assertThat(error("/mempool/contents.json?verbose=TRUE"))
        .isEqualTo("400 The \"verbose\" query parameter must be either \"true\" or \"false\".");
    assertThat(error("/mempool/contents.hex"))
        .isEqualTo("404 output format not found (available: json)");
    assertThat(error("/mempool/x.json"))
        .isEqualTo("400 Invalid URI format. Expected /rest/mempool/<info|contents>.json");
  }

  @Test
  void deployments() {
    Block block = node.builder.mine(2).get(0);
    assertThat(json("/deploymentinfo")).isEqualTo(node.call("getdeploymentinfo"));
    JsonNode before = json("/deploymentinfo/" + hash(block), "", IMMUTABLE);
    assertThat(before).isEqualTo(node.call("getdeploymentinfo", hash(block)));
    node.builder.mine(1);
    assertThat(json("/deploymentinfo/" + hash(block), "", IMMUTABLE)).isEqualTo(before);
    assertThat(error("/deploymentinfo/" + UNKNOWN + ".json")).isEqualTo("400 Block not found");
    assertThat(error("/deploymentinfo/abc.json")).isEqualTo("400 Invalid hash: abc");
  }

  private static String name(OutPoint outPoint) {
    return "/" + outPoint.txid() + "-" + outPoint.index();
  }

  @Test
  void whichOutputsAreUnspent() throws DecodeException {
    Transaction tx = waiting();
    OutPoint spent = node.builder.coinbase(1);
    OutPoint made = tx.outPoint(0);
    String path = "/getutxos" + name(spent) + name(made);
    assertThat(json(path).get("bitmap").asText()).isEqualTo("10");
    assertThat(json(path).at("/utxos/0/height").asInt()).isEqualTo(1);
    assertThat(json(path).get("chainHeight").asInt()).isEqualTo(101);
    JsonNode after = json("/getutxos/checkmempool" + name(spent) + name(made));
    assertThat(after.get("bitmap").asText()).isEqualTo("01");
    assertThat(after.at("/utxos/0/height").asInt()).isEqualTo(0x7fffffff);
    assertThat(after.at("/utxos/0/value").decimalValue()).isEqualTo("49.99990000");

    ByteReader bin =
        new ByteReader(bytes("/getutxos/checkmempool" + name(spent) + name(made), "", NO_STORE));
    assertThat(bin.int32()).isEqualTo(101);
    assertThat(BlockHash.read(bin)).isEqualTo(node.builder.tip().hash());
    assertThat(bin.varBytes()).containsExactly(0b10);
    assertThat(bin.compactSize()).isEqualTo(1);
    assertThat(bin.int32()).isZero();
    assertThat(bin.int32()).isEqualTo(0x7fffffff);
    assertThat(TxOut.read(bin)).isEqualTo(tx.outputs().get(0));
    bin.expectEnd();
  }

  @Test
  void outputsAreNamedInTheBodyToo() {
    Transaction tx = waiting();
    ByteWriter query = new ByteWriter().uint8(1).compactSize(2);
    node.builder.coinbase(1).writeTo(query);
    tx.outPoint(0).writeTo(query);
    byte[] body = query.toByteArray();
    byte[] expected =
        get("/getutxos/checkmempool"
                + name(node.builder.coinbase(1))
                + name(tx.outPoint(0))
                + ".bin")
            .body();
    assertThat(post("/getutxos.bin", body).body()).isEqualTo(expected);
    byte[] hex = Hex.encode(body).getBytes(StandardCharsets.US_ASCII);
    assertThat(text(post("/getutxos.hex", hex)).strip()).isEqualTo(Hex.encode(expected));
    assertThat(error(post("/getutxos" + name(tx.outPoint(0)) + ".bin", body)))
        .isEqualTo("400 Combination of URI scheme inputs and raw post data is not allowed");
    assertThat(error(post("/getutxos.bin", Arrays.copyOf(body, body.length - 1))))
        .isEqualTo("400 Parse error");
    assertThat(error(post("/getutxos.json", body))).isEqualTo("400 Error: empty request");
  }

  @Test
  void whatIsNoQuestionForOutputs() {
    for (String bad : List.of("_+1", "-+1", "--1", "aa-1", "-4294967296", "")) {
      assertThat(error("/getutxos/" + UNKNOWN + bad + ".json")).isEqualTo("400 Parse error");
    }
    assertThat(error("/getutxos.json")).isEqualTo("400 Error: empty request");
    assertThat(error("/getutxos/checkmempool.json")).isEqualTo("400 Error: empty request");
    String one = "/" + UNKNOWN + "-0";
    assertThat(error("/getutxos" + one.repeat(16) + ".json"))
        .isEqualTo("400 Error: max outpoints exceeded (max: 15, tried: 16)");
    assertThat(json("/getutxos" + one.repeat(15)).get("bitmap").asText()).isEqualTo("0".repeat(15));
    assertThat(error("/getutxos" + one)).isEqualTo("404 " + FORMATS);
  }

  @Test
  void otherPathsAreNotThere() {
    for (String path : List.of("", "/", "/tx", "/does-not-exist", "?x=1")) {
      assertThat(get(path).status()).isEqualTo(404);
      assertThat(get(path).content().caching()).isEqualTo(NO_STORE);
    }
  }

  @Test
  void whileTheNodeStartsNothingIsThereYet() {
    Rest early = new Rest();
    early.warmup("Loading block index…");
    assertThat(error(early.answer("/rest/chaininfo.json", new byte[0])))
        .isEqualTo("503 Service temporarily unavailable: Loading block index…");
  }
}
