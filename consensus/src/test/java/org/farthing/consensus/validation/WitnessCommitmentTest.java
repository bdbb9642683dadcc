package org.farthing.consensus.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.Witness;
import org.farthing.testing.ChainBuilder;
import org.junit.jupiter.api.Test;

/** Blocks as miners submit them: mostly without the witness of the coinbase. */
class WitnessCommitmentTest {
  private final Block complete = draft(true);

  private static Block draft(boolean committed) {
    try (ChainBuilder chain = ChainBuilder.regtest()) {
      return committed ? chain.draft().build() : chain.draft().withoutCommitment().build();
    }
  }

  private static Block withWitness(Block block, Witness witness) {
    return withInputs(block, List.of(coinbase(block).inputs().get(0).withWitness(witness)));
  }

  private static Block withInputs(Block block, List<TxIn> inputs) {
    Transaction old = coinbase(block);
    return new Block(
        block.header(),
        List.of(new Transaction(old.version(), inputs, old.outputs(), old.lockTime())));
  }

  private static Transaction coinbase(Block block) {
    return block.transactions().get(0);
  }

  @Test
  void theReservedValueIsAddedWhereItLacks() {
    Block submitted = withWitness(complete, Witness.EMPTY);
    assertThat(submitted).isNotEqualTo(complete);
    Block completed = WitnessCommitment.withReservedValue(submitted);
    assertThat(completed.serialize()).isEqualTo(complete.serialize());
  }

  @Test
  void whatNeedsNoneStaysAsItIs() {
    Block own = withWitness(complete, Witness.of(new byte[] {1}));
    Block uncommitted = draft(false);
    Block empty = new Block(complete.header(), List.of());
    Block withoutInputs = withInputs(complete, List.of());
    for (Block block : List.of(complete, own, uncommitted, empty, withoutInputs)) {
      assertThat(WitnessCommitment.withReservedValue(block)).isSameAs(block);
    }
  }
}
