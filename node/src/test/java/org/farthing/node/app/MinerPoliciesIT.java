package org.farthing.node.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.farthing.node.app.TestNodes.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import org.farthing.node.config.Option;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The policies of the miner on a node with threads and RPC, from its start and changed later. */
class MinerPoliciesIT {
  /** Can be spent by anybody. */
  private static final String ANYONE = "raw(51)";

  private static final String SOMEBODY = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";

  /** Of a key that is published as an example. */
  private static final String RANGE =
      "wpkh(tpubD6NzVbkrYhZ4WaWSyoBvQwbpLkojyoTZPRsgXELWz3Popb3qkjcJyJUGLnL4qHHoQvao8ESaAstxYSnhyswJ76uZPStJRJCTKvosUCJZL5B/0/*)";

  @TempDir Path folder;
  private TestNodes nodes;
  private TestRpc rpc;

  @AfterEach
  void end() {
    nodes.close();
  }

  private void start(Map<Option, String> options) throws Exception {
    nodes = new TestNodes(folder);
    rpc = rpc(nodes.startWith("node", options));
  }

  private int height() {
    return rpc.call("getblockcount").asInt();
  }

  private void awaitHeight(IntPredicate wanted) {
    await().atMost(Duration.ofSeconds(60)).until(() -> wanted.test(height()));
  }

  private JsonNode mining() {
    return rpc.call("getmininginfo");
  }

  private JsonNode block(int height) {
    return rpc.call("getblock", rpc.call("getblockhash", height).asText());
  }

  /** Where the coins of a block go. */
  private String payee(int height) {
    JsonNode block = rpc.call("getblock", rpc.call("getblockhash", height).asText(), 2);
    return block.at("/tx/0/vout/0/scriptPubKey/address").asText();
  }

  private String pay(int coinbaseHeight) {
    String coinbase = block(coinbaseHeight).get("tx").get(0).asText();
    JsonNode raw =
        rpc.call(
            "createrawtransaction",
            List.of(Map.of("txid", coinbase, "vout", 0)),
            List.of(Map.of(SOMEBODY, "49.99")));
    return rpc.call("sendrawtransaction", raw.asText(), 0).asText();
  }

  @Test
  void steadyFromTheStartThenAtIntervalsThenOff() throws Exception {
    start(Map.of(Option.MINE, "1", Option.MINE_TO, SOMEBODY));
    awaitHeight(height -> height >= 5);
    assertThat(mining().get("policy").asText()).isEqualTo("steady");
    assertThat(payee(1)).isEqualTo(SOMEBODY);

    JsonNode changed = rpc.call("setminingpolicy", "interval:0.2");
    assertThat(changed.get("policy").asText()).isEqualTo("interval:0.2");
    int before = height();
    long start = System.nanoTime();
    awaitHeight(height -> height >= before + 5);
    // The first wait begins with the policy; a block more may have been on its way.
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(600));

    assertThat(rpc.call("setmining", 0).get("mining").asBoolean()).isFalse();
    assertThat(mining().has("policy")).isFalse();
    assertThatThrownBy(() -> rpc.call("setminingpolicy", "steady")).hasMessageContaining("off");
    assertThatThrownBy(() -> rpc.call("orderblocks", 1)).hasMessageContaining("off");
    int last = height();
    rpc.call("setmining", 1, null, "on-demand");
    rpc.call("orderblocks", 2);
    awaitHeight(height -> height == last + 2);
    assertThat(payee(last + 2)).isEqualTo(SOMEBODY);
  }

  @Test
  void bySeededChanceForADescriptorWithARange() throws Exception {
    start(Map.of(Option.MINE, "1", Option.MINE_TO, RANGE, Option.MINE_POLICY, "poisson:0.05:7"));
    awaitHeight(height -> height >= 4);
    rpc.call("setmining", 0);
    Set<String> payees = new HashSet<>();
    for (int i = 1; i <= 4; i++) {
      payees.add(payee(i));
    }
    JsonNode derived =
        rpc.call(
            "deriveaddresses",
            rpc.call("getdescriptorinfo", RANGE).get("descriptor").asText(),
            List.of(0, 3));
    assertThat(derived).extracting(JsonNode::asText).containsExactlyInAnyOrderElementsOf(payees);
  }

  @Test
  void aBlockForEachTransactionAndUntilOneIsConfirmed() throws Exception {
    start(
        Map.of(
            Option.MINE, "1",
            Option.MINE_TO, SOMEBODY,
            Option.MINE_POLICY, "each-transaction",
            Option.ACCEPT_NONSTANDARD, "1"));
    rpc.call("generatetodescriptor", 110, ANYONE);
    List<String> payments = List.of(pay(1), pay(2), pay(3));
    awaitHeight(height -> height == 113);
    for (int i = 0; i < payments.size(); i++) {
      assertThat(block(111 + i).get("tx")).hasSize(2);
      assertThat(block(111 + i).get("tx").get(1).asText()).isEqualTo(payments.get(i));
    }

    rpc.call("setminingpolicy", "on-demand");
    String wanted = pay(4);
    rpc.call("setminingpolicy", "until:" + wanted + ":3");
    awaitHeight(height -> height == 116);
    assertThat(block(114).get("tx").get(1).asText()).isEqualTo(wanted);
    await().until(() -> !mining().get("working").asBoolean());
  }

  @Test
  void aWalletGetsItsBlocksAndTheMinerPausesWhileNobodyWaits() throws Exception {
    start(Map.of(Option.MINE_PAUSE_WHEN_IDLE, "1", Option.MINE_TO, "wallet:savings"));
    rpc.call("createwallet", "savings");
    rpc.call("generatetoaddress", 101, rpc.call("getnewaddress").asText());
    // The rest is as the options say.
    rpc.call("setmining", 1);
    assertThat(mining().get("pausewhenidle").asBoolean()).isTrue();
    assertThatThrownBy(() -> rpc.call("setmining", 1, "wallet:none")).hasMessageContaining("none");
    assertThatThrownBy(() -> rpc.call("setmining", 1, "nonsense")).hasMessageContaining("-5");

    String payment = rpc.call("sendtoaddress", SOMEBODY, 1).asText();
    awaitHeight(height -> height >= 102);
    assertThat(block(102).get("tx")).extracting(JsonNode::asText).contains(payment);
    // A block more may have been on its way; then nobody waits.
    await().until(() -> !mining().get("working").asBoolean());
    assertThat(height()).isEqualTo(102);

    rpc.call("orderblocks", 2);
    awaitHeight(height -> height == 104);
    Set<String> payees = Set.of(payee(102), payee(103), payee(104));
    assertThat(payees)
        .hasSize(3)
        .allMatch(address -> rpc.call("getaddressinfo", address).get("ismine").asBoolean());
  }
}
