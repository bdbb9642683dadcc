package org.farthing.node.stratum;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;

/** Counts shares, and estimates from them how fast a miner is. */
final class ShareTally {
  private static final long WINDOW_MILLIS = 10 * 60_000L;

  /** A share of difficulty 1 takes so many hashes on average. */
  private static final double HASHES_OF_ONE = 4_295_032_833.0;

  private static final int MOST_REMEMBERED = 10_000;

  private final long startMillis;
  private final Deque<Share> recent = new ArrayDeque<>();
  private final Map<StratumError, Long> refused = new EnumMap<>(StratumError.class);
  private double recentDifficulty;
  private long accepted;
  private long blocks;
  private long lastMillis;

  private record Share(long millis, double difficulty) {}

  ShareTally(long nowMillis) {
    this.startMillis = nowMillis;
  }

  void accepted(double difficulty, long nowMillis) {
    accepted++;
    lastMillis = nowMillis;
    recent.add(new Share(nowMillis, difficulty));
    recentDifficulty += difficulty;
    forget(nowMillis);
  }

  void block() {
    blocks++;
  }

  void refused(StratumError error) {
    refused.merge(error, 1L, Long::sum);
  }

  private void forget(long nowMillis) {
    while (!recent.isEmpty()
        && (recent.size() > MOST_REMEMBERED
            || recent.peekFirst().millis() < nowMillis - WINDOW_MILLIS)) {
      recentDifficulty -= recent.removeFirst().difficulty();
    }
    if (recent.isEmpty()) {
      recentDifficulty = 0;
    }
  }

  double hashesPerSecond(long nowMillis) {
    forget(nowMillis);
    boolean all = recent.size() == accepted;
    long from = all ? startMillis : recent.isEmpty() ? nowMillis : recent.peekFirst().millis();
    double seconds = Math.max(1, nowMillis - from) / 1000.0;
    return recentDifficulty * HASHES_OF_ONE / seconds;
  }

  StratumReport.ShareCounts counts() {
    long others =
        refused.getOrDefault(StratumError.OTHER, 0L)
            + refused.getOrDefault(StratumError.UNAUTHORIZED, 0L)
            + refused.getOrDefault(StratumError.NOT_SUBSCRIBED, 0L);
    return new StratumReport.ShareCounts(
        accepted,
        refused.getOrDefault(StratumError.JOB_NOT_FOUND, 0L),
        refused.getOrDefault(StratumError.DUPLICATE_SHARE, 0L),
        refused.getOrDefault(StratumError.LOW_DIFFICULTY, 0L),
        others,
        blocks,
        lastMillis / 1000);
  }
}
