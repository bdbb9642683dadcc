package org.farthing.node.mining.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.farthing.consensus.primitives.Txid;

/**
 * Transactions that are mined together because that pays best. A group of transactions is cut into
 * chunks by its definition: of all sets that lack no parent the one with the highest feerate comes
 * first, and so on with the rest.
 */
record ModelChunk(Set<ModelTx> members) {
  /** So many transactions have few enough sets to look at each of them. */
  static final int EXHAUSTIVE = 10;

  static final Comparator<ModelChunk> BEST_FIRST = (one, other) -> other.compareRate(one);

  long feeSat() {
    return ModelTx.countedSat(members);
  }

  long weight() {
    return ModelTx.weight(members);
  }

  int compareRate(ModelChunk other) {
    return Long.compare(
        Math.multiplyExact(feeSat(), other.weight()), Math.multiplyExact(other.feeSat(), weight()));
  }

  /** Satoshis for 1000 virtual bytes, rounded down. */
  long satPerKvb() {
    return Math.floorDiv(feeSat() * 1000, (weight() + 3) / 4);
  }

  Set<Txid> txids() {
    return members.stream().map(ModelTx::txid).collect(Collectors.toSet());
  }

  /** The best first. */
  static List<ModelChunk> of(Collection<ModelTx> group) {
    return group.size() <= EXHAUSTIVE ? byLooking(group) : byCutting(group);
  }

  /** Looks at every set. */
  static List<ModelChunk> byLooking(Collection<ModelTx> group) {
    List<ModelTx> left = new ArrayList<>(group);
    List<ModelChunk> chunks = new ArrayList<>();
    while (!left.isEmpty()) {
      int[] parents = parents(left);
      ModelChunk best = null;
      for (int set = 1; set < 1 << left.size(); set++) {
        if (isClosed(set, parents)) {
          ModelChunk chunk = new ModelChunk(select(left, set));
          best = best == null || chunk.compareRate(best) > 0 ? chunk : best;
        }
      }
      chunks.add(best);
      left.removeAll(best.members());
    }
    return chunks;
  }

  private static int[] parents(List<ModelTx> group) {
    int[] parents = new int[group.size()];
    for (int child = 0; child < parents.length; child++) {
      Set<Txid> wanted = group.get(child).parents();
      for (int parent = 0; parent < parents.length; parent++) {
        parents[child] |= wanted.contains(group.get(parent).txid()) ? 1 << parent : 0;
      }
    }
    return parents;
  }

  private static boolean isClosed(int set, int[] parents) {
    for (int i = 0; i < parents.length; i++) {
      if ((set >>> i & 1) != 0 && (parents[i] & ~set) != 0) {
        return false;
      }
    }
    return true;
  }

  private static Set<ModelTx> select(List<ModelTx> group, int set) {
    Set<ModelTx> selected = new HashSet<>();
    for (int i = 0; i < group.size(); i++) {
      if ((set >>> i & 1) != 0) {
        selected.add(group.get(i));
      }
    }
    return selected;
  }

  /**
   * The same for more transactions (J.-C. Picard, "Maximal Closure of a Graph", 1976; W.
   * Dinkelbach, "On Nonlinear Fractional Programming", 1967): what is worth most after a price for
   * its weight is one side of a minimum cut, and the price is raised to the feerate found until
   * nothing is worth more than it costs.
   */
  static List<ModelChunk> byCutting(Collection<ModelTx> group) {
    List<ModelTx> left = new ArrayList<>(group);
    List<ModelChunk> chunks = new ArrayList<>();
    while (!left.isEmpty()) {
      ModelChunk best = new ModelChunk(new HashSet<>(left));
      Set<ModelTx> better = new Closure(left, best.feeSat(), best.weight()).best();
      while (!better.isEmpty()) {
        best = new ModelChunk(better);
        better = new Closure(left, best.feeSat(), best.weight()).best();
      }
      chunks.add(best);
      left.removeAll(best.members());
    }
    return chunks;
  }

  /** The set that is worth most, if each member's worth is its fee minus a price for its weight. */
  private static final class Closure {
    private final List<ModelTx> group;
    private final List<Map<Integer, Long>> capacities = new ArrayList<>();
    private final int source;
    private final int sink;
    private Set<Integer> reached = new HashSet<>();

    Closure(List<ModelTx> group, long priceFee, long priceWeight) {
      this.group = group;
      this.source = group.size();
      this.sink = group.size() + 1;
      Map<Txid, Integer> places = new HashMap<>();
      for (int i = 0; i < group.size() + 2; i++) {
        capacities.add(new HashMap<>());
      }
      for (int i = 0; i < group.size(); i++) {
        places.put(group.get(i).txid(), i);
      }
      for (int i = 0; i < group.size(); i++) {
        ModelTx tx = group.get(i);
        long worth =
            Math.subtractExact(
                Math.multiplyExact(tx.countedSat(), priceWeight),
                Math.multiplyExact(priceFee, tx.weight()));
        if (worth > 0) {
          capacities.get(source).put(i, worth);
        } else {
          capacities.get(i).put(sink, -worth);
        }
        for (Txid parent : tx.parents()) {
          if (places.containsKey(parent)) {
            capacities.get(i).put(places.get(parent), Long.MAX_VALUE / 4);
          }
        }
      }
    }

    /** Empty if no set is worth anything. */
    Set<ModelTx> best() {
      do {
        reached = new HashSet<>();
      } while (push(source, Long.MAX_VALUE / 4) > 0);
      Set<ModelTx> found = new HashSet<>();
      reached.stream().filter(i -> i < group.size()).forEach(i -> found.add(group.get(i)));
      return found;
    }

    private long push(int from, long most) {
      if (from == sink) {
        return most;
      }
      reached.add(from);
      for (Map.Entry<Integer, Long> edge : List.copyOf(capacities.get(from).entrySet())) {
        int to = edge.getKey();
        if (edge.getValue() > 0 && !reached.contains(to)) {
          long pushed = push(to, Math.min(most, edge.getValue()));
          if (pushed > 0) {
            capacities.get(from).merge(to, -pushed, Long::sum);
            capacities.get(to).merge(from, pushed, Long::sum);
            return pushed;
          }
        }
      }
      return 0;
    }
  }
}
