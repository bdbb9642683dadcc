package org.farthing.consensus.index;

import java.util.List;
import java.util.Optional;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.chain.ChainReader;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.column.Codec;
import org.farthing.consensus.column.Column;
import org.farthing.consensus.primitives.BlockHash;

/**
 * Short numbers for the blocks of an index, in the order in which it met them: a row that leads to
 * a block takes four bytes for it instead of 32. A block keeps its number for ever, also when it
 * leaves the active chain and comes back.
 */
final class BlockNumbers {
  /** The number of a block. */
  private static final Column<BlockHash, Integer> NUMBERS =
      new Column<>("numbers", hash(), number(), false);

  /** The block of a number. */
  private static final Column<Integer, BlockHash> BLOCKS =
      new Column<>("blocks", number(), hash(), false);

  /** Under {@link #NEXT}, the number that the next new block gets. */
  private static final Column<Integer, Integer> COUNTER =
      new Column<>("counter", number(), number(), false);

  static final List<Column<?, ?>> COLUMNS = List.of(NUMBERS, BLOCKS, COUNTER);

  private static final Integer NEXT = 0;

  private BlockNumbers() {}

  /**
   * Gives a block its number.
   *
   * @return empty if it has one already, so that its rows are there
   */
  static Optional<Integer> add(BlockHash hash, IndexUpdate update) {
    if (update.get(NUMBERS, hash).isPresent()) {
      return Optional.empty();
    }
    int number = update.get(COUNTER, NEXT).orElse(0);
    update.put(NUMBERS, hash, number);
    update.put(BLOCKS, number, hash);
    update.put(COUNTER, NEXT, number + 1);
    return Optional.of(number);
  }

  /** The block of a number, as long as the chain knows it. */
  static Optional<HeaderNode> block(int number, IndexReader rows, ChainReader chain) {
    return rows.get(BLOCKS, number).flatMap(chain::header);
  }

  /** Four bytes, big-endian: in the order of numbers. */
  static void write(int number, ByteWriter out) {
    out.int32(Integer.reverseBytes(number));
  }

  private static Codec<Integer> number() {
    return Codec.of(BlockNumbers::write, BlockNumbers::read);
  }

  private static Codec<BlockHash> hash() {
    return Codec.of(BlockHash::writeTo, BlockHash::read);
  }

  /** What {@link #write} wrote. */
  static int read(ByteReader in) throws DecodeException {
    return Integer.reverseBytes(in.int32());
  }
}
