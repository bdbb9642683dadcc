package org.farthing.consensus.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.validation.RejectReason;
import org.farthing.consensus.validation.SignetSolution;
import org.farthing.consensus.validation.Verdict;
import org.farthing.testing.ChainBuilder;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The blocks 1 to 10 of Bitcoin's signet, and what happens to them when they are changed. */
class SignetTest {
  private static final ConsensusParams SIGNET = ConsensusParams.signet();
  private static final ConsensusParams ANYONES = ConsensusParams.signet(script("51"));
  private static final Verdict REFUSED =
      Verdict.rejected(RejectReason.BAD_SIGNET_BLKSIG, "signet block signature validation failure");
  private static final String HEADER = "ecc7daa2";

  static List<Block> blocks() {
    try (InputStream in = SignetTest.class.getResourceAsStream("/signet-blocks.hex")) {
      List<Block> blocks = new ArrayList<>();
      String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      for (String line : text.lines().toList()) {
        blocks.add(Block.decode(Hex.decode(line)));
      }
      return blocks;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (DecodeException e) {
      throw new AssertionError(e);
    }
  }

  private static Script script(String hex) {
    return Script.of(Hex.constant(hex));
  }

  @TestFactory
  Stream<DynamicTest> realBlocksAreSolved() {
    List<Block> blocks = blocks();
    return IntStream.range(0, blocks.size())
        .mapToObj(
            i ->
                DynamicTest.dynamicTest(
                    "block " + (i + 1),
                    () ->
                        assertThat(SignetSolution.check(blocks.get(i), SIGNET))
                            .isEqualTo(Verdict.accepted())));
  }

  @Test
  void theRealChainConnects() {
    try (ChainBuilder chain = ChainBuilder.on(SIGNET)) {
      blocks().forEach(chain::add);
      assertThat(chain.tip().height()).isEqualTo(10);
      assertThat(chain.tip().hash()).isEqualTo(blocks().get(9).hash());
    }
  }

  @Test
  void theGenesisNeedsNoSolution() {
    assertThat(SignetSolution.check(SIGNET.genesis(), SIGNET)).isEqualTo(Verdict.accepted());
  }

  @Test
  void otherNetworksAskForNone() {
    assertThat(SignetSolution.check(changed("51"), ConsensusParams.regtest()))
        .isEqualTo(Verdict.accepted());
  }

  @Test
  void ofTwoKeysOneIsNotEnough() {
    String oneOfTwo = SIGNET.blockChallenge().orElseThrow().toHex();
    ConsensusParams both = ConsensusParams.signet(script("52" + oneOfTwo.substring(2)));
    assertThat(SignetSolution.check(blocks().get(0), both)).isEqualTo(REFUSED);
  }

  @Test
  void aSolutionIsForOneBlock() {
    List<Block> blocks = blocks();
    String other = commitment(blocks.get(1)).toHex();
    assertThat(SignetSolution.check(withCommitment(blocks.get(0), script(other)), SIGNET))
        .isEqualTo(REFUSED);
  }

  @Test
  void itSignsVersionAndTimeButNotTargetAndNonce() {
    Block block = blocks().get(0);
    BlockHeader header = block.header();
    assertThat(
            SignetSolution.check(
                new Block(header.withNonce(header.nonce() + 1), block.transactions()), SIGNET))
        .isEqualTo(Verdict.accepted());
    for (BlockHeader other :
        List.of(
            header(header, header.version() + 1, header.timeSeconds()),
            header(header, header.version(), header.timeSeconds() + 1))) {
      assertThat(SignetSolution.check(new Block(other, block.transactions()), SIGNET))
          .isEqualTo(REFUSED);
    }
  }

  private static BlockHeader header(BlockHeader old, int version, long timeSeconds) {
    return new BlockHeader(
        version, old.previous(), old.merkleRoot(), timeSeconds, old.bits(), old.nonce());
  }

  /** What follows the solution is signed too, and so is the form of the pushes after it. */
  @Test
  void itSignsTheRestOfTheCommitment() {
    String real = commitment(blocks().get(0)).toHex();
    assertThat(SignetSolution.check(changed(real), SIGNET)).isEqualTo(Verdict.accepted());
    assertThat(SignetSolution.check(changed(real + "51"), SIGNET)).isEqualTo(REFUSED);
  }

  /** The solution may stand in any form of push: it is taken out before the block is signed. */
  @Test
  void aLongerPushOfTheSameSolutionWillDo() {
    String real = commitment(blocks().get(0)).toHex();
    String witnesses = real.substring(0, 76);
    String push = real.substring(76);
    assertThat(push).startsWith("4c4f" + HEADER);
    String longer = "4d4f00" + push.substring(4);
    assertThat(SignetSolution.check(changed(witnesses + longer), SIGNET))
        .isEqualTo(Verdict.accepted());
  }

  @Test
  void leftoverBytesAreRefused() {
    String real = commitment(blocks().get(0)).toHex();
    String longer = real.substring(0, 76) + "4c50" + real.substring(80) + "00";
    assertThat(SignetSolution.check(changed(longer), SIGNET)).isEqualTo(REFUSED);
    assertThat(anyones(longer)).isEqualTo(REFUSED);
  }

  /** Where anybody satisfies the challenge, a solution need not be there, but must have a form. */
  @TestFactory
  Stream<DynamicTest> anyonesChallenge() {
    String witnesses = commitment(blocks().get(0)).toHex().substring(0, 76);
    return Stream.of(
            "accepted: " + witnesses,
            "accepted: " + witnesses + "04" + HEADER,
            "accepted: " + witnesses + "06" + HEADER + "0000",
            "accepted: " + witnesses + "4c00" + "06" + HEADER + "0000",
            // Only the first one counts.
            "accepted: " + witnesses + "06" + HEADER + "0000" + "05" + HEADER + "00",
            // A header alone is no solution: the next push is.
            "accepted: " + witnesses + "04" + HEADER + "06" + HEADER + "0000",
            "refused: " + witnesses + "04" + HEADER + "05" + HEADER + "00",
            "refused: " + witnesses + "05" + HEADER + "00",
            "refused: " + witnesses + "06" + HEADER + "0001",
            "refused: " + witnesses + "07" + HEADER + "000000",
            // A count in too many bytes.
            "refused: " + witnesses + "08" + HEADER + "fd000000",
            // A witness that a bare challenge has no use for.
            "refused: " + witnesses + "07" + HEADER + "000100",
            "refused: 51")
        .map(
            line ->
                DynamicTest.dynamicTest(
                    line,
                    () -> {
                      String[] parts = line.split(": ", 2);
                      assertThat(anyones(parts[1]).isAccepted())
                          .isEqualTo(parts[0].equals("accepted"));
                    }));
  }

  private static Verdict anyones(String commitment) {
    return SignetSolution.check(changed(commitment), ANYONES);
  }

  @Test
  void aBlockWithoutTransactionsHasNoSolution() {
    Block empty = new Block(blocks().get(0).header(), List.of());
    assertThat(SignetSolution.check(empty, ANYONES)).isEqualTo(REFUSED);
  }

  /** Of several commitments the last one counts. */
  @Test
  void theLastCommitmentCounts() {
    Block block = blocks().get(0);
    Script first = script(commitment(block).toHex().substring(0, 76));
    Block more =
        changeCoinbase(
            block,
            outputs -> {
              List<TxOut> all = new ArrayList<>(outputs);
              all.add(new TxOut(0, first));
              return all;
            });
    assertThat(SignetSolution.check(more, SIGNET)).isEqualTo(REFUSED);
    assertThat(SignetSolution.check(more, ANYONES)).isEqualTo(Verdict.accepted());
  }

  private static Script commitment(Block block) {
    return block.transactions().get(0).outputs().get(1).scriptPubKey();
  }

  private static Block changed(String commitment) {
    return withCommitment(blocks().get(0), script(commitment));
  }

  private static Block withCommitment(Block block, Script commitment) {
    return changeCoinbase(block, outputs -> List.of(outputs.get(0), new TxOut(0, commitment)));
  }

  private static Block changeCoinbase(Block block, UnaryOperator<List<TxOut>> change) {
    Transaction old = block.transactions().get(0);
    Transaction coinbase =
        new Transaction(old.version(), old.inputs(), change.apply(old.outputs()), old.lockTime());
    return new Block(block.header(), List.of(coinbase));
  }
}
