package org.farthing.node.sync;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.validation.BlockChecks;
import org.farthing.node.wire.CmpctBlock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A block that is put together from its short form (BIP-0152): from transactions that stand in it,
 * that we know already, and that are asked for. A short identifier may belong to two transactions;
 * where two of ours fit the right one is asked for, and where a wrong one fits the whole block is
 * not what its header says, and has to be asked for as a whole.
 */
final class PartialBlock {
  private static final Logger LOG = LoggerFactory.getLogger(PartialBlock.class);

  /** The least weight of a transaction that can be read at all. */
  private static final int MIN_TRANSACTION_WEIGHT = 10 * Transaction.WITNESS_SCALE_FACTOR;

  private static final int MAX_PLACE = 0xffff;

  /** What came of a step. */
  sealed interface Outcome {
    /**
     * These are missing; none may be.
     *
     * @param indexes their places in the block, rising
     */
    record Begun(List<Integer> indexes) implements Outcome {
      public Begun {
        indexes = List.copyOf(indexes);
      }
    }

    /** The block, with the transactions that its header commits to. */
    record Complete(Block block) implements Outcome {}

    /** Whoever sent this does not keep to the protocol. */
    record Invalid() implements Outcome {}

    /** By chance it does not work so. */
    record Failed() implements Outcome {}
  }

  /** Where a transaction came from. */
  private enum Source {
    NONE,
    PREFILLED,
    MEMPOOL,
    EXTRA,
    /** Several of ours fit. */
    COLLIDED
  }

  private final BlockHeader header;
  private final Transaction[] transactions;
  private final Source[] sources;
  private boolean over;

  private PartialBlock(BlockHeader header, int count) {
    this.header = header;
    this.transactions = new Transaction[count];
    this.sources = new Source[count];
    Arrays.fill(sources, Source.NONE);
  }

  /** A block of which nothing is known yet. */
  static PartialBlock of(CmpctBlock block) {
    return new PartialBlock(block.header(), block.transactionCount());
  }

  /**
   * Takes what stands in the short form, and what is known already.
   *
   * @param mempool the transactions that wait
   * @param extra others, which may also be among those
   * @return {@link Outcome.Begun}, {@link Outcome.Invalid} or {@link Outcome.Failed}
   */
  Outcome begin(CmpctBlock block, Iterable<Transaction> mempool, Iterable<Transaction> extra) {
    if (transactions.length == 0
        || transactions.length > BlockChecks.MAX_WEIGHT / MIN_TRANSACTION_WEIGHT
        || !prefill(block)) {
      return new Outcome.Invalid();
    }
    Map<Long, Integer> places = places(block);
    if (places.size() < block.shortIds().size()) {
      return new Outcome.Failed();
    }
    ShortIds ids = ShortIds.of(block);
    Filling filling = new Filling(ids, places);
    filling.from(mempool, Source.MEMPOOL);
    filling.from(extra, Source.EXTRA);
    return new Outcome.Begun(missing());
  }

  /** False where a place is none, or where transactions before it have no identifier. */
  private boolean prefill(CmpctBlock block) {
    int place = -1;
    for (int i = 0; i < block.prefilled().size(); i++) {
      CmpctBlock.Prefilled prefilled = block.prefilled().get(i);
      place += prefilled.gap() + 1;
      boolean isNone =
          prefilled.transaction().inputs().isEmpty() && prefilled.transaction().outputs().isEmpty();
      if (isNone || place > MAX_PLACE || place > block.shortIds().size() + i) {
        return false;
      }
      transactions[place] = prefilled.transaction();
      sources[place] = Source.PREFILLED;
    }
    return true;
  }

  /** Where the transaction of each short identifier belongs; fewer, if some are the same. */
  private Map<Long, Integer> places(CmpctBlock block) {
    Map<Long, Integer> places = new HashMap<>(2 * block.shortIds().size());
    int place = 0;
    for (Long id : block.shortIds()) {
      while (transactions[place] != null) {
        place++;
      }
      places.put(id, place++);
    }
    return places;
  }

  private final class Filling {
    private final ShortIds ids;
    private final Map<Long, Integer> places;
    private int found;

    Filling(ShortIds ids, Map<Long, Integer> places) {
      this.ids = ids;
      this.places = places;
    }

    /**
     * Ends as soon as there is one for each place: another one that fits as well would only be
     * found by looking at all, for each block.
     */
    void from(Iterable<Transaction> candidates, Source source) {
      for (Transaction candidate : candidates) {
        if (found == places.size()) {
          return;
        }
        Integer place = places.get(ids.of(candidate.wtxid()));
        if (place != null) {
          put(place, candidate, source);
        }
      }
    }

    private void put(int place, Transaction candidate, Source source) {
      if (sources[place] == Source.NONE) {
        transactions[place] = candidate;
        sources[place] = source;
        found++;
      } else if (sources[place] != Source.COLLIDED && !candidate.equals(transactions[place])) {
        transactions[place] = null;
        sources[place] = Source.COLLIDED;
        found--;
      }
    }
  }

  private List<Integer> missing() {
    List<Integer> missing = new ArrayList<>();
    for (int i = 0; i < transactions.length; i++) {
      if (transactions[i] == null) {
        missing.add(i);
      }
    }
    return missing;
  }

  /** {@link #finish} has been called, so that nothing can be done any more. */
  boolean isOver() {
    return over;
  }

  /**
   * Takes the missing ones, in the order of the block. To be called once.
   *
   * @param segwit whether the block has to commit to its witnesses
   * @return {@link Outcome.Complete}, {@link Outcome.Invalid} or {@link Outcome.Failed}
   */
  Outcome finish(List<Transaction> rest, boolean segwit) {
    over = true;
    List<Transaction> whole = new ArrayList<>(transactions.length);
    int used = 0;
    for (Transaction transaction : transactions) {
      if (transaction == null && used == rest.size()) {
        return new Outcome.Invalid();
      }
      whole.add(transaction == null ? rest.get(used++) : transaction);
    }
    Arrays.fill(transactions, null);
    if (used < rest.size()) {
      return new Outcome.Invalid();
    }
    Block block = new Block(header, whole);
    if (BlockChecks.isMutated(block, segwit)) {
      return new Outcome.Failed();
    }
    log(block, rest);
    return new Outcome.Complete(block);
  }

  private void log(Block block, List<Transaction> requested) {
    if (!LOG.isDebugEnabled()) {
      return;
    }
    LOG.debug(
        "Successfully reconstructed block {} with {} txn prefilled, {} txn from mempool (incl at"
            + " least {} from extra pool) and {} txn ({} bytes) requested",
        block.hash(),
        count(Source.PREFILLED),
        count(Source.MEMPOOL) + count(Source.EXTRA),
        count(Source.EXTRA),
        requested.size(),
        requested.stream().mapToInt(Transaction::totalSize).sum());
  }

  private long count(Source source) {
    return Arrays.stream(sources).filter(source::equals).count();
  }
}
