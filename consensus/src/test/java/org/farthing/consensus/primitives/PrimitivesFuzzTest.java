package org.farthing.consensus.primitives;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.testing.Decoding;

/** What is read comes out again as the same bytes, and its sizes are those of the bytes. */
class PrimitivesFuzzTest {
  @FuzzTest
  void transaction(byte[] input) throws Exception {
    Optional<Transaction> decoded =
        Decoding.of(input.length, DecodeException.class, () -> Transaction.decode(input));
    decoded.ifPresent(
        transaction -> {
          assertThat(transaction.serialize()).isEqualTo(input);
          assertThat(transaction.totalSize()).isEqualTo(input.length);
          assertThat(transaction.baseSize())
              .isEqualTo(transaction.serializeWithoutWitness().length);
          assertSameWhenMadeFromParts(transaction);
        });
  }

  /** The identifiers of what was received are hashed from the wire, those of what we make not. */
  private static void assertSameWhenMadeFromParts(Transaction transaction) {
    Transaction made =
        new Transaction(
            transaction.version(),
            transaction.inputs(),
            transaction.outputs(),
            transaction.lockTime());
    assertThat(made.txid()).isEqualTo(transaction.txid());
    assertThat(made.wtxid()).isEqualTo(transaction.wtxid());
    assertThat(transaction.withoutWitness().txid()).isEqualTo(transaction.txid());
    assertThat(transaction.hasWitness())
        .isEqualTo(!transaction.txid().toString().equals(transaction.wtxid().toString()));
  }

  @FuzzTest
  void merkleBlock(byte[] input) throws Exception {
    ByteReader in = new ByteReader(input);
    Optional<MerkleBlock> read =
        Decoding.of(
            input.length, DecodeException.class, () -> MerkleBlock.read(new ByteReader(input)));
    if (read.isPresent()) {
      MerkleBlock.read(in);
      assertThat(read.get().serialize()).isEqualTo(Arrays.copyOf(input, in.position()));
      read.get()
          .tree()
          .prove()
          .ifPresent(
              proven ->
                  assertThat(proven.txids().size())
                      .isLessThanOrEqualTo(read.get().tree().transactionCount()));
    }
  }

  @FuzzTest
  void block(byte[] input) throws Exception {
    Decoding.of(input.length, DecodeException.class, () -> Block.decode(input))
        .ifPresent(
            block -> {
              assertThat(block.serialize()).isEqualTo(input);
              assertThat(block.totalSize()).isEqualTo(input.length);
              assertThat(block.weight()).isEqualTo(3 * block.baseSize() + block.totalSize());
            });
  }

  @FuzzTest
  void header(byte[] input) throws Exception {
    Decoding.of(input.length, DecodeException.class, () -> BlockHeader.read(new ByteReader(input)))
        .ifPresent(
            header ->
                assertThat(header.serialize()).isEqualTo(Arrays.copyOf(input, BlockHeader.SIZE)));
  }

  @FuzzTest
  void hash(byte[] input) throws Exception {
    String text = new String(input, StandardCharsets.UTF_8);
    Decoding.ofText(input.length, DecodeException.class, () -> BlockHash.parse(text))
        .ifPresent(hash -> assertThat(hash).hasToString(text.toLowerCase(Locale.ROOT)));
  }

  @FuzzTest
  void amount(byte[] input) throws Exception {
    String text = new String(input, StandardCharsets.UTF_8);
    Optional<Long> sat =
        Decoding.ofText(input.length, DecodeException.class, () -> Amount.parse(text));
    if (sat.isPresent()) {
      assertThat(Amount.parse(Amount.format(sat.get()))).isEqualTo(sat.get());
    }
  }
}
