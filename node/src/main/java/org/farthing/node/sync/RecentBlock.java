package org.farthing.node.sync;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.Hash256;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.node.wire.CmpctBlock;

/**
 * The last block that was passed on as soon as it came, which peers will ask for now: in short
 * form, and its transactions one by one. What only they need is made when the first one asks: the
 * block itself is about to be connected.
 */
final class RecentBlock {
  private final Random random;
  private final Map<Hash256, Transaction> transactions = new HashMap<>();
  private Block block;
  private CmpctBlock shortForm;

  RecentBlock(Random random) {
    this.random = random;
  }

  void is(Block newest) {
    forget();
    block = newest;
  }

  void forget() {
    block = null;
    shortForm = null;
    transactions.clear();
  }

  /** The block, if it is this one. */
  Optional<Block> block(BlockHash hash) {
    return Optional.ofNullable(block).filter(recent -> recent.hash().equals(hash));
  }

  /** Any block in short form; of this one always the same. */
  CmpctBlock shortFormOf(Block any) {
    if (block(any.hash()).isEmpty()) {
      return ShortIds.shorten(any, random.nextLong());
    }
    if (shortForm == null) {
      shortForm = ShortIds.shorten(any, random.nextLong());
    }
    return shortForm;
  }

  /** A transaction of the block by its txid or wtxid. */
  Optional<Transaction> transaction(Hash256 hash) {
    if (block != null && transactions.isEmpty()) {
      for (Transaction transaction : block.transactions()) {
        transactions.put(transaction.txid(), transaction);
        transactions.put(transaction.wtxid(), transaction);
      }
    }
    return Optional.ofNullable(transactions.get(hash));
  }
}
