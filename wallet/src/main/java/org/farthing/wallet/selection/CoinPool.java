package org.farthing.wallet.selection;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.farthing.consensus.primitives.Script;
import org.farthing.wallet.address.AddressType;

/** The coins that may be spent, in groups, by the kinds of their addresses. */
final class CoinPool {
  private final List<Member> positive;
  private final List<Member> mixed;

  /**
   * @param remainder whether other groups of the same script are full and this one is not
   */
  private record Member(CoinGroup group, Optional<AddressType> kind, boolean remainder) {
    boolean isEligible(Eligibility eligibility) {
      return eligibility.accepts(group) && (!remainder || eligibility.partial());
    }
  }

  /**
   * The groups of an attempt.
   *
   * @param positive those that bring something, of coins that bring something
   * @param mixed all
   */
  record Groups(List<CoinGroup> positive, List<CoinGroup> mixed) {
    Groups() {
      this(new ArrayList<>(), new ArrayList<>());
    }
  }

  private CoinPool(List<Member> positive, List<Member> mixed) {
    this.positive = positive;
    this.mixed = mixed;
  }

  /** Each coin for itself. */
  static CoinPool single(List<PricedCoin> coins, boolean inFull) {
    List<Member> members = new ArrayList<>(coins.size());
    for (PricedCoin coin : coins) {
      members.add(member(List.of(coin), inFull, false));
    }
    return new CoinPool(members, members);
  }

  /** Coins of one script together. */
  static CoinPool byScript(List<PricedCoin> coins, boolean inFull) {
    List<PricedCoin> worthwhile = coins.stream().filter(coin -> coin.effectiveSat() > 0).toList();
    return new CoinPool(membersByScript(worthwhile, inFull), membersByScript(coins, inFull));
  }

  private static List<Member> membersByScript(List<PricedCoin> coins, boolean inFull) {
    Map<Script, List<PricedCoin>> byScript = new LinkedHashMap<>();
    for (PricedCoin coin : coins) {
      byScript
          .computeIfAbsent(coin.coin().output().scriptPubKey(), key -> new ArrayList<>())
          .add(coin);
    }
    List<Member> members = new ArrayList<>();
    for (List<PricedCoin> all : byScript.values()) {
      for (int from = 0; from < all.size(); from += CoinGroup.MAX_COINS) {
        int end = Math.min(all.size(), from + CoinGroup.MAX_COINS);
        boolean remainder = from > 0 && end == all.size();
        members.add(member(all.subList(from, end), inFull, remainder));
      }
    }
    return members;
  }

  private static Member member(List<PricedCoin> coins, boolean inFull, boolean remainder) {
    return new Member(
        CoinGroup.of(coins, inFull), coins.get(0).coin().standing().kind(), remainder);
  }

  /** What the groups bring that no attempt accepts. */
  long discardedSat(List<Eligibility> attempts) {
    return discarded(attempts).stream().mapToLong(CoinGroup::amountSat).sum();
  }

  /** The part of it that mempools would not take, because too many transactions hang together. */
  long longChainsSat(List<Eligibility> attempts, SelectionPolicy policy) {
    return discarded(attempts).stream()
        .filter(
            group ->
                group.ancestors() >= policy.maxAncestors()
                    || group.cluster() >= policy.maxCluster())
        .mapToLong(CoinGroup::amountSat)
        .sum();
  }

  private List<CoinGroup> discarded(List<Eligibility> attempts) {
    return mixed.stream()
        .filter(member -> attempts.stream().noneMatch(member::isEligible))
        .map(Member::group)
        .toList();
  }

  /** The groups that an attempt accepts, each kind for itself. */
  List<Groups> byKind(Eligibility eligibility) {
    Map<String, Groups> kinds = new TreeMap<>();
    for (Member member : mixed) {
      if (member.isEligible(eligibility)) {
        kinds.computeIfAbsent(name(member), key -> new Groups()).mixed().add(member.group());
      }
    }
    for (Member member : positive) {
      if (member.isEligible(eligibility) && member.group().amountSat() > 0) {
        kinds.computeIfAbsent(name(member), key -> new Groups()).positive().add(member.group());
      }
    }
    return List.copyOf(kinds.values());
  }

  private static String name(Member member) {
    return member.kind().map(AddressType::name).orElse("");
  }
}
