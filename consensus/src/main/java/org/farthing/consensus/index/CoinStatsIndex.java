package org.farthing.consensus.index;

import java.util.Optional;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.CoinSetHash;

/**
 * Figures of all coins after blocks that are or were in the active chain, from the rows of {@link
 * CoinStatsIndexer}.
 */
public record CoinStatsIndex(IndexReader rows) {
  /** Empty as long as the index has not seen the block. */
  public Optional<CoinFigures> figures(HeaderNode block) {
    return rows.get(CoinStatsIndexer.FIGURES, block.key());
  }

  /** The MuHash of all coins. Empty as long as the index has not seen the block. */
  public Optional<CoinSetHash> muHash(HeaderNode block) {
    return rows.get(CoinStatsIndexer.HASHES, block.key());
  }
}
