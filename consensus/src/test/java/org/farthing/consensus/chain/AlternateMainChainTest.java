package org.farthing.consensus.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Amount;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.primitives.MerkleTree;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Sequence;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.script.ScriptBuilder;
import org.farthing.consensus.validation.HeaderChecks;
import org.farthing.consensus.validation.HeaderContext;
import org.farthing.consensus.validation.RejectReason;
import org.farthing.consensus.validation.Verdict;
import org.farthing.testing.ChainBuilder;
import org.farthing.testing.Vectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Another main chain, with real proof of work: somebody mined 2,016 blocks on the real genesis two
 * minutes apart, so that the difficulty is four at the end.
 */
class AlternateMainChainTest {
  private static final Script PAYOUT =
      Script.of(Hex.constant("76a914eadbac7f36c37e39361168b7aaee3cb24a25312d88ac"));
  private static final int PERIOD = 2016;
  private static final int DIFFICULTY_1 = 0x1d00ffff;
  private static final int DIFFICULTY_4 = 0x1c3fffc0;

  private static ChainBuilder chain;

  @BeforeAll
  static void open() {
    chain = ChainBuilder.on(ConsensusParams.mainnet());
  }

  @AfterAll
  static void close() {
    chain.close();
  }

  @TestFactory
  Stream<DynamicTest> everyBlockIsAccepted() {
    JsonNode vectors = Vectors.json("mainnet_alt.json");
    JsonNode times = vectors.get("timestamps");
    JsonNode nonces = vectors.get("nonces");
    assertThat(times).hasSize(PERIOD);
    assertThat(nonces).hasSize(PERIOD);
    return IntStream.rangeClosed(1, PERIOD)
        .mapToObj(
            height ->
                DynamicTest.dynamicTest(
                    "block " + height,
                    () ->
                        check(
                            height,
                            times.get(height - 1).asLong(),
                            (int) nonces.get(height - 1).asLong())));
  }

  private static void check(int height, long timeSeconds, int nonce) {
    int bits = height < PERIOD ? DIFFICULTY_1 : DIFFICULTY_4;
    HeaderNode parent = chain.tip();
    assertThat(parent.height()).isEqualTo(height - 1);
    assertThat(chain.chain().nextBits(parent, timeSeconds)).isEqualTo(bits);
    Block block = block(parent, timeSeconds, nonce, bits);
    if (height == PERIOD) {
      refuseTheOldTarget(block);
    }
    assertThat(chain.offer(block)).isEqualTo(Verdict.accepted());
    assertThat(chain.tip().hash()).isEqualTo(block.hash());
  }

  private static void refuseTheOldTarget(Block last) {
    BlockHeader header = last.header();
    BlockHeader easy =
        new BlockHeader(
            header.version(),
            header.previous(),
            header.merkleRoot(),
            header.timeSeconds(),
            DIFFICULTY_1,
            header.nonce());
    HeaderContext context = NextHeader.contextOf(easy, chain.tip(), ConsensusParams.mainnet());
    Verdict verdict =
        HeaderChecks.inHeaderContext(easy, context, ConsensusParams.mainnet(), easy.timeSeconds());
    assertThat(verdict)
        .isEqualTo(Verdict.rejected(RejectReason.BAD_DIFFBITS, "incorrect proof of work"));
  }

  private static Block block(HeaderNode parent, long timeSeconds, int nonce, int bits) {
    int height = parent.height() + 1;
    ScriptBuilder scriptSig = new ScriptBuilder().number(height);
    if (height <= 16) {
      scriptSig.number(0);
    }
    Transaction coinbase =
        new Transaction(
            2,
            List.of(new TxIn(OutPoint.NULL, scriptSig.build(), Sequence.FINAL)),
            List.of(new TxOut(50 * Amount.COIN, PAYOUT)),
            0);
    List<Transaction> transactions = List.of(coinbase);
    return new Block(
        new BlockHeader(
            0x20000000,
            parent.hash(),
            MerkleTree.ofTxids(transactions).root(),
            timeSeconds,
            bits,
            nonce),
        transactions);
  }
}
