package org.farthing.node.mining;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.farthing.consensus.chain.Owner;
import org.farthing.node.config.MinerPolicy;
import org.farthing.node.mempool.Mempool;
import org.farthing.node.mempool.MempoolChain;
import org.farthing.node.mempool.MempoolOptions;
import org.farthing.testing.ChainBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The times at which blocks are wanted against the distribution that they are to have, by Pearson's
 * χ² test. What a test statistic exceeds with a probability of 0.001 is from the table of critical
 * values in the NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.4.
 */
class PoissonMiningTest {
  private static final double CRITICAL_4_DEGREES = 18.467;
  private static final double CRITICAL_19_DEGREES = 43.820;

  private static final int BLOCKS = 20_000;
  private static final long MEAN_MILLIS = 10_000;
  private static final int CLASSES = 20;

  /** e to the power of -1. */
  private static final double INVERSE_E = 0.36787944117144233;

  private final ChainBuilder chain = ChainBuilder.regtest();
  private final Mempool pool =
      new Mempool(MempoolChain.of(chain.chain()), MempoolOptions.defaults(), Owner.UNCHECKED);

  @AfterEach
  void close() {
    chain.close();
  }

  /** On a virtual clock, with a search that takes no time. */
  private List<Long> times(MinerPolicy policy) {
    Timetable timetable = Timetables.of(policy, pool, new Random(5), 0);
    List<Long> times = new ArrayList<>();
    long now = 0;
    while (times.size() < BLOCKS) {
      now = Math.max(now, timetable.due(now).orElseThrow());
      timetable.began(now);
      timetable.made(now);
      times.add(now);
    }
    return times;
  }

  private static double chiSquared(long[] observed, double[] probabilities, long total) {
    double sum = 0;
    for (int i = 0; i < observed.length; i++) {
      double expected = probabilities[i] * total;
      sum += (observed[i] - expected) * (observed[i] - expected) / expected;
    }
    return sum;
  }

  /** Waits in classes that are equally probable if they are distributed exponentially. */
  private static double ofWaits(List<Long> times) {
    long[] observed = new long[CLASSES];
    double[] probabilities = new double[CLASSES];
    long last = 0;
    for (long time : times) {
      double below = 1 - Math.exp(-(double) (time - last) / MEAN_MILLIS);
      observed[Math.min(CLASSES - 1, (int) (below * CLASSES))]++;
      last = time;
    }
    Arrays.fill(probabilities, 1.0 / CLASSES);
    return chiSquared(observed, probabilities, times.size());
  }

  /** How many blocks come within a mean wait: 0, 1, 2, 3, or more. */
  private static double ofCounts(List<Long> times) {
    int windows = (int) (times.get(times.size() - 1) / MEAN_MILLIS);
    int[] counts = new int[windows];
    for (long time : times) {
      if (time / MEAN_MILLIS < windows) {
        counts[(int) (time / MEAN_MILLIS)]++;
      }
    }
    long[] observed = new long[5];
    for (int count : counts) {
      observed[Math.min(4, count)]++;
    }
    double[] probabilities = {
      INVERSE_E, INVERSE_E, INVERSE_E / 2, INVERSE_E / 6, 1 - INVERSE_E * (2 + 1 / 2.0 + 1 / 6.0)
    };
    return chiSquared(observed, probabilities, windows);
  }

  @Test
  void waitsAndCountsAreThoseOfAPoissonProcess() {
    for (long seed = 1; seed <= 3; seed++) {
      List<Long> times = times(new MinerPolicy.Poisson(MEAN_MILLIS, OptionalLong.of(seed)));
      assertThat(ofWaits(times)).isLessThan(CRITICAL_19_DEGREES);
      assertThat(ofCounts(times)).isLessThan(CRITICAL_4_DEGREES);
    }
  }

  @Test
  void withoutASeedTheyAreToo() {
    List<Long> times = times(new MinerPolicy.Poisson(MEAN_MILLIS, OptionalLong.empty()));
    assertThat(ofWaits(times)).isLessThan(CRITICAL_19_DEGREES);
    assertThat(ofCounts(times)).isLessThan(CRITICAL_4_DEGREES);
  }

  /** The test is none that everything passes. */
  @Test
  void evenIntervalsAndAWrongMeanDoNotPass() {
    List<Long> even = times(new MinerPolicy.Interval(MEAN_MILLIS));
    assertThat(ofWaits(even)).isGreaterThan(CRITICAL_19_DEGREES);
    assertThat(ofCounts(even)).isGreaterThan(CRITICAL_4_DEGREES);
    List<Long> slow = times(new MinerPolicy.Poisson(MEAN_MILLIS * 21 / 20, OptionalLong.of(1)));
    assertThat(ofWaits(slow)).isGreaterThan(CRITICAL_19_DEGREES);
  }
}
