package org.farthing.consensus.index;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.column.Order;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Txid;

/** Finds confirmed transactions by their identifiers, in the rows of {@link TxIndexer}. */
public record TxIndex(IndexReader rows) {
  /** More transactions whose identifiers begin alike nobody can make. */
  private static final int MOST_CANDIDATES = 1_000;

  /** A transaction, and the block that it is in, active or not. */
  public record Found(Transaction transaction, HeaderNode block) {}

  private record Candidate(TxPlace place, HeaderNode block) {}

  /**
   * A transaction that is or was in the active chain. Of several blocks that have it, the active
   * one is meant; without such, the one that was active last.
   */
  public Optional<Found> find(Txid txid, ChainSnapshot chain) {
    List<Candidate> candidates = new ArrayList<>();
    for (Map.Entry<TxIndexer.Key, Boolean> row :
        rows.page(TxIndexer.PLACES, TxIndexer.places(txid), Order.DESCENDING, MOST_CANDIDATES)) {
      TxPlace place = row.getKey().place();
      BlockNumbers.block(place.block(), rows, chain.chain())
          .ifPresent(block -> candidates.add(new Candidate(place, block)));
    }
    candidates.sort(Comparator.comparing(candidate -> !chain.isActive(candidate.block())));
    for (Candidate candidate : candidates) {
      Optional<Transaction> found =
          candidate
              .place()
              .transaction(candidate.block(), chain.chain())
              .filter(tx -> tx.txid().equals(txid));
      if (found.isPresent()) {
        return Optional.of(new Found(found.get(), candidate.block()));
      }
    }
    return Optional.empty();
  }
}
