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
 * The last block that was passed on as soon as it came, which peers will ask for now: as it is, in
 * short form, and its transactions one by one.
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
    block = newest;
    shortForm = ShortIds.shorten(newest, random.nextLong());
    transactions.clear();
    for (Transaction transaction : newest.transactions()) {
      transactions.put(transaction.txid(), transaction);
      transactions.put(transaction.wtxid(), transaction);
    }
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
    return block(any.hash()).isPresent() ? shortForm : ShortIds.shorten(any, random.nextLong());
  }

  /** A transaction of the block by its txid or wtxid. */
  Optional<Transaction> transaction(Hash256 hash) {
    return Optional.ofNullable(transactions.get(hash));
  }
}
