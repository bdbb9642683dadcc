package org.farthing.consensus.index;

import java.util.Map;
import java.util.Optional;
import org.farthing.consensus.chain.ChainReader;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.column.Order;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Transaction;

/** Finds who spent an output, in the rows of {@link SpenderIndexer}. */
public record SpenderIndex(IndexReader rows) {
  /** More transactions whose identifiers begin alike nobody can make. */
  private static final int MOST_CANDIDATES = 1_000;

  /** The transaction that spent an output, and its block. */
  public record Spender(Transaction transaction, HeaderNode block) {}

  /**
   * The confirmed transaction that spends an output.
   *
   * @param best where the index stands: only what led to this block counts
   */
  public Optional<Spender> find(OutPoint output, ChainReader chain, HeaderNode best) {
    for (Map.Entry<SpenderIndexer.Key, Boolean> row :
        rows.page(
            SpenderIndexer.SPENDERS,
            SpenderIndexer.places(output),
            Order.DESCENDING,
            MOST_CANDIDATES)) {
      TxPlace place = row.getKey().place();
      Optional<Spender> spender =
          BlockNumbers.block(place.block(), rows, chain)
              .filter(block -> block.isAncestorOf(best))
              .flatMap(block -> place.transaction(block, chain).map(tx -> new Spender(tx, block)))
              .filter(found -> spends(found.transaction(), output));
      if (spender.isPresent()) {
        return spender;
      }
    }
    return Optional.empty();
  }

  private static boolean spends(Transaction transaction, OutPoint output) {
    return transaction.inputs().stream().anyMatch(input -> input.outPoint().equals(output));
  }
}
