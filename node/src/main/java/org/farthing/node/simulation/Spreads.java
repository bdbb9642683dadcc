package org.farthing.node.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * When each of some things reached each node for the first time.
 *
 * @param <K> names a thing
 */
final class Spreads<K> {
  private static final long NEVER = -1;

  private final int nodes;
  private final Map<K, Spread> spreads = new LinkedHashMap<>();

  static final class Spread {
    final long begunMillis;
    final boolean inPeace;
    final long[] arrivedMillis;

    Spread(long begunMillis, boolean inPeace, int nodes) {
      this.begunMillis = begunMillis;
      this.inPeace = inPeace;
      this.arrivedMillis = new long[nodes];
      Arrays.fill(arrivedMillis, NEVER);
    }
  }

  /** How long each of the nodes waited that were there at the beginning and were reached. */
  record Journey<K>(K thing, Distribution millis) {}

  Spreads(int nodes) {
    this.nodes = nodes;
  }

  /** Something begins now, unless it has before. */
  Spread begins(K thing, long nowMillis, boolean inPeace) {
    return spreads.computeIfAbsent(thing, key -> new Spread(nowMillis, inPeace, nodes));
  }

  /**
   * Something is at a node.
   *
   * @param inPeace whether it can get everywhere at the moment
   */
  void arrived(K thing, int node, long nowMillis, boolean inPeace) {
    Spread spread = begins(thing, nowMillis, inPeace);
    if (spread.arrivedMillis[node] == NEVER) {
      spread.arrivedMillis[node] = nowMillis;
    }
  }

  int count() {
    return spreads.size();
  }

  int count(Predicate<K> which) {
    return Math.toIntExact(spreads.keySet().stream().filter(which).count());
  }

  /**
   * Those that could get everywhere, in the order in which they began.
   *
   * @param sinceMillis since when each node has been there
   */
  List<Journey<K>> journeys(long[] sinceMillis) {
    List<Journey<K>> result = new ArrayList<>();
    spreads.forEach(
        (thing, spread) -> {
          if (spread.inPeace) {
            List<Long> millis = new ArrayList<>();
            for (int node = 0; node < nodes; node++) {
              if (sinceMillis[node] <= spread.begunMillis && spread.arrivedMillis[node] != NEVER) {
                millis.add(spread.arrivedMillis[node] - spread.begunMillis);
              }
            }
            result.add(new Journey<>(thing, Distribution.of(millis)));
          }
        });
    return result;
  }
}
