package org.farthing.consensus.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Transaction;

/** A simple second opinion on which coins there are. */
public final class Coins {
  private Coins() {}

  /** The coins after the blocks of the active chain, worked out one output at a time. */
  public static Map<OutPoint, Coin> replay(ChainSnapshot snapshot) {
    Map<OutPoint, Coin> coins = new HashMap<>();
    for (int height = 1; height <= snapshot.height(); height++) {
      Block block = snapshot.chain().block(snapshot.tip().ancestor(height).hash()).orElseThrow();
      for (Transaction tx : block.transactions()) {
        tx.inputs().forEach(input -> coins.remove(input.outPoint()));
        for (int i = 0; i < tx.outputs().size(); i++) {
          Coin coin = new Coin(tx.outputs().get(i), height, tx.isCoinbase());
          if (Coin.canBeSpent(coin.output())) {
            coins.put(tx.outPoint(i), coin);
          }
        }
      }
    }
    return coins;
  }

  /** Fails where the chain's coins are not those of its active blocks, or others' are left over. */
  public static void assertConsistent(ChainState chain, List<Block> everSeen) {
    Map<OutPoint, Coin> expected = replay(chain.snapshot());
    for (Block block : everSeen) {
      for (Transaction tx : block.transactions()) {
        for (int i = 0; i < tx.outputs().size(); i++) {
          OutPoint outPoint = tx.outPoint(i);
          Coin coin = expected.get(outPoint);
          assertThat(chain.coins().coin(outPoint).orElse(null)).isEqualTo(coin);
          assertThat(chain.snapshot().chain().coin(outPoint).orElse(null)).isEqualTo(coin);
        }
      }
    }
  }
}
