package org.farthing.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.testing.BlockDraft;
import org.farthing.testing.ChainBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Methods that count something in blocks and chain, and those that wait for a tip. */
class ChainFigureMethodsTest {
  private static final Script DATA = Script.of(new byte[] {0x6a, 1, 7});
  private static final long SUBSIDY = 50_0000_0000L;

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

  /** A block with three spends: fees of 1000, 6000 and 2000 satoshis, the last with data. */
  private Block blockWithSpends() {
    ChainBuilder chain = node.builder;
    chain.mine(103);
    Script to = ChainBuilder.MINER.p2wpkh();
    Transaction first = chain.spend(chain.coinbase(1), to, SUBSIDY - 1000);
    Transaction second =
        chain.spend(
            chain.coinbase(2), new TxOut(SUBSIDY - 7000, to), new TxOut(1000, BlockDraft.ANYONE));
    Transaction third =
        chain.spend(chain.coinbase(3), new TxOut(SUBSIDY - 2000, to), new TxOut(0, DATA));
    return chain.mineWith(first, second, third);
  }

  @Test
  void figuresOfABlock() {
    Block block = blockWithSpends();
    List<Transaction> spends = block.transactions().subList(1, 4);
    JsonNode json = node.call("getblockstats", hash(block));
    assertThat(json).isEqualTo(node.call("getblockstats", 104));
    assertThat(json.get("height").asInt()).isEqualTo(104);
    assertThat(json.get("txs").asInt()).isEqualTo(4);
    assertThat(json.get("totalfee").asInt()).isEqualTo(9000);
    assertThat(json.get("avgfee").asInt()).isEqualTo(3000);
    assertThat(json.get("minfee").asInt()).isEqualTo(1000);
    assertThat(json.get("medianfee").asInt()).isEqualTo(2000);
    assertThat(json.get("maxfee").asInt()).isEqualTo(6000);
    assertThat(json.get("subsidy").asLong()).isEqualTo(SUBSIDY);
    assertThat(json.get("total_out").asLong()).isEqualTo(3 * SUBSIDY - 9000);
    int bytes = spends.stream().mapToInt(Transaction::totalSize).sum();
    int weight = spends.stream().mapToInt(Transaction::weight).sum();
    assertThat(json.get("total_size").asInt()).isEqualTo(bytes);
    assertThat(json.get("swtotal_size").asInt()).isEqualTo(bytes);
    assertThat(json.get("avgtxsize").asInt()).isEqualTo(bytes / 3);
    assertThat(json.get("total_weight").asInt()).isEqualTo(weight);
    assertThat(json.get("avgfeerate").asInt()).isEqualTo(9000 * 4 / weight);
    assertThat(json.get("swtxs").asInt()).isEqualTo(3);
    assertThat(json.get("ins").asInt()).isEqualTo(3);
    int outputs =
        block.transactions().stream().mapToInt(transaction -> transaction.outputs().size()).sum();
    assertThat(json.get("outs").asInt()).isEqualTo(outputs);
    assertThat(json.get("utxo_increase").asInt()).isEqualTo(outputs - 3);
    // The data and the witness commitment are no coins.
    assertThat(json.get("utxo_increase_actual").asInt()).isEqualTo(outputs - 3 - 2);
    int more = json.get("utxo_size_inc").asInt() - json.get("utxo_size_inc_actual").asInt();
    assertThat(more).isEqualTo((8 + 1 + 3 + 40) + (8 + 1 + 38 + 40));
  }

  @Test
  void feeratesAreWeighedByWeight() {
    Block block = blockWithSpends();
    List<Long> rates = List.of(rate(block, 1, 1000), rate(block, 3, 2000), rate(block, 2, 6000));
    JsonNode json = node.call("getblockstats", hash(block));
    assertThat(json.get("minfeerate").asLong()).isEqualTo(rates.get(0));
    assertThat(json.get("maxfeerate").asLong()).isEqualTo(rates.get(2));
    // Each of the three has about a third of the weight.
    assertThat(json.get("feerate_percentiles"))
        .extracting(JsonNode::asLong)
        .containsExactly(rates.get(0), rates.get(0), rates.get(1), rates.get(2), rates.get(2));
  }

  private static long rate(Block block, int index, long feeSat) {
    return feeSat * 4 / block.transactions().get(index).weight();
  }

  @Test
  void figuresAreChosen() {
    node.builder.mine(1);
    JsonNode some = node.call("getblockstats", 1, List.of("txs", "height"));
    assertThat(some.toString()).isEqualTo("{\"height\":1,\"txs\":1}");
    assertThat(node.call("getblockstats", 1, List.of()).size()).isEqualTo(31);
    assertThat(node.error(null, "getblockstats", 1, List.of("txs", "beauty")))
        .isEqualTo("-8 Invalid selected statistic 'beauty'");
  }

  @Test
  void theGenesisHasNoCoin() {
    JsonNode json = node.call("getblockstats", 0);
    assertThat(json.get("utxo_increase").asInt()).isEqualTo(1);
    assertThat(json.get("utxo_increase_actual").asInt()).isZero();
    assertThat(json.get("minfee").asInt()).isZero();
    assertThat(json.get("mintxsize").asInt()).isZero();
  }

  @Test
  void blocksWithoutFiguresAreExplained() {
    node.builder.mine(1);
    Block headerOnly = node.builder.draft().build();
    node.builder.chain().acceptHeader(headerOnly.header(), node.builder.nowSeconds());
    Block other = node.builder.fork(0, 1).get(0);
    assertThat(node.error(null, "getblockstats", -1))
        .isEqualTo("-8 Target block height -1 is negative");
    assertThat(node.error(null, "getblockstats", 2))
        .isEqualTo("-8 Target block height 2 after current tip 1");
    assertThat(node.error(null, "getblockstats", "00"))
        .isEqualTo("-8 hash_or_height must be of length 64 (not 2, for '00')");
    assertThat(node.error(null, "getblockstats", "00".repeat(32))).isEqualTo("-5 Block not found");
    assertThat(node.error(null, "getblockstats", hash(headerOnly)))
        .isEqualTo("-1 Block not available (not fully downloaded)");
    assertThat(node.error(null, "getblockstats", hash(other)))
        .isEqualTo("-1 Undo data not available");
  }

  @Test
  void transactionsOfTheChainAreCounted() {
    Block last = blockWithSpends();
    JsonNode json = node.call("getchaintxstats");
    assertThat(json.get("txcount").asInt()).isEqualTo(1 + 103 + 4);
    assertThat(json.get("window_final_block_hash").asText()).isEqualTo(hash(last));
    assertThat(json.get("window_block_count").asInt()).isEqualTo(103);
    JsonNode two = node.call("getchaintxstats", 2);
    assertThat(two.get("window_tx_count").asInt()).isEqualTo(5);
    assertThat(two.get("window_interval").asInt()).isEqualTo(1200);
    assertThat(two.get("txrate").asDouble()).isEqualTo(5 / 1200.0);
    JsonNode none = node.call("getchaintxstats", 0);
    assertThat(none.has("window_interval")).isFalse();
    String first = node.call("getblockhash", 1).asText();
    assertThat(node.call("getchaintxstats", null, first).get("window_block_count").asInt())
        .isZero();
  }

  @Test
  void windowsHaveLimits() {
    Block stale = node.builder.mine(3).get(2);
    String text = "-8 Invalid block count: should be between 0 and the block's height - 1";
    assertThat(node.error(null, "getchaintxstats", -1)).isEqualTo(text);
    assertThat(node.error(null, "getchaintxstats", 3)).isEqualTo(text);
    node.call("getchaintxstats", 2);
    node.call("invalidateblock", hash(stale));
    assertThat(node.error(null, "getchaintxstats", 1, hash(stale)))
        .isEqualTo("-8 Block is not in main chain");
  }

  /** A body that is missing in between leaves the number of transactions open. */
  @Test
  void whatFollowsAMissingBodyIsNotCounted() {
    List<Block> blocks;
    try (ChainBuilder elsewhere = ChainBuilder.regtest()) {
      blocks = elsewhere.mine(3);
    }
    node.builder.add(blocks.get(0));
    node.builder.chain().acceptHeader(blocks.get(1).header(), node.builder.nowSeconds());
    node.builder.add(blocks.get(2));
    var reader = node.builder.chain().snapshot().chain();
    assertThat(reader.chainTransactions(reader.header(blocks.get(2).hash()).orElseThrow()))
        .isZero();
    node.builder.add(blocks.get(1));
    assertThat(reader.chainTransactions(node.builder.tip())).isEqualTo(4);
  }

  @Test
  void oneSetOfCoins() {
    node.builder.mine(2);
    JsonNode json = node.call("getchainstates");
    assertThat(json.get("headers").asInt()).isEqualTo(2);
    JsonNode only = json.get("chainstates").get(0);
    assertThat(json.get("chainstates").size()).isEqualTo(1);
    assertThat(only.get("blocks").asInt()).isEqualTo(2);
    assertThat(only.get("validated").asBoolean()).isTrue();
  }

  @Test
  void tipsAreWaitedFor() {
    Block tip = node.builder.mine(2).get(1);
    assertThat(node.call("waitfornewblock", 1000).get("hash").asText()).isEqualTo(hash(tip));
    assertThat(node.awaitedMillis).isEqualTo(OptionalLong.of(1000));
    assertThat(node.call("waitforblock", hash(tip)).get("height").asInt()).isEqualTo(2);
    assertThat(node.awaitedMillis).isEmpty();
    assertThat(node.call("waitforblockheight", 1, 5).get("height").asInt()).isEqualTo(2);
    assertThat(node.awaitedMillis).isEqualTo(OptionalLong.of(5));
    for (List<Object> call :
        List.<List<Object>>of(
            List.of("waitfornewblock", -1),
            List.of("waitforblock", hash(tip), -1),
            List.of("waitforblockheight", 1, -1))) {
      assertThat(node.error(null, (String) call.get(0), call.subList(1, call.size()).toArray()))
          .isEqualTo("-1 Negative timeout");
    }
  }

  @Test
  void aBlockIsAskedOfAPeer() {
    node.builder.mine(1);
    Block headerOnly = node.builder.draft().build();
    node.builder.chain().acceptHeader(headerOnly.header(), node.builder.nowSeconds());
    assertThat(node.error(null, "getblockfrompeer", "00".repeat(32), 0))
        .isEqualTo("-1 Block header missing");
    assertThat(node.error(null, "getblockfrompeer", hash(node.builder.block(1)), 0))
        .isEqualTo("-1 Block already downloaded");
    assertThat(node.error(null, "getblockfrompeer", hash(headerOnly), 0))
        .isEqualTo("-1 Peer does not exist");
  }
}
