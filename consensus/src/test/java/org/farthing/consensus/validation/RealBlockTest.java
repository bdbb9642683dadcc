package org.farthing.consensus.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.MerkleRoot;
import org.farthing.consensus.primitives.MerkleTree;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.script.SigOps;
import org.farthing.testing.Vectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Block 413,567 of Bitcoin's mainnet, from before segregated witness. */
class RealBlockTest {
  private static final int HEIGHT = 413_567;

  private static final ConsensusParams MAIN = ConsensusParams.mainnet();

  private Block block;

  @BeforeEach
  void read() throws DecodeException {
    block = Block.decode(Vectors.bytes("block413567.raw"));
  }

  @Test
  void itKeepsTheRules() {
    assertThat(BlockChecks.inIsolation(block)).isEqualTo(Verdict.accepted());
    HeaderContext context =
        new HeaderContext(
            HEIGHT,
            block.header().timeSeconds() - 600,
            block.header().timeSeconds() - 3600,
            block.header().bits());
    assertThat(BlockChecks.inHeaderContext(block, context, MAIN)).isEqualTo(Verdict.accepted());
    assertThat(
            HeaderChecks.inHeaderContext(
                block.header(), context, MAIN, block.header().timeSeconds()))
        .isEqualTo(Verdict.accepted());
    assertThat(HeaderChecks.inIsolation(block.header(), MAIN)).isEqualTo(Verdict.accepted());
    assertThat(SignetSolution.check(block, MAIN)).isEqualTo(Verdict.accepted());
  }

  /** As block explorers show it. */
  @Test
  void itIsAsTheWorldKnowsIt() {
    assertThat(block.hash())
        .hasToString("0000000000000000025aff8be8a55df8f89c77296db6198f272d6577325d4069");
    assertThat(block.transactions()).hasSize(1557);
    assertThat(block.totalSize()).isEqualTo(999_887);
    assertThat(block.weight()).isEqualTo(4 * 999_887);
    assertThat(block.header().bits()).isEqualTo(0x18058436);
    // Counted by Bitcoin Core's test framework.
    assertThat(block.transactions().stream().mapToLong(SigOps::legacy).sum()).isEqualTo(2841);
  }

  @Test
  void itIsOfAnotherHeightNowhere() {
    HeaderContext context =
        new HeaderContext(
            HEIGHT + 1, block.header().timeSeconds(), block.header().timeSeconds(), 0);
    assertThat(BlockChecks.inHeaderContext(block, context, MAIN))
        .isEqualTo(
            Verdict.rejected(RejectReason.BAD_CB_HEIGHT, "block height mismatch in coinbase"));
  }

  @Test
  void merkleRootsAgreeWithBitcoinKmp() {
    var theirs = fr.acinq.bitcoin.Block.read(Vectors.bytes("block413567.raw"));
    assertThat(block.header().merkleRoot().toByteArray())
        .isEqualTo(theirs.header.hashMerkleRoot.toByteArray());
    assertThat(block.hash().toByteArray()).isEqualTo(theirs.hash.value.toByteArray());
  }

  @Test
  void aTransactionMoreOrLessChangesTheRoot() {
    List<Transaction> fewer = new ArrayList<>(block.transactions());
    fewer.remove(fewer.size() - 1);
    Verdict verdict = BlockChecks.inIsolation(new Block(block.header(), fewer));
    assertThat(((Verdict.Rejected) verdict).reason()).isEqualTo(RejectReason.BAD_TXNMRKLROOT);
    assertThat(MerkleTree.ofTxids(fewer).root()).isNotEqualTo(MerkleRoot.ZERO);
  }

  @Test
  void coinbaseHeights() {
    Map.of(1, "51", 16, "60", 17, "0111", 127, "017f", 128, "028000", 32_768, "03008000")
        .forEach((height, hex) -> assertThat(CoinbaseHeight.push(height)).hasToString(hex));
  }
}
