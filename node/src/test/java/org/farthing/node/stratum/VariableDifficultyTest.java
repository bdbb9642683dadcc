package org.farthing.node.stratum;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A miner of some hash rate that finds shares by chance, on a virtual clock. */
class VariableDifficultyTest {
  private static final double HASHES_OF_ONE = 4_295_032_833.0;
  private static final double SHARES_PER_MINUTE = 20;
  private static final double MOST = 1e9;
  private static final long MINUTE = 60_000;

  private final Random random = new Random(3);
  private long nowMillis;
  private int changes;

  /** Lets time pass by the second, and returns how many shares were found. */
  private int run(VariableDifficulty difficulty, double hashesPerSecond, long millis) {
    long end = nowMillis + millis;
    int found = 0;
    double next = wait(difficulty, hashesPerSecond);
    for (long second = nowMillis + 1000; second <= end; second += 1000) {
      while (nowMillis + next <= second) {
        nowMillis += Math.round(next);
        found++;
        if (difficulty.share()) {
          difficulty.adjust(ShareTarget.LEAST, MOST, nowMillis);
        }
        next = wait(difficulty, hashesPerSecond);
      }
      next -= second - nowMillis;
      nowMillis = second;
      if (difficulty.adjust(ShareTarget.LEAST, MOST, nowMillis)) {
        changes++;
        next = wait(difficulty, hashesPerSecond);
      }
    }
    return found;
  }

  private double wait(VariableDifficulty difficulty, double hashesPerSecond) {
    double mean = difficulty.difficulty() * HASHES_OF_ONE / hashesPerSecond * 1000;
    return -Math.log(1 - random.nextDouble()) * mean;
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e4, 2e6, 1e9, 1e14})
  void aMinerOfAnySpeedSoonFindsAsManySharesAsAreWanted(double hashesPerSecond) {
    VariableDifficulty difficulty = new VariableDifficulty(0.001, SHARES_PER_MINUTE, 0);
    run(difficulty, hashesPerSecond, 10 * MINUTE);
    changes = 0;
    int found = run(difficulty, hashesPerSecond, 60 * MINUTE);
    assertThat(found / 60.0).isBetween(SHARES_PER_MINUTE * 0.6, SHARES_PER_MINUTE * 1.6);
    // Chance changes little.
    assertThat(changes).isLessThan(20);
  }

  @Test
  void aCrowdOfSharesIsNotWaitedOut() {
    VariableDifficulty difficulty = new VariableDifficulty(0.001, SHARES_PER_MINUTE, 0);
    // A thousand shares in a second at first.
    run(difficulty, 1000 * 0.001 * HASHES_OF_ONE, 5_000);
    assertThat(difficulty.difficulty()).isGreaterThan(0.1);
  }

  @Test
  void limitsHold() {
    VariableDifficulty difficulty = new VariableDifficulty(1, SHARES_PER_MINUTE, 0);
    assertThat(difficulty.adjust(0.5, 0.75, 1)).isTrue();
    assertThat(difficulty.difficulty()).isEqualTo(0.75);
    assertThat(difficulty.adjust(0.5, 0.75, 61_000)).isTrue();
    assertThat(difficulty.difficulty()).isEqualTo(0.5);
    assertThat(difficulty.adjust(0.5, 0.75, 122_000)).isFalse();
  }
}
