package org.farthing.consensus.chain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.testing.BlockDraft;
import org.farthing.testing.ChainBuilder;

/** A tree of blocks that spend coins on every branch; parents stand before children. */
final class RandomTree {
  private static final int MATURE = 110;

  private RandomTree() {}

  /**
   * A trunk with mature coins, then blocks on random parents near the tip.
   *
   * @param blocks after the trunk
   */
  static List<Block> grow(long seed, int blocks) {
    Random random = new Random(seed);
    try (ChainBuilder chain = ChainBuilder.regtest()) {
      List<Block> all = new ArrayList<>(chain.mine(MATURE, BlockDraft.ANYONE));
      for (int i = 0; i < blocks; i++) {
        BlockHash parent = all.get(all.size() - 1 - random.nextInt(Math.min(i + 1, 6))).hash();
        BlockDraft draft = chain.draft(parent).payTo(BlockDraft.ANYONE);
        // Only on the tip it is known which coins are there.
        if (parent.equals(chain.tip().hash())) {
          draft.with(spends(chain, random));
        }
        all.add(chain.add(draft.build()));
      }
      return all;
    }
  }

  private static List<Transaction> spends(ChainBuilder chain, Random random) {
    List<Transaction> transactions = new ArrayList<>();
    Map<OutPoint, Coin> coins = Coins.replay(chain.chain().snapshot());
    List<OutPoint> mature =
        coins.entrySet().stream()
            .filter(
                entry ->
                    !entry.getValue().coinbase()
                        || entry.getValue().height() <= chain.tip().height() - 99)
            .map(Map.Entry::getKey)
            .sorted(Comparator.comparing(OutPoint::toString))
            .toList();
    for (OutPoint coin : mature) {
      if (random.nextInt(4) == 0) {
        long half = coins.get(coin).output().valueSat() / 2;
        Transaction tx =
            ChainBuilder.spendAnyone(
                List.of(coin),
                new TxOut(half, BlockDraft.ANYONE),
                new TxOut(half, BlockDraft.ANYONE));
        transactions.add(tx);
        if (random.nextBoolean()) {
          transactions.add(
              ChainBuilder.spendAnyone(
                  List.of(tx.outPoint(0)), new TxOut(half, BlockDraft.ANYONE)));
        }
      }
    }
    return transactions;
  }
}
