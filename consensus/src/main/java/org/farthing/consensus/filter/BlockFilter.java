package org.farthing.consensus.filter;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.chain.BlockUndo;
import org.farthing.consensus.chain.Coin;
import org.farthing.consensus.crypto.Sha256;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.FilterHash;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.script.Opcode;

/**
 * The basic filter of a block (BIP-0158): the scripts of all outputs that it makes and spends, but
 * for empty ones and those that only carry data.
 */
public final class BlockFilter {
  private static final int REMAINDER_BITS = 19;
  private static final long FALSE_POSITIVES = 784_931;

  private final BlockHash block;
  private final byte[] encoded;

  private BlockFilter(BlockHash block, byte[] encoded) {
    this.block = block;
    this.encoded = encoded;
  }

  /**
   * @param undo the coins that the block spent
   */
  public static BlockFilter of(Block block, BlockUndo undo) {
    BlockHash hash = block.hash();
    return new BlockFilter(hash, set(hash).encode(elements(block, undo)));
  }

  /**
   * @param encoded as {@link #encoded} returns it
   */
  public static BlockFilter decode(BlockHash block, byte[] encoded) {
    return new BlockFilter(block, encoded.clone());
  }

  private static GolombCodedSet set(BlockHash block) {
    return new GolombCodedSet(block.word(0), block.word(1), REMAINDER_BITS, FALSE_POSITIVES);
  }

  /** The scripts that the filter of a block contains. */
  public static Set<Script> elements(Block block, BlockUndo undo) {
    Set<Script> elements = new HashSet<>();
    for (Transaction tx : block.transactions()) {
      for (TxOut output : tx.outputs()) {
        Script script = output.scriptPubKey();
        if (!script.isEmpty() && script.byteAt(0) != Opcode.OP_RETURN) {
          elements.add(script);
        }
      }
    }
    for (List<Coin> spent : undo.spent()) {
      for (Coin coin : spent) {
        if (!coin.output().scriptPubKey().isEmpty()) {
          elements.add(coin.output().scriptPubKey());
        }
      }
    }
    return elements;
  }

  public BlockHash block() {
    return block;
  }

  /** The number of elements, then their Golomb-Rice codes. */
  public byte[] encoded() {
    return encoded.clone();
  }

  public FilterHash hash() {
    return FilterHash.of(Sha256.doubleHash(encoded));
  }

  /**
   * Whether the block may make or spend an output with any of the scripts.
   *
   * @throws DecodeException where the filter is damaged
   */
  public boolean containsAny(Collection<Script> scripts) throws DecodeException {
    return containsAny(FilterQuery.of(scripts));
  }

  /** The same, of scripts that other filters are asked for too. */
  public boolean containsAny(FilterQuery scripts) throws DecodeException {
    return set(block).containsAny(encoded, scripts);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BlockFilter that
        && block.equals(that.block)
        && Arrays.equals(encoded, that.encoded);
  }

  @Override
  public int hashCode() {
    return 31 * block.hashCode() + Arrays.hashCode(encoded);
  }

  @Override
  public String toString() {
    return "Filter of " + block + ": " + Hex.encode(encoded);
  }
}
