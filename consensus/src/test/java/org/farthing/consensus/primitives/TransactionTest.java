package org.farthing.consensus.primitives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.bytes.Hex;
import org.farthing.testing.Vectors;
import org.junit.jupiter.api.Test;

class TransactionTest {
  private static final TxIn INPUT =
      new TxIn(new OutPoint(Txid.ZERO, 1), Script.of(new byte[] {1, 2}), 7);
  private static final TxOut OUTPUT = new TxOut(-1, Script.of(new byte[] {0x51}));

  @Test
  void aRealBlockIsDecodedAndEncodedToTheSameBytes() throws DecodeException {
    byte[] wire = Vectors.bytes("block413567.raw");
    Block block = Block.decode(wire);
    assertThat(block.serialize()).isEqualTo(wire);
    assertThat(block.totalSize()).isEqualTo(wire.length);
    assertThat(MerkleTree.ofTxids(block.transactions()))
        .isEqualTo(new MerkleTree.Result(block.header().merkleRoot(), false));
  }

  @Test
  void identifiersDoNotDependOnHowTheTransactionCameAbout() throws DecodeException {
    Transaction made =
        new Transaction(
            2, List.of(INPUT.withWitness(Witness.of(new byte[] {9}))), List.of(OUTPUT), 5);
    Transaction read = Transaction.decode(made.serialize());
    assertThat(read.txid()).isEqualTo(made.txid());
    assertThat(read.wtxid()).isEqualTo(made.wtxid());
    assertThat(read.inputs()).isEqualTo(made.inputs());
    assertThat(made.txid().toByteArray())
        .isEqualTo(new Transaction(2, List.of(INPUT), List.of(OUTPUT), 5).wtxid().toByteArray());
    assertThat(made.weight()).isEqualTo(3 * made.baseSize() + made.totalSize());
  }

  @Test
  void aWitnessRecordWithoutWitnessIsRefused() {
    assertThatThrownBy(
            () -> Transaction.decode(Hex.constant("01000000" + "0001" + "00" + "00" + "00000000")))
        .isInstanceOf(DecodeException.class)
        .hasMessageContaining("Superfluous");
  }

  @Test
  void anUnknownFlagIsRefused() {
    assertThatThrownBy(
            () -> Transaction.decode(Hex.constant("01000000" + "0002" + "00" + "00" + "00000000")))
        .isInstanceOf(DecodeException.class)
        .hasMessageContaining("optional data");
  }

  @Test
  void everyPrefixOfATransactionIsRefused() {
    byte[] wire =
        new Transaction(
                2, List.of(INPUT.withWitness(Witness.of(new byte[] {9}))), List.of(OUTPUT), 5)
            .serialize();
    for (int length = 0; length < wire.length; length++) {
      byte[] prefix = Arrays.copyOf(wire, length);
      assertThatThrownBy(() -> Transaction.decode(prefix)).isInstanceOf(DecodeException.class);
    }
  }

  @Test
  void aListThatRepeatsItsTailIsMutated() {
    List<Transaction> three = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      three.add(new Transaction(i, List.of(INPUT), List.of(OUTPUT), 0));
    }
    List<Transaction> four = new ArrayList<>(three);
    four.add(three.get(2));
    assertThat(MerkleTree.ofTxids(three).mutated()).isFalse();
    assertThat(MerkleTree.ofTxids(four))
        .isEqualTo(new MerkleTree.Result(MerkleTree.ofTxids(three).root(), true));
  }
}
