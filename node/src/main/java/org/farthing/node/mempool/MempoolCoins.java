package org.farthing.node.mempool;

import java.util.List;
import java.util.Optional;
import org.farthing.consensus.chain.Coin;
import org.farthing.consensus.chain.CoinView;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.TxOut;

/**
 * The coins of the chain with the outputs of waiting transactions on top, as if these stood in the
 * next block. Coins that waiting transactions spend are still there: who spends them is another
 * question ({@link PoolIndex#spender}).
 *
 * @param nextHeight the height of the next block
 */
record MempoolCoins(PoolIndex pool, CoinView chain, int nextHeight) implements CoinView {
  @Override
  public Optional<Coin> coin(OutPoint outPoint) {
    Optional<MempoolEntry> maker = pool.get(outPoint.txid());
    return maker.isPresent() ? output(maker.get(), outPoint.index()) : chain.coin(outPoint);
  }

  private Optional<Coin> output(MempoolEntry maker, int index) {
    List<TxOut> outputs = maker.transaction().outputs();
    return index >= 0 && index < outputs.size()
        ? Optional.of(new Coin(outputs.get(index), nextHeight, false))
        : Optional.empty();
  }
}
