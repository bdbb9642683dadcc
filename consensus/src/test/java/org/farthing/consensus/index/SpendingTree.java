package org.farthing.consensus.index;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.farthing.consensus.chain.Coin;
import org.farthing.consensus.chain.Coins;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.testing.BlockDraft;
import org.farthing.testing.ChainBuilder;

/**
 * A tree of blocks for indexes: coins of a few scripts are spent to each other, joined and split,
 * some of them in the block that made them, and some are thrown away.
 */
final class SpendingTree {
  /** The number of blocks without which no coin is mature. */
  static final int TRUNK = 104;

  private static final int MATURITY = 100;
  private static final int FIRST_NUMBER = 0x51;
  private static final int SCRIPTS = 5;
  private static final int RETURN = 0x6a;

  private final ChainBuilder chain;
  private final Random random;

  private SpendingTree(ChainBuilder chain, Random random) {
    this.chain = chain;
    this.random = random;
  }

  /** One of the scripts, each of which anybody can spend. */
  static Script script(int number) {
    return Script.of(new byte[] {(byte) (FIRST_NUMBER + number % SCRIPTS)});
  }

  static List<Script> scripts() {
    List<Script> scripts = new ArrayList<>();
    for (int i = 0; i < SCRIPTS; i++) {
      scripts.add(script(i));
    }
    return scripts;
  }

  /**
   * A trunk with mature coins, then blocks on random parents near the tip; parents stand before
   * children.
   *
   * @param blocks after the trunk
   */
  static List<Block> grow(long seed, int blocks) {
    try (ChainBuilder chain = ChainBuilder.regtest()) {
      return new SpendingTree(chain, new Random(seed)).grow(blocks);
    }
  }

  private List<Block> grow(int blocks) {
    List<Block> all = new ArrayList<>();
    for (int i = 0; i < TRUNK; i++) {
      all.addAll(chain.mine(1, script(i)));
    }
    for (int i = 0; i < blocks; i++) {
      Block parent = all.get(all.size() - 1 - random.nextInt(Math.min(i + 1, 5)));
      BlockDraft draft = chain.draft(parent.hash()).payTo(script(random.nextInt(SCRIPTS)));
      // Only on the tip it is known which coins are there.
      if (parent.hash().equals(chain.tip().hash())) {
        draft.with(spends());
      }
      all.add(chain.add(draft.build()));
    }
    return all;
  }

  private List<Transaction> spends() {
    List<Transaction> transactions = new ArrayList<>();
    Map<OutPoint, Coin> coins = Coins.replay(chain.chain().snapshot());
    List<OutPoint> mature =
        coins.keySet().stream()
            .filter(outPoint -> isMature(coins.get(outPoint)))
            .sorted(Comparator.comparing(OutPoint::toString))
            .limit(8)
            .toList();
    for (int i = 0; i + 1 < mature.size(); i += 2) {
      if (random.nextInt(3) > 0) {
        List<OutPoint> spent = mature.subList(i, i + 1 + random.nextInt(2));
        long valueSat = spent.stream().mapToLong(o -> coins.get(o).output().valueSat()).sum();
        Transaction split = ChainBuilder.spendAnyone(spent, outputs(valueSat));
        transactions.add(split);
        if (random.nextBoolean()) {
          transactions.add(
              ChainBuilder.spendAnyone(
                  List.of(split.outPoint(0)), outputs(split.outputs().get(0).valueSat())));
        }
      }
    }
    return transactions;
  }

  private boolean isMature(Coin coin) {
    return !coin.coinbase() || chain.tip().height() + 1 - coin.height() >= MATURITY;
  }

  /** Two that can be spent, to the same script now and then, and one that cannot; some fee. */
  private TxOut[] outputs(long valueSat) {
    return new TxOut[] {
      new TxOut(valueSat / 2, script(random.nextInt(SCRIPTS))),
      new TxOut(valueSat / 4, script(random.nextInt(SCRIPTS))),
      new TxOut(valueSat / 16, Script.of(new byte[] {RETURN}))
    };
  }
}
