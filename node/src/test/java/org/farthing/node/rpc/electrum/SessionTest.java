package org.farthing.node.rpc.electrum;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.crypto.Sha256;
import org.farthing.consensus.primitives.Amount;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.node.rpc.json.Json;
import org.farthing.testing.ChainBuilder;
import org.farthing.testing.TestKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionTest {
  private static final Script SHOP = TestKey.number(7).p2wpkh();
  private static final String SHOP_HASH = ScriptHash.of(SHOP).hex();
  private static final long SUBSIDY = 50 * Amount.COIN;

  private final ScannedChain node = new ScannedChain();
  private Session session;

  @BeforeEach
  void connect() {
    node.builder.mine(101);
    session =
        new Session(
            node,
            new ServerInfo("Farthing", node.builder.params().genesis().hash()),
            new ScriptCalls(node));
  }

  @AfterEach
  void close() {
    node.close();
  }

  private JsonNode answer(String method, Object... params) {
    ObjectNode request = Json.object().put("id", 1).put("method", method);
    request.set("params", new ObjectMapper().valueToTree(params));
    return session.handle(new String(Json.bytes(request), StandardCharsets.UTF_8)).orElseThrow();
  }

  private JsonNode ask(String method, Object... params) {
    JsonNode answer = answer(method, params);
    assertThat(answer.has("error")).as(answer.toString()).isFalse();
    return answer.get("result");
  }

  private String error(String method, Object... params) {
    JsonNode error = answer(method, params).path("error");
    return error.path("code").asText() + " " + error.path("message").asText();
  }

  private Transaction payShop(int coinbaseHeight) {
    return node.builder.spend(node.builder.coinbase(coinbaseHeight), SHOP, SUBSIDY - 1000);
  }

  @Test
  void aClientOfAnotherVersionIsRefused() {
    assertThat(ask("server.version", "wallet", "1.4").get(1).asText()).isEqualTo("1.4");
    assertThat(ask("server.version", "wallet", List.of("1.2", "1.4.2")).get(1).asText())
        .isEqualTo("1.4");
    assertThat(ask("server.version", "wallet", "1.4.0").get(1).asText()).isEqualTo("1.4");
    assertThat(error("server.version", "wallet", "1.5")).startsWith("1 unsupported protocol");
    assertThat(error("server.version", "wallet", "x")).startsWith("-32602 invalid protocol");
  }

  @Test
  void aPaymentWaitsAndIsThenConfirmed() {
    assertThat(ask("blockchain.scripthash.subscribe", SHOP_HASH).isNull()).isTrue();
    Transaction payment = payShop(1);
    String txid = ask("blockchain.transaction.broadcast", hex(payment)).asText();
    assertThat(txid).isEqualTo(payment.txid().toString());

    assertThat(ask("blockchain.scripthash.get_balance", SHOP_HASH).toString())
        .isEqualTo("{\"confirmed\":0,\"unconfirmed\":4999999000}");
    assertThat(ask("blockchain.scripthash.get_mempool", SHOP_HASH).toString())
        .isEqualTo("[{\"tx_hash\":\"%s\",\"height\":0,\"fee\":1000}]".formatted(txid));
    assertThat(ask("blockchain.scripthash.listunspent", SHOP_HASH).get(0).get("height").asInt())
        .isZero();
    assertThat(session.news().toString()).contains(SHOP_HASH, status(txid + ":0:"));
    assertThat(session.news()).isEmpty();

    node.builder.mineWith(payment);

    assertThat(ask("blockchain.scripthash.get_balance", SHOP_HASH).toString())
        .isEqualTo("{\"confirmed\":4999999000,\"unconfirmed\":0}");
    assertThat(ask("blockchain.scripthash.get_history", SHOP_HASH).toString())
        .isEqualTo("[{\"tx_hash\":\"%s\",\"height\":102}]".formatted(txid));
    assertThat(ask("blockchain.scripthash.listunspent", SHOP_HASH).toString())
        .isEqualTo(
            "[{\"tx_hash\":\"%s\",\"tx_pos\":0,\"height\":102,\"value\":4999999000}]"
                .formatted(txid));
    assertThat(session.news().toString()).contains(SHOP_HASH, status(txid + ":102:"));
  }

  @Test
  void spendingWhatWaitsIsBelowZero() {
    Transaction first = payShop(1);
    node.wait(first);
    Transaction second =
        ChainBuilder.spend(
            TestKey.number(7),
            first.outPoint(0),
            first.outputs().get(0),
            new TxOut(SUBSIDY - 3000, SHOP));
    node.wait(second);

    JsonNode waiting = ask("blockchain.scripthash.get_mempool", SHOP_HASH);
    assertThat(waiting).hasSize(2);
    for (JsonNode each : waiting) {
      boolean isSecond = each.get("tx_hash").asText().equals(second.txid().toString());
      assertThat(each.get("height").asInt()).isEqualTo(isSecond ? -1 : 0);
    }
    assertThat(ask("blockchain.scripthash.get_balance", SHOP_HASH).toString())
        .isEqualTo("{\"confirmed\":0,\"unconfirmed\":4999997000}");
    assertThat(ask("blockchain.scripthash.listunspent", SHOP_HASH)).hasSize(1);
  }

  @Test
  void aReorganisationIsNews() {
    ask("blockchain.headers.subscribe");
    Transaction payment = payShop(1);
    node.builder.mineWith(payment);
    assertThat(session.news()).hasSize(1);
    String before = ask("blockchain.scripthash.subscribe", SHOP_HASH).asText();

    node.builder.fork(101, 2);

    assertThat(session.news().toString())
        .contains("\"height\":103", SHOP_HASH)
        .doesNotContain(before);
  }

  @Test
  void aProofLeadsToTheMerkleRoot() throws Exception {
    Transaction one = payShop(1);
    Transaction two = node.builder.spend(node.builder.coinbase(2), SHOP, SUBSIDY - 2000);
    node.builder.mine(1);
    node.builder.mineWith(one, two);
    int height = node.builder.tip().height();

    JsonNode proof = ask("blockchain.transaction.get_merkle", two.txid().toString(), height);

    byte[] hash = two.txid().toByteArray();
    int position = proof.get("pos").asInt();
    assertThat(position).isEqualTo(2);
    for (JsonNode sibling : proof.get("merkle")) {
      byte[] other = Hex.reversed(Hex.decode(sibling.asText()));
      hash = (position & 1) == 0 ? pair(hash, other) : pair(other, hash);
      position >>= 1;
    }
    assertThat(hash).isEqualTo(node.builder.tip().header().merkleRoot().toByteArray());
    assertThat(ask("blockchain.transaction.id_from_pos", height, 1).asText())
        .isEqualTo(one.txid().toString());
    assertThat(error("blockchain.transaction.id_from_pos", height, 3)).startsWith("1 no tx at");
    assertThat(error("blockchain.transaction.get_merkle", one.txid().toString(), 1))
        .startsWith("1 tx ");
  }

  @Test
  void headersComeInRows() {
    JsonNode headers = ask("blockchain.block.headers", 100, 5);
    assertThat(headers.get("count").asInt()).isEqualTo(2);
    assertThat(headers.get("hex").asText())
        .isEqualTo(
            ask("blockchain.block.header", 100).asText()
                + ask("blockchain.block.header", 101).asText());
    assertThat(ask("blockchain.block.headers", 102, 5).get("count").asInt()).isZero();
    assertThat(error("blockchain.block.header", 102)).startsWith("1 height 102 out of range");
    assertThat(ask("blockchain.block.header", 5, 8).get("branch")).hasSize(4);
    assertThat(error("blockchain.block.header", 9, 8)).startsWith("1 header height 9");
  }

  @Test
  void whatCannotBeReadIsAnswered() {
    assertThat(session.handle("{").orElseThrow().at("/error/code").asInt()).isEqualTo(-32700);
    assertThat(session.handle("{\"id\":1}").orElseThrow().at("/error/code").asInt())
        .isEqualTo(-32600);
    assertThat(error("blockchain.numblocks.subscribe")).startsWith("-32601 unknown method");
    assertThat(error("server.ping", 1)).startsWith("-32602");
    assertThat(error("blockchain.block.header"))
        .isEqualTo("-32602 height must be a non-negative integer");
    assertThat(error("blockchain.block.header", -1)).startsWith("-32602");
    assertThat(error("blockchain.scripthash.get_history", "00")).startsWith("1 00 is not a valid");
    assertThat(error("blockchain.transaction.broadcast", "00")).isEqualTo("2 TX decode failed");
    assertThat(session.handle("{\"method\":\"server.ping\"}")).isEmpty();
    assertThat(
            session
                .handle(
                    "[{\"id\":1,\"method\":\"server.ping\"},{\"id\":2,\"method\":\"server.ping\"}]")
                .orElseThrow())
        .hasSize(2);
  }

  @Test
  void thereIsNoEstimateWithoutBlocksToLearnFrom() {
    assertThat(ask("blockchain.estimatefee", 2).asInt()).isEqualTo(-1);
    assertThat(ask("blockchain.relayfee").decimalValue()).isEqualByComparingTo("0.000001");
    node.wait(payShop(1));
    JsonNode histogram = ask("mempool.get_fee_histogram");
    assertThat(histogram).hasSize(1);
    assertThat(histogram.get(0).get(1).asInt()).isPositive();
  }

  private static String hex(Transaction transaction) {
    return Hex.encode(transaction.serialize());
  }

  private static String status(String history) {
    return Hex.encode(Sha256.hash(history.getBytes(StandardCharsets.UTF_8)));
  }

  private static byte[] pair(byte[] left, byte[] right) {
    byte[] both = new byte[64];
    System.arraycopy(left, 0, both, 0, 32);
    System.arraycopy(right, 0, both, 32, 32);
    return Sha256.doubleHash(both);
  }
}
