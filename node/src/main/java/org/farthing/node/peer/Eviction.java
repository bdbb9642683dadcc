package org.farthing.node.peer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.farthing.node.wire.AddressNetwork;

/**
 * Which of those who called us makes room for another. Bitcoin Core's method: some are spared for
 * each of several merits, none of which an attacker gets for nothing, so that he cannot have all
 * places:
 *
 * <ul>
 *   <li>four of groups of addresses that a secret chooses;
 *   <li>the eight that answer pings soonest;
 *   <li>the four that gave new transactions last, eight that want blocks only and gave some last,
 *       and four more that gave blocks last;
 *   <li>of the others the half that has been here longest, a half of which are peers through Tor,
 *       I2P or CJDNS, or of this machine, which have no chance in a race of pings.
 * </ul>
 *
 * The youngest of the group with most peers goes.
 */
final class Eviction {
  private static final int BY_GROUP = 4;
  private static final int BY_PING = 8;
  private static final int BY_TRANSACTIONS = 4;
  private static final int BLOCKS_ONLY = 8;
  private static final int BY_BLOCKS = 4;

  /**
   * A peer that could go.
   *
   * @param group where it is, hashed with a secret
   * @param network through which it is connected
   * @param isLocal it is of this machine
   * @param preferred it is known to have misbehaved
   */
  record Candidate(
      long id,
      long connectedAtMillis,
      long group,
      AddressNetwork network,
      boolean isLocal,
      boolean preferred,
      Merits merits) {}

  /**
   * What it has done for us.
   *
   * @param pingMillis its quickest answer; empty if there was none yet
   * @param isUseful it offers what we want of peers
   */
  record Merits(
      OptionalLong pingMillis,
      long lastBlockMillis,
      long lastTransactionMillis,
      boolean isUseful,
      boolean relays,
      boolean filters) {}

  /** Who has been here longer comes later. */
  private static final Comparator<Candidate> BY_AGE =
      Comparator.comparingLong(Candidate::connectedAtMillis).reversed();

  private static final Comparator<Candidate> BLOCK_ORDER =
      Comparator.comparingLong((Candidate each) -> each.merits().lastBlockMillis())
          .thenComparing(each -> each.merits().isUseful())
          .thenComparing(BY_AGE);

  private static final Comparator<Candidate> TRANSACTION_ORDER =
      Comparator.comparingLong((Candidate each) -> each.merits().lastTransactionMillis())
          .thenComparing(each -> each.merits().relays())
          .thenComparing(each -> !each.merits().filters())
          .thenComparing(BY_AGE);

  private static final Comparator<Candidate> BLOCKS_ONLY_ORDER =
      Comparator.comparing((Candidate each) -> !each.merits().relays()).thenComparing(BLOCK_ORDER);

  private final List<Candidate> left;

  private Eviction(Collection<Candidate> candidates) {
    left = new ArrayList<>(candidates);
  }

  /**
   * Chooses.
   *
   * @param candidates who called us and may be told to go
   * @return empty if all are spared
   */
  static Optional<Candidate> choose(Collection<Candidate> candidates) {
    Eviction eviction = new Eviction(candidates);
    eviction.spareForMerits();
    eviction.spareByAge();
    return eviction.worst();
  }

  private void spareForMerits() {
    spare(Comparator.comparing(Candidate::group, Long::compareUnsigned), BY_GROUP);
    spare(
        Comparator.comparingLong(
                (Candidate each) -> each.merits().pingMillis().orElse(Long.MAX_VALUE))
            .reversed(),
        BY_PING);
    spare(TRANSACTION_ORDER, BY_TRANSACTIONS);
    spare(
        BLOCKS_ONLY_ORDER,
        BLOCKS_ONLY,
        each -> !each.merits().relays() && each.merits().isUseful());
    spare(BLOCK_ORDER, BY_BLOCKS);
  }

  private int spare(Comparator<Candidate> order, int count) {
    return spare(order, count, any -> true);
  }

  /** Spares the last ones in this order if they fulfil the condition; returns how many. */
  private int spare(Comparator<Candidate> order, int count, Predicate<Candidate> condition) {
    left.sort(order);
    List<Candidate> last = left.subList(Math.max(0, left.size() - count), left.size());
    int before = last.size();
    last.removeIf(condition);
    return before - last.size();
  }

  /** Peers that are slow for reasons of their network, and how many are left. */
  private static final class Disadvantaged {
    final Predicate<Candidate> isOne;
    int count;

    Disadvantaged(Predicate<Candidate> isOne) {
      this.isOne = isOne;
    }
  }

  private void spareByAge() {
    int wanted = left.size() / 2;
    int spared = spareDisadvantaged(wanted / 2);
    spare(BY_AGE, wanted - spared);
  }

  private int spareDisadvantaged(int most) {
    List<Disadvantaged> kinds = new ArrayList<>();
    kinds.add(new Disadvantaged(each -> each.network() == AddressNetwork.CJDNS));
    kinds.add(new Disadvantaged(each -> each.network() == AddressNetwork.I2P));
    kinds.add(new Disadvantaged(Candidate::isLocal));
    kinds.add(new Disadvantaged(each -> each.network() == AddressNetwork.TORV3));
    kinds.forEach(kind -> kind.count = (int) left.stream().filter(kind.isOne).count());
    // What few have no use for goes to those that come after.
    kinds.sort(Comparator.comparingInt(kind -> kind.count));
    int spared = 0;
    boolean any = true;
    while (any && spared < most) {
      int spareBefore = spared;
      long present = kinds.stream().filter(kind -> kind.count > 0).count();
      int each = present == 0 ? 0 : Math.max(1, (int) ((most - spared) / present));
      for (Disadvantaged kind : kinds) {
        if (kind.count > 0 && spared < most) {
          int now =
              spare(Comparator.comparing(kind.isOne::test).thenComparing(BY_AGE), each, kind.isOne);
          kind.count -= now;
          spared += now;
        }
      }
      any = spared > spareBefore;
    }
    return spared;
  }

  private Optional<Candidate> worst() {
    if (left.stream().anyMatch(Candidate::preferred)) {
      left.removeIf(each -> !each.preferred());
    }
    left.sort(BY_AGE);
    Map<Long, List<Candidate>> groups = new LinkedHashMap<>();
    left.forEach(each -> groups.computeIfAbsent(each.group(), any -> new ArrayList<>()).add(each));
    // Of groups of the same size the one with the youngest peer comes first.
    List<Candidate> largest = List.of();
    for (List<Candidate> group : groups.values()) {
      largest = group.size() > largest.size() ? group : largest;
    }
    return largest.stream().findFirst();
  }
}
