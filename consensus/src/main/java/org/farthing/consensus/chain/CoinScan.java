package org.farthing.consensus.chain;

import java.util.List;
import org.farthing.consensus.primitives.BlockHash;

/**
 * A walk over all coins as of one block, whatever happens to the chain meanwhile. For one thread,
 * which may be any. Everything throws {@link StoreException} where the ledger fails or is closed.
 */
public interface CoinScan extends AutoCloseable {
  /** The block after which the coins are those that are walked over. */
  BlockHash tip();

  /**
   * The next coins, not many at once, ordered by the bytes of their txids, then by index. Empty
   * after the last one.
   */
  List<UnspentOutput> next();

  /** About how many bytes of disk all coins take. */
  long diskBytes();

  /** Lets go of the past; a scan that is forgotten keeps the ledger from reclaiming space. */
  @Override
  void close();
}
