package org.farthing.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.primitives.MerkleTree;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Sequence;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.validation.CoinbaseHeight;
import org.farthing.consensus.validation.WitnessCommitment;
import org.farthing.node.mining.HashSearch;
import org.farthing.node.stratum.StratumReport;
import org.farthing.testing.ChainBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Methods for miners: templates, proposals, preferences, figures. */
class MiningMethodsTest {
  private static final Map<String, Object> WANTED = Map.of("rules", List.of("segwit"));

  @TempDir Path folder;
  private NodeFixture node;

  @BeforeEach
  void open() {
    node = new NodeFixture(folder);
    node.builder.mine(110);
    node.call("setmocktime", node.builder.nowSeconds());
  }

  @AfterEach
  void close() {
    node.close();
  }

  private Transaction pay(int height, long feeSat) {
    long value = node.builder.params().subsidy().at(height) - feeSat;
    return node.builder.spend(
        node.builder.coinbase(height), new TxOut(value, ChainBuilder.MINER.p2wpkh()));
  }

  private static Transaction child(Transaction parent, long feeSat) {
    TxOut spent = parent.outputs().get(0);
    return ChainBuilder.spend(
        ChainBuilder.MINER,
        parent.outPoint(0),
        spent,
        new TxOut(spent.valueSat() - feeSat, ChainBuilder.MINER.p2wpkh()));
  }

  private void send(Transaction... transactions) {
    for (Transaction transaction : transactions) {
      node.call("sendrawtransaction", Hex.encode(transaction.serialize()), 0);
    }
  }

  private JsonNode template() {
    return node.call("getblocktemplate", WANTED);
  }

  private void later(int seconds) {
    node.call("setmocktime", node.builder.nowSeconds() + seconds);
  }

  /** A block as a foreign miner makes it, from nothing but the template. */
  private static Block block(JsonNode template) throws DecodeException {
    int height = template.get("height").asInt();
    List<TxOut> outputs = new ArrayList<>();
    outputs.add(new TxOut(template.get("coinbasevalue").asLong(), Script.parse("51")));
    outputs.add(new TxOut(0, Script.parse(template.get("default_witness_commitment").asText())));
    TxIn input = new TxIn(OutPoint.NULL, CoinbaseHeight.push(height), Sequence.FINAL);
    Transaction coinbase =
        new Transaction(2, List.of(input.withWitness(WitnessCommitment.RESERVED)), outputs, 0);
    List<Transaction> all = new ArrayList<>(List.of(coinbase));
    for (JsonNode each : template.get("transactions")) {
      all.add(Transaction.decode(Hex.decode(each.get("data").asText())));
    }
    return new Block(
        new BlockHeader(
            template.get("version").asInt(),
            BlockHash.parse(template.get("previousblockhash").asText()),
            MerkleTree.ofTxids(all).root(),
            template.get("curtime").asLong(),
            Integer.parseUnsignedInt(template.get("bits").asText(), 16),
            0),
        all);
  }

  private static String solved(Block block) {
    BlockHeader header = new HashSearch(block.header()).search(1L << 20).orElseThrow();
    return hex(new Block(header, block.transactions()));
  }

  private static String hex(Block block) {
    return Hex.encode(block.serialize());
  }

  private String proposed(Block block) {
    Map<String, Object> proposal = Map.of("mode", "proposal", "data", hex(block));
    return node.call("getblocktemplate", proposal).asText();
  }

  @Test
  void aTemplateHasAllThatMinersNeed() throws DecodeException {
    Transaction parent = pay(1, 1_000);
    Transaction child = child(parent, 5_000);
    Transaction rich = pay(2, 90_000);
    send(parent, child, rich);

    JsonNode template = template();

    assertThat(template.get("capabilities")).extracting(JsonNode::asText).contains("proposal");
    assertThat(template.get("rules"))
        .extracting(JsonNode::asText)
        .containsExactly("csv", "!segwit", "taproot");
    assertThat(template.get("previousblockhash").asText())
        .isEqualTo(node.builder.tip().hash().toString());
    assertThat(template.get("height").asInt()).isEqualTo(111);
    assertThat(template.get("coinbasevalue").asLong()).isEqualTo(5_000_096_000L);
    assertThat(template.get("transactions"))
        .extracting(each -> each.get("txid").asText())
        .containsExactly(rich.txid().toString(), parent.txid().toString(), child.txid().toString());
    JsonNode last = template.at("/transactions/2");
    assertThat(last.get("hash").asText()).isEqualTo(child.wtxid().toString());
    assertThat(last.get("depends")).extracting(JsonNode::asInt).containsExactly(2);
    assertThat(last.get("fee").asLong()).isEqualTo(5_000);
    assertThat(last.get("sigops").asInt()).isEqualTo(1);
    assertThat(last.get("weight").asInt()).isEqualTo(child.weight());
    assertThat(template.get("target").asText()).startsWith("7fffff00");
    assertThat(template.get("mintime").asLong()).isEqualTo(node.builder.tip().medianTimePast() + 1);
    assertThat(template.get("sigoplimit").asInt()).isEqualTo(80_000);
    assertThat(template.get("weightlimit").asInt()).isEqualTo(4_000_000);
    assertThat(template.has("signet_challenge")).isFalse();
    Block block = block(template);
    assertThat(proposed(block)).isEqualTo("null");
    assertThat(node.call("submitblock", solved(block)).isNull()).isTrue();
    assertThat(node.call("getblockcount").asInt()).isEqualTo(111);
    assertThat(node.call("getrawmempool")).isEmpty();
  }

  @Test
  void itStaysForSomeSecondsUnlessTheTipChanges() {
    String first = template().get("longpollid").asText();
    send(pay(1, 1_000));
    later(5);
    JsonNode same = template();
    assertThat(same.get("longpollid").asText()).isEqualTo(first);
    assertThat(same.get("transactions")).isEmpty();
    assertThat(same.get("curtime").asLong()).isEqualTo(node.builder.nowSeconds() + 5);

    later(6);
    JsonNode next = template();
    assertThat(next.get("longpollid").asText()).isNotEqualTo(first);
    assertThat(next.get("transactions")).hasSize(1);

    node.builder.mine(1);
    assertThat(template().get("height").asInt()).isEqualTo(112);
  }

  @Test
  void theVotesOfMinersAreShown() {
    assertThat(template().get("vbavailable")).isEmpty();
    node.builder.mine(143 - 110);
    node.call("setmocktime", node.builder.nowSeconds());
    assertThat(template().at("/vbavailable/testdummy").asInt(-1)).isEqualTo(28);
    assertThat(template().get("version").asInt()).isEqualTo(0x30000000);
    // Two periods of 144 blocks: signals of the first lock it in, the second lets all prepare.
    while (node.builder.tip().height() < 3 * 144 - 1) {
      assertThat(template().get("rules")).hasSize(3);
      node.call("generatetodescriptor", 1, "raw(51)");
    }
    assertThat(template().get("vbavailable")).isEmpty();
    assertThat(template().get("rules")).extracting(JsonNode::asText).contains("testdummy");
  }

  @Test
  void requestsAreRefusedInBitcoinCoresWords() {
    assertThat(node.error(null, "getblocktemplate", Map.of()))
        .isEqualTo(
            "-8 getblocktemplate must be called with the segwit rule set"
                + " (call with {\"rules\": [\"segwit\"]})");
    assertThat(node.error(null, "getblocktemplate", Map.of("mode", 1)))
        .isEqualTo("-8 Invalid mode");
    assertThat(node.error(null, "getblocktemplate", Map.of("mode", "x")))
        .isEqualTo("-8 Invalid mode");
    assertThat(node.error(null, "getblocktemplate", Map.of("mode", "proposal")))
        .isEqualTo("-3 Missing data String key for proposal");
    assertThat(node.error(null, "getblocktemplate", Map.of("mode", "proposal", "data", "00")))
        .isEqualTo("-22 Block decode failed");
    assertThat(node.error(null, "getblocktemplate", Map.of("rules", List.of(1)))).startsWith("-3 ");
    assertThat(node.error(null, "getblocktemplate", Map.of("longpollid", "00")))
        .isEqualTo("-8 longpollid must be of length 64 (not 2, for '00')");
    assertThat(node.error(null, "getblocktemplate")).startsWith("-1 ");
  }

  @Test
  void proposalsAreJudgedAsBip22Says() throws DecodeException {
    Block good = block(template());
    BlockHeader header = good.header();
    assertThat(proposed(good)).isEqualTo("null");
    BlockHash nobody = BlockHash.parse("7b".repeat(32));
    BlockHeader elsewhere =
        new BlockHeader(
            header.version(), nobody, header.merkleRoot(), header.timeSeconds(), header.bits(), 0);
    assertThat(proposed(new Block(elsewhere, good.transactions())))
        .isEqualTo("inconclusive-not-best-prevblk");
    BlockHeader early =
        new BlockHeader(
            header.version(), header.previous(), header.merkleRoot(), 0, header.bits(), 0);
    assertThat(proposed(new Block(early, good.transactions()))).isEqualTo("time-too-old");
    assertThat(proposed(node.builder.block(5))).isEqualTo("duplicate");
    Block aside = node.builder.fork(108, 1).get(0);
    assertThat(proposed(aside)).isEqualTo("duplicate-inconclusive");
    node.call("invalidateblock", aside.hash().toString());
    assertThat(proposed(aside)).isEqualTo("duplicate-invalid");
  }

  @Test
  void whoPollsWaitsForATipOrForTransactions() {
    String known = template().get("longpollid").asText();
    Map<String, Object> next = Map.of("rules", List.of("segwit"), "longpollid", known);

    node.whileAwaiting = () -> node.builder.mine(1);
    assertThat(node.call("getblocktemplate", next).get("height").asInt()).isEqualTo(112);
    assertThat(node.awaitedMillis).hasValue(60_000);

    later(6);
    String later = template().get("longpollid").asText();
    List<Long> waits = new ArrayList<>();
    node.whileAwaiting =
        () -> {
          waits.add(node.awaitedMillis.orElseThrow());
          if (waits.size() == 3) {
            send(pay(1, 1_000));
            later(70);
          }
        };
    next = Map.of("rules", List.of("segwit"), "longpollid", later);
    assertThat(node.call("getblocktemplate", next).get("transactions")).hasSize(1);
    assertThat(waits).containsExactly(60_000L, 10_000L, 10_000L);

    // One that speaks of another chain gets an answer at once; so does one without a number.
    waits.clear();
    next = Map.of("rules", List.of("segwit"), "longpollid", "ab".repeat(32) + "7");
    node.call("getblocktemplate", next);
    next = Map.of("rules", List.of("segwit"), "longpollid", later.substring(0, 64) + "x");
    node.call("getblocktemplate", next);
    assertThat(waits).containsExactly(60_000L, 60_000L);
  }

  @Test
  void preferredTransactionsComeFirst() {
    Transaction rich = pay(1, 50_000);
    Transaction poor = pay(2, 1_000);
    send(rich, poor);
    String txid = poor.txid().toString();

    assertThat(node.call("prioritisetransaction", txid, 0.0, 100_000).asBoolean()).isTrue();

    assertThat(template().at("/transactions/0/txid").asText()).isEqualTo(txid);
    assertThat(template().at("/transactions/0/fee").asLong()).isEqualTo(1_000);
    JsonNode all = node.call("getprioritisedtransactions");
    assertThat(all).hasSize(1);
    assertThat(all.get(txid).get("fee_delta").asLong()).isEqualTo(100_000);
    assertThat(all.get(txid).get("modified_fee").asLong()).isEqualTo(101_000);
    JsonNode fees = node.call("getmempoolentry", txid).get("fees");
    assertThat(fees.get("base").decimalValue()).isEqualByComparingTo("0.00001");
    assertThat(fees.get("modified").decimalValue()).isEqualByComparingTo("0.00101");
    node.call("prioritisetransaction", "ab".repeat(32), null, -7);
    JsonNode absent = node.call("getprioritisedtransactions").get("ab".repeat(32));
    assertThat(absent.get("in_mempool").asBoolean()).isFalse();
    assertThat(absent.has("modified_fee")).isFalse();
    node.call("prioritisetransaction", txid, null, -100_000);
    assertThat(node.call("getprioritisedtransactions")).hasSize(1);
    assertThat(node.error(null, "prioritisetransaction", txid, 1, 1))
        .isEqualTo(
            "-8 Priority is no longer supported, dummy argument to prioritisetransaction must be"
                + " 0.");
  }

  @Test
  void figuresOfMining() {
    JsonNode info = node.call("getmininginfo");
    assertThat(info.has("currentblockweight")).isFalse();
    assertThat(info.at("/next/height").asInt()).isEqualTo(111);
    assertThat(info.get("blockmintxfee").decimalValue()).isEqualByComparingTo("0.00000001");
    Transaction transaction = pay(1, 1_000);
    send(transaction);
    template();
    info = node.call("getmininginfo");
    assertThat(info.get("currentblocktx").asInt()).isEqualTo(1);
    assertThat(info.get("currentblockweight").asInt()).isEqualTo(8_000 + transaction.weight());
    node.call("generateblock", "raw(51)", List.of());
    assertThat(node.call("getmininginfo").get("currentblockweight").asInt()).isEqualTo(8_000);
  }

  /** Each block of regtest is two hashes of work. */
  @Test
  void theNetworksHashesArePerSecondOfTheLastBlocks() {
    long between =
        node.builder.block(110).header().timeSeconds()
            - node.builder.block(100).header().timeSeconds();
    assertThat(node.call("getnetworkhashps", 10).asDouble())
        .isCloseTo(20.0 / between, within(1e-12));
    assertThat(node.call("getnetworkhashps").asDouble())
        .isEqualTo(node.call("getmininginfo").get("networkhashps").asDouble());
    assertThat(node.call("getnetworkhashps", 10, 60).asDouble()).isPositive();
    assertThat(node.call("getnetworkhashps", -1).asDouble())
        .isEqualTo(node.call("getnetworkhashps", 111).asDouble());
    assertThat(node.call("getnetworkhashps", 10, 0).asDouble()).isZero();
    assertThat(node.error(null, "getnetworkhashps", 0))
        .isEqualTo("-8 Invalid nblocks. Must be a positive number or -1.");
    assertThat(node.error(null, "getnetworkhashps", -2)).startsWith("-8 Invalid nblocks");
    assertThat(node.error(null, "getnetworkhashps", 1, 111))
        .isEqualTo("-8 Block does not exist at specified height");
    assertThat(node.error(null, "getnetworkhashps", 1, -2))
        .isEqualTo("-8 Block does not exist at specified height");
  }

  @Test
  void theMinerIsTurnedOnChangedAndTurnedOff() {
    assertThat(node.call("getmininginfo").has("policy")).isFalse();
    JsonNode on = node.call("setmining", 2, "raw(51)", "interval:10");
    assertThat(on.get("mining").asBoolean()).isTrue();
    assertThat(on.get("policy").asText()).isEqualTo("interval:10");
    JsonNode changed = node.call("setminingpolicy", "poisson:600:42", true);
    assertThat(changed.get("pausewhenidle").asBoolean()).isTrue();
    assertThat(node.call("orderblocks", 3).get("ordered").asInt()).isEqualTo(3);
    JsonNode info = node.call("getmininginfo");
    assertThat(info.get("threads").asInt()).isEqualTo(2);
    assertThat(info.get("policy").asText()).isEqualTo("poisson:600:42");
    assertThat(info.get("working").asBoolean()).isFalse();
    assertThat(node.call("setmining", 0).get("mining").asBoolean()).isFalse();

    assertThat(node.error(null, "setmining", 1025)).isEqualTo("-8 threads must be from 0 to 1024");
    assertThat(node.error(null, "setminingpolicy", "often"))
        .startsWith("-8 Cannot mine by 'often': there is no policy 'often'.");
    assertThat(node.error(null, "setminingpolicy", 5)).isEqualTo("-3 policy must be a string");
    assertThat(node.error(null, "orderblocks", 0))
        .isEqualTo("-8 num_blocks must be from 1 to 1000000");
  }

  @Test
  void minersAtTheStratumPortAreListed() {
    assertThat(node.call("getstratuminfo").get("listening").asBoolean()).isFalse();
    node.stratum =
        new StratumReport(
            "127.0.0.1",
            3333,
            1,
            List.of(
                new StratumReport.Connection(
                    7,
                    "127.0.0.1:50000",
                    1_700_000_000,
                    "cpuminer/2.5.1",
                    List.of("rig"),
                    0.25,
                    1e6,
                    new StratumReport.ShareCounts(9, 1, 2, 3, 4, 5, 1_700_000_100))));
    JsonNode info = node.call("getstratuminfo");
    assertThat(info.get("port").asInt()).isEqualTo(3333);
    JsonNode miner = info.at("/connections/0");
    assertThat(miner.get("difficulty").asDouble()).isEqualTo(0.25);
    assertThat(miner.get("workers").get(0).asText()).isEqualTo("rig");
    assertThat(miner.get("lowdifficulty").asInt()).isEqualTo(3);
    assertThat(miner.get("lastshare").asLong()).isEqualTo(1_700_000_100);
  }
}
