package org.farthing.consensus.chain;

import java.util.Optional;
import org.farthing.consensus.primitives.OutPoint;

/** Which outputs are unspent, as of some block. */
@FunctionalInterface
public interface CoinView {
  /** The coin, or empty if the output never existed or is spent. */
  Optional<Coin> coin(OutPoint outPoint);
}
