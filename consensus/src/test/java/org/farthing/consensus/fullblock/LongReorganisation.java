package org.farthing.consensus.fullblock;

import static org.farthing.consensus.validation.RejectReason.BAD_TXNS_INPUTS_MISSINGORSPENT;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.testing.BlockDraft;

/**
 * A week of blocks and more, replaced by others that spend the same coins differently, and put
 * back.
 */
final class LongReorganisation {
  private static final int DEPTH = 1_010;
  private static final int MATURITY = 100;

  private final ScenarioWriter to;

  private LongReorganisation(ScenarioWriter to) {
    this.to = to;
  }

  static Scenario thousandBlocks() {
    ScenarioWriter to = ScenarioWriter.regtest("a reorganisation of a thousand blocks");
    LongReorganisation story = new LongReorganisation(to);
    Branch a = story.new Branch(2);
    Branch b = story.new Branch(3);
    to.branch("a", a.grow(to.on("base"), DEPTH));
    to.branch("b, a block shorter", b.grow(to.on("base"), DEPTH - 1));
    to.tip("a");
    to.branch("b, as long", b.grow(to.on("b, a block shorter"), 1));
    to.tip("a");
    to.branch("b, a block longer", b.grow(to.on("b, as long"), 1));
    to.tip("b, a block longer");
    to.invalid("a coin of a, on b", BAD_TXNS_INPUTS_MISSINGORSPENT, to.next().with(a.spendNext()));
    to.branch("a, as long", a.grow(to.on("a"), 1));
    to.tip("b, a block longer");
    to.branch("a, a block longer", a.grow(to.on("a, as long"), 1));
    to.tip("a, a block longer");
    to.invalid("a coin of b, on a", BAD_TXNS_INPUTS_MISSINGORSPENT, to.next().with(b.spendNext()));
    to.accept("the next", to.next().with(a.spendNext()));
    to.tip("the next");
    return to.done();
  }

  /** An output that a branch has. */
  private record Held(OutPoint outPoint, long valueSat, int spendableAt) {}

  /** A branch, and the coins that it has; of each two in line the one that came first is spent. */
  private final class Branch {
    private final int outputs;
    private final Deque<Held> held = new ArrayDeque<>();

    /**
     * @param outputs that each spend makes: what distinguishes the branches' spends
     */
    Branch(int outputs) {
      this.outputs = outputs;
      for (int height = 1; height <= ScenarioWriter.BASE; height++) {
        held.add(new Held(to.coinbase(height), ScenarioWriter.COIN_SAT, height + MATURITY));
      }
    }

    /** More blocks, each with two spends, the second time of a coin that the first one made. */
    List<Block> grow(BlockDraft first, int count) {
      List<Block> blocks = new ArrayList<>();
      BlockDraft draft = first;
      for (int i = 0; i < count; i++) {
        int height = draft.height();
        Held oldest = held.remove();
        if (oldest.spendableAt() > height) {
          throw new AssertionError("too young at " + height + ": " + oldest);
        }
        Transaction spend = spend(oldest);
        Transaction child = spend(new Held(spend.outPoint(0), valueOf(spend), height));
        Block block = to.prepared(draft.with(spend, child));
        blocks.add(block);
        hold(spend, 1, height);
        hold(child, 0, height);
        hold(block.transactions().get(0), 0, height + MATURITY);
        draft = to.next();
      }
      return blocks;
    }

    private long valueOf(Transaction tx) {
      return tx.outputs().get(0).valueSat();
    }

    private void hold(Transaction tx, int from, int spendableAt) {
      for (int i = from; i < tx.outputs().size(); i++) {
        long value = tx.outputs().get(i).valueSat();
        if (value > 0) {
          held.add(new Held(tx.outPoint(i), value, spendableAt));
        }
      }
    }

    private Transaction spend(Held coin) {
      Tx tx = Tx.spending(coin.outPoint());
      for (int i = 0; i < outputs; i++) {
        tx.output(coin.valueSat() / outputs);
      }
      return tx.build();
    }

    /** The coin that would be spent next, spent. */
    Transaction spendNext() {
      return spend(held.element());
    }
  }
}
