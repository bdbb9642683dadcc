package org.farthing.node.mining;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.primitives.Script;

/**
 * Mines on demand, as {@code generatetoaddress} and its kin do: the same bytes as Bitcoin Core, the
 * nonce counted from 0.
 */
public final class BlockGenerator {
  /** What Bitcoin Core tries before it gives up. */
  public static final long DEFAULT_MAX_TRIES = 1_000_000;

  private final BlockAssembler assembler;
  private final LongSupplier nowSeconds;
  private final Consumer<Block> submit;

  /**
   * @param submit gets every solved block before the next one is begun; it throws if the block is
   *     not accepted
   */
  public BlockGenerator(BlockAssembler assembler, LongSupplier nowSeconds, Consumer<Block> submit) {
    this.assembler = assembler;
    this.nowSeconds = nowSeconds;
    this.submit = submit;
  }

  /**
   * Mines blocks on the tip, one after another.
   *
   * @param maxTries nonces to be tried for all of them together
   * @return the hashes of those that were found: fewer than {@code count} where the tries were used
   *     up
   */
  public List<BlockHash> generate(int count, Script payout, long maxTries) {
    List<BlockHash> hashes = new ArrayList<>();
    long triesLeft = maxTries;
    while (hashes.size() < count) {
      Block block = assembler.template(payout, nowSeconds.getAsLong()).block();
      Optional<Block> solved = solve(block, triesLeft);
      if (solved.isEmpty()) {
        break;
      }
      triesLeft -= Integer.toUnsignedLong(solved.get().header().nonce());
      submit.accept(solved.get());
      hashes.add(solved.get().hash());
    }
    return hashes;
  }

  /**
   * The block with the first nonce, counted from its own, that meets the target; empty where none
   * of the next {@code maxTries} does.
   */
  public static Optional<Block> solve(Block block, long maxTries) {
    Optional<BlockHeader> header = new HashSearch(block.header()).search(maxTries);
    return header.map(found -> new Block(found, block.transactions()));
  }
}
