package org.farthing.node.coins;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What comes in and what is to be paid, always the same from a seed. */
enum Workload {
  /** As much comes as goes, in amounts of the same kind, and now and then nothing or more. */
  RANDOM("random") {
    @Override
    long receiptSat(Random random) {
      return lognormal(random, 500_000, 1.5);
    }

    @Override
    int receipts(Random random) {
      return random.nextInt(3);
    }

    @Override
    long paymentSat(Random random, long mostSat) {
      return lognormal(random, 500_000, 1.5);
    }
  },

  /** Many small receipts, and now and then most of it is paid out. */
  MERCHANT("merchant") {
    @Override
    long receiptSat(Random random) {
      return lognormal(random, 50_000, 1.0);
    }

    @Override
    int receipts(Random random) {
      return 5 + random.nextInt(41);
    }

    @Override
    long paymentSat(Random random, long mostSat) {
      return Math.round(mostSat * (0.5 + 0.45 * random.nextDouble()));
    }
  },

  /** Few large receipts, and payments of all sizes. */
  EXCHANGE("exchange") {
    @Override
    long receiptSat(Random random) {
      return lognormal(random, 100_000_000, 0.7);
    }

    @Override
    int receipts(Random random) {
      return random.nextInt(20) == 0 ? 1 : 0;
    }

    @Override
    long paymentSat(Random random, long mostSat) {
      return lognormal(random, 1_000_000, 2.0);
    }
  };

  /** Amounts are at least so many satoshis. */
  private static final long LEAST = 5_000;

  private static final int LOWEST_RATE = 1;
  private static final int HIGHEST_RATE = 60;
  private static final double RATE_STEP = 0.12;

  private final String title;

  Workload(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  long leastSat() {
    return LEAST;
  }

  abstract long receiptSat(Random random);

  /** How many come before a payment. */
  abstract int receipts(Random random);

  /**
   * @param mostSat that can be paid
   */
  abstract long paymentSat(Random random, long mostSat);

  List<Long> receiptsSat(Random random) {
    int count = receipts(random);
    List<Long> amounts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      amounts.add(receiptSat(random));
    }
    return amounts;
  }

  /** Feerates in satoshis for each virtual byte: a random walk of their logarithm. */
  static int[] rates(Random random, int count) {
    double low = Math.log(LOWEST_RATE);
    double high = Math.log(HIGHEST_RATE);
    double at = Math.log(10);
    int[] rates = new int[count];
    for (int i = 0; i < count; i++) {
      at = Math.max(low, Math.min(high, at + RATE_STEP * random.nextGaussian()));
      rates[i] = (int) Math.round(Math.exp(at));
    }
    return rates;
  }

  private static long lognormal(Random random, long medianSat, double spread) {
    double sat = medianSat * Math.exp(spread * random.nextGaussian());
    return Math.max(LEAST, Math.min(Math.round(sat), 1_000 * medianSat));
  }
}
