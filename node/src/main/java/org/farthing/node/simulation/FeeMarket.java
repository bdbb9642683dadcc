package org.farthing.node.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.validation.BlockChecks;
import org.farthing.node.mempool.FeePerWeight;
import org.farthing.node.mempool.FeeRate;
import org.farthing.node.mempool.MempoolEntry;
import org.farthing.node.time.Poisson;

/**
 * Payers who compete for blocks. How much room they want goes up and down with the hour, with
 * bursts and quiet days; blocks come as a Poisson process. A payer looks at what waits, wants to be
 * confirmed within some blocks, and pays about what that seems to take: one more, another less.
 * Miners take what pays best. A seed decides everything.
 */
final class FeeMarket {
  static final FeeRate LEAST = new FeeRate(1000);
  private static final long ROOM = BlockChecks.MAX_WEIGHT - 8000;
  private static final int[] WISHES = {1, 1, 2, 2, 3, 6, 6, 6, 12, 24, 24, 144};

  /** Blocks after which the hours repeat themselves. */
  private static final int DAY = 144;

  private static final int MEAN_WEIGHT = 8_000;
  private static final int LEAST_WEIGHT = 561;

  /** So much of a block the payers expect to be left for them by those who come later. */
  private static final double EXPECTED_ROOM = 0.8;

  private final Random random;
  private final List<MempoolEntry> waiting = new ArrayList<>();
  private int height;
  private int burst;
  private int made;

  FeeMarket(long seed) {
    this.random = new Random(seed);
  }

  /**
   * What happened until a block came.
   *
   * @param came since the moment between; those that are mined at once too
   * @param mined the best first
   * @param enough the least rate at which one more transaction would have been in the block
   */
  record Mined(int height, List<MempoolEntry> came, List<MempoolEntry> mined, FeeRate enough) {
    FeePerWeight paid() {
      return mined.stream().map(MempoolEntry::feePerWeight).reduce(NOTHING, FeePerWeight::plus);
    }
  }

  private static final FeePerWeight NOTHING = new FeePerWeight(0, 0);

  /** What waits, the best first. */
  List<MempoolEntry> waiting() {
    return waiting;
  }

  /**
   * Lets payers come until the next block does.
   *
   * @param between is called at some moment before the block, with those who came since the last
   */
  Mined next(Consumer<List<MempoolEntry>> between) {
    List<MempoolEntry> came = new ArrayList<>();
    double wanted = load() * Poisson.exponential(random) * ROOM;
    while (wanted > 0) {
      MempoolEntry entry = pay();
      came.add(entry);
      wanted -= entry.policyWeight();
    }
    int early = random.nextInt(came.size() + 1);
    add(came.subList(0, early));
    between.accept(came.subList(0, early));
    add(came.subList(early, came.size()));
    height++;
    return mine(came.subList(early, came.size()));
  }

  private void add(List<MempoolEntry> some) {
    waiting.addAll(some);
    waiting.sort(Comparator.comparing(MempoolEntry::feePerWeight).reversed());
  }

  /** The mean of the room that is wanted, in blocks. */
  private double load() {
    if (burst > 0) {
      burst--;
      return 3;
    }
    burst = random.nextInt(200) == 0 ? 4 + random.nextInt(8) : 0;
    boolean quiet = height / DAY % 4 == 3;
    return quiet ? 0.03 : 0.9 + 0.4 * StrictMath.sin(2 * Math.PI * height / DAY);
  }

  private MempoolEntry pay() {
    int weight = LEAST_WEIGHT + (int) (Poisson.exponential(random) * MEAN_WEIGHT);
    int wish = WISHES[random.nextInt(WISHES.length)];
    double rate = asked(wish) * StrictMath.exp(0.1 + 0.4 * random.nextGaussian());
    int virtualSize = (weight + 3) / 4;
    long feeSat = (long) Math.ceil(Math.max(rate, (double) LEAST.satPerKvb()) * virtualSize / 1000);
    Transaction tx =
        new Transaction(
            2,
            List.of(new TxIn(new OutPoint(Txid.ZERO, made), Script.EMPTY, 0)),
            List.of(new TxOut(0, Script.EMPTY)),
            made++);
    return new MempoolEntry(tx, new MempoolEntry.Fees(feeSat, 0), 0, weight, 0, height, false);
  }

  /** What seems to be needed, by what waited when the last block came. */
  private double asked(int blocks) {
    double room = blocks * EXPECTED_ROOM * ROOM;
    for (MempoolEntry entry : waiting) {
      room -= entry.policyWeight();
      if (room < 0) {
        return entry.feePerWeight().rate().satPerKvb();
      }
    }
    return LEAST.satPerKvb();
  }

  private Mined mine(List<MempoolEntry> came) {
    long left = ROOM;
    int count = 0;
    while (count < waiting.size() && waiting.get(count).policyWeight() <= left) {
      left -= waiting.get(count).policyWeight();
      count++;
    }
    boolean hadRoom = count == waiting.size();
    FeeRate enough =
        hadRoom ? LEAST : waiting.get(count).feePerWeight().rate().plus(new FeeRate(1));
    List<MempoolEntry> mined = List.copyOf(waiting.subList(0, count));
    waiting.subList(0, count).clear();
    return new Mined(height, came, mined, enough);
  }
}
