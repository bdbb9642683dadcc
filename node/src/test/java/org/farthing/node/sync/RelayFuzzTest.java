package org.farthing.node.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.filter.BloomFilter;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.validation.BlockChecks;
import org.farthing.node.wire.BlockTxn;
import org.farthing.node.wire.CmpctBlock;
import org.farthing.node.wire.FilterLoad;
import org.farthing.node.wire.MessageCodec;
import org.farthing.node.wire.TxMessage;
import org.farthing.testing.Decoding;

/** What is done with messages of strangers before anything of them is believed. */
class RelayFuzzTest {
  private static final long FIXED_BYTES = 1 << 20;
  private static final long BYTES_FOR_EACH = 1024;

  private static final List<Transaction> KNOWN =
      IntStream.range(0, 4).mapToObj(RelayFuzzTest::transaction).toList();

  private static Transaction transaction(int number) {
    TxIn input = new TxIn(new OutPoint(Txid.ZERO, number), Script.EMPTY, 0);
    return new Transaction(2, List.of(input), List.of(new TxOut(1, Script.EMPTY)), number);
  }

  /** The first two bytes say where a block in short form ends and the transactions begin. */
  @FuzzTest
  void partialBlock(byte[] input) throws Exception {
    if (input.length < 2) {
      return;
    }
    int cut = 2 + ((input[0] & 0xff) << 8 | (input[1] & 0xff)) % (input.length - 1);
    Optional<CmpctBlock> block =
        message("cmpctblock", Arrays.copyOfRange(input, 2, cut)).map(CmpctBlock.class::cast);
    Optional<BlockTxn> rest =
        message("blocktxn", Arrays.copyOfRange(input, cut, input.length)).map(BlockTxn.class::cast);
    if (block.isPresent()) {
      Decoding.bounded(
          Decoding.watched(FIXED_BYTES + BYTES_FOR_EACH * input.length),
          () -> assemble(block.get(), rest));
    }
  }

  private static Optional<Object> message(String command, byte[] payload) {
    try {
      return Optional.of(MessageCodec.decode(command, payload));
    } catch (DecodeException e) {
      return Optional.empty();
    }
  }

  private static PartialBlock.Outcome assemble(CmpctBlock block, Optional<BlockTxn> rest) {
    PartialBlock partial = PartialBlock.of(block);
    PartialBlock.Outcome first = partial.begin(block, KNOWN, KNOWN);
    if (!(first instanceof PartialBlock.Outcome.Begun begun)) {
      return first;
    }
    assertThat(begun.indexes()).isSorted().doesNotHaveDuplicates();
    assertThat(begun.indexes()).allMatch(index -> index >= 0 && index < block.transactionCount());
    List<Transaction> answer = new ArrayList<>(rest.map(BlockTxn::transactions).orElse(List.of()));
    PartialBlock.Outcome last = partial.finish(answer, true);
    if (last instanceof PartialBlock.Outcome.Complete complete) {
      assertThat(answer).hasSameSizeAs(begun.indexes());
      assertThat(complete.block().transactions()).hasSize(block.transactionCount());
      assertThat(BlockChecks.isMutated(complete.block(), true)).isFalse();
    }
    return last;
  }

  /** A filter as somebody sends it, and transactions that are held against it. */
  @FuzzTest
  void bloomFilter(byte[] input) throws Exception {
    Optional<FilterLoad> load = message("filterload", input).map(FilterLoad.class::cast);
    if (load.isEmpty()
        || load.get().bits().size() > BloomFilter.MAX_SIZE
        || load.get().hashFunctions() > BloomFilter.MAX_HASH_FUNCTIONS) {
      return;
    }
    FilterLoad wanted = load.get();
    BloomFilter filter =
        new BloomFilter(
            wanted.bits(), (int) wanted.hashFunctions(), wanted.tweak(), wanted.flags());
    List<Transaction> transactions = new ArrayList<>(KNOWN);
    message("tx", wanted.bits().toByteArray())
        .map(TxMessage.class::cast)
        .map(TxMessage::transaction)
        .ifPresent(transactions::add);
    for (Transaction transaction : transactions) {
      boolean passes = filter.passes(transaction);
      assertThat(!passes || filter.passes(transaction)).as("a filter only grows").isTrue();
      filter.add(transaction.txid().toByteArray());
      assertThat(filter.passes(transaction)).isTrue();
    }
  }
}
