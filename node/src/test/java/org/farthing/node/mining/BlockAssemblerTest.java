package org.farthing.node.mining;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.chain.Owner;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.MerkleTree;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.validation.Verdict;
import org.farthing.node.mempool.Mempool;
import org.farthing.node.mempool.MempoolChain;
import org.farthing.node.mempool.MempoolOptions;
import org.farthing.testing.ChainBuilder;
import org.farthing.testing.TestKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BlockAssemblerTest {
  private static final Script PAYOUT = TestKey.number(9).p2wpkh();

  private final ChainBuilder chain = ChainBuilder.regtest();
  private final Mempool pool =
      new Mempool(
          MempoolChain.of(chain.chain()),
          MempoolOptions.defaults().withRequireStandard(false),
          Owner.UNCHECKED);
  private BlockAssembler assembler = assembler(MiningOptions.defaults());

  private BlockAssembler assembler(MiningOptions options) {
    chain.chain().addListener(pool::chainEvent);
    return new BlockAssembler(MiningChain.of(chain.chain()), pool, options);
  }

  @AfterEach
  void close() {
    chain.close();
  }

  private long now() {
    return chain.nowSeconds() + 100;
  }

  private Verdict test(BlockTemplate template) {
    return chain.chain().testBlock(template.block(), now());
  }

  /** Bitcoin Core 31 on regtest: version 2, one input of nothing, payout, commitment of no one. */
  @Test
  void theFirstCoinbaseIsBitcoinCoresByteForByte() throws DecodeException {
    Transaction coinbase =
        assembler.template(Script.parse("51"), now()).block().transactions().get(0);

    assertThat(Hex.encode(coinbase.serialize()))
        .isEqualTo(
            "02000000" // version
                + "0001" // with witness
                + "01"
                + "00".repeat(32)
                + "ffffffff"
                + "025100" // OP_1: the height; OP_0: a second byte
                + "feffffff"
                + "02"
                + "00f2052a01000000" // 50 coins
                + "0151"
                + "0000000000000000"
                + "266a24aa21a9ed"
                // The commitment of every block without other transactions.
                + "e2f61c3f71d1defd3fa999dfa36953755c690689799962b48bebd836974e8cf9"
                + "0120"
                + "00".repeat(32)
                + "00000000"); // locked until height 0
  }

  @Test
  void heightsAreWrittenAsTheShortestPush() {
    chain.mine(15);
    assertThat(coinbaseScript()).isEqualTo("6000");
    chain.mine(1);
    assertThat(coinbaseScript()).isEqualTo("0111");
    chain.mine(111);
    assertThat(coinbaseScript()).isEqualTo("028000");
    assertThat(assembler.template(PAYOUT, now()).block().transactions().get(0).lockTime())
        .isEqualTo(127);
  }

  private String coinbaseScript() {
    return assembler
        .template(PAYOUT, now())
        .block()
        .transactions()
        .get(0)
        .inputs()
        .get(0)
        .scriptSig()
        .toHex();
  }

  @Test
  void theHeaderStandsOnTheTip() {
    chain.mine(20);
    BlockTemplate template = assembler.template(PAYOUT, now());

    assertThat(template.block().header().version()).isEqualTo(0x20000000);
    assertThat(template.block().header().previous()).isEqualTo(chain.tip().hash());
    assertThat(template.block().header().timeSeconds()).isEqualTo(now());
    assertThat(template.block().header().bits()).isEqualTo(0x207fffff);
    assertThat(template.block().header().nonce()).isZero();
    assertThat(template.block().header().merkleRoot())
        .isEqualTo(MerkleTree.ofTxids(template.block().transactions()).root());
    assertThat(assembler.template(PAYOUT, 5).block().header().timeSeconds())
        .isEqualTo(chain.tip().medianTimePast() + 1);
    assertThat(test(template).isAccepted()).isTrue();
  }

  @Test
  void theRewardIsHalvedEvery150Blocks() {
    chain.mine(148);
    assertThat(assembler.template(PAYOUT, now()).rewardSat()).isEqualTo(5_000_000_000L);
    chain.mine(1);
    assertThat(assembler.template(PAYOUT, now()).rewardSat()).isEqualTo(2_500_000_000L);
  }

  private Transaction pay(int height, long feeSat) {
    long value = chain.params().subsidy().at(height) - feeSat;
    return chain.spend(chain.coinbase(height), new TxOut(value, ChainBuilder.MINER.p2wpkh()));
  }

  private Transaction child(Transaction parent, long feeSat) {
    TxOut spent = parent.outputs().get(0);
    return ChainBuilder.spend(
        ChainBuilder.MINER,
        parent.outPoint(0),
        spent,
        new TxOut(spent.valueSat() - feeSat, ChainBuilder.MINER.p2wpkh()));
  }

  private void accept(Transaction... transactions) {
    for (Transaction transaction : transactions) {
      assertThat(pool.accept(transaction, now() * 1000).reason()).isEmpty();
    }
  }

  @Test
  void whatPaysBestComesFirstAndAChildPaysForItsParent() {
    chain.mine(110);
    Transaction middling = pay(1, 20_000);
    Transaction poor = pay(2, 1_000);
    Transaction rich = child(poor, 100_000);
    Transaction poorest = pay(3, 900);
    accept(middling, poor, rich, poorest);

    BlockTemplate template = assembler.template(PAYOUT, now());

    assertThat(template.items())
        .extracting(BlockTemplate.Item::transaction)
        .containsExactly(poor, rich, middling, poorest);
    assertThat(template.feesSat()).isEqualTo(121_900);
    assertThat(template.block().transactions().get(0).outputs().get(0))
        .isEqualTo(new TxOut(5_000_121_900L, PAYOUT));
    assertThat(test(template).isAccepted()).isTrue();
  }

  @Test
  void whatDoesNotFitIsLeftOutWithWhatSpendsIt() {
    chain.mine(110);
    Transaction large = large(1, 10_000_000);
    Transaction spendsLarge = child(large, 10_000);
    Transaction small = pay(2, 1_000);
    accept(large, spendsLarge, small);

    int room = 8_000 + small.weight() + spendsLarge.weight() + 100;
    assembler = assembler(MiningOptions.defaults().withMaxWeight(room));
    BlockTemplate template = assembler.template(PAYOUT, now());

    assertThat(template.items()).extracting(BlockTemplate.Item::transaction).containsExactly(small);
    assertThat(template.block().weight()).isLessThan(room);
    assertThat(test(template).isAccepted()).isTrue();
  }

  private Transaction large(int height, long feeSat) {
    List<TxOut> outputs = new ArrayList<>();
    long value = (chain.params().subsidy().at(height) - feeSat) / 1000;
    for (int i = 0; i < 1000; i++) {
      outputs.add(new TxOut(value, ChainBuilder.MINER.p2wpkh()));
    }
    return chain.spend(chain.coinbase(height), outputs.toArray(TxOut[]::new));
  }

  @Test
  void extraNoncesChangeNothingButTheCoinbase() {
    chain.mine(110);
    accept(pay(1, 1_000));
    BlockTemplate template = assembler.template(PAYOUT, now());

    Block one = template.withExtraNonce(1);
    Block two = template.withExtraNonce(2);

    assertThat(one.header().merkleRoot()).isNotEqualTo(two.header().merkleRoot());
    assertThat(one.transactions().subList(1, 2))
        .isEqualTo(template.block().transactions().subList(1, 2));
    assertThat(one.transactions().get(0).inputs().get(0).scriptSig().toHex())
        .isEqualTo("016f" + "08" + "0100000000000000");
    assertThat(chain.chain().testBlock(two, now()).isAccepted()).isTrue();
  }

  @Test
  void generatesBlocksWithTheLeastNonceAndStopsWhenTriesAreUsedUp() {
    List<Block> submitted = new ArrayList<>();
    BlockGenerator generator =
        new BlockGenerator(assembler, this::now, block -> submitted.add(chain.add(block)));

    List<BlockHash> hashes = generator.generate(20, PAYOUT, BlockGenerator.DEFAULT_MAX_TRIES);

    assertThat(chain.tip().height()).isEqualTo(20);
    assertThat(hashes).hasSize(20).isEqualTo(submitted.stream().map(Block::hash).toList());
    for (Block block : submitted) {
      for (int nonce = 0; nonce < block.header().nonce(); nonce++) {
        assertThat(block.header().withNonce(nonce).hash().word(3)).isNegative();
      }
    }
    assertThat(generator.generate(1, PAYOUT, 0)).isEmpty();
  }
}
