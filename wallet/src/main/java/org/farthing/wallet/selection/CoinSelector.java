package org.farthing.wallet.selection;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.selection.CoinPool.Groups;
import org.farthing.wallet.selection.Selection.Algorithm;

/**
 * Chooses the coins of a transaction, as Bitcoin Core does. A coin counts with its <em>effective
 * value</em>: what is left of it when its input's fee is paid.
 *
 * <p>Attempts go from the safest coins to all that may be spent ({@link Eligibility}). In each, the
 * kinds of addresses are tried one by one, so that a payment does not show that they belong
 * together, and only then mixed. Every algorithm makes a proposal: {@link BranchAndBound} one
 * without change, {@link Knapsack} one that comes close to the target, {@link SingleRandomDraw} a
 * random one, which keeps the set of coins from falling into dust, and {@link CoinGrinder}, when
 * fees are high, the lightest. The one with the least waste is taken ({@link Selection#wasteSat}):
 * so many coins are spent while fees are low and few while they are high.
 */
public final class CoinSelector {
  /** Fees are high from so many times the long-term rate on. */
  private static final int HIGH_FEES = 3;

  private final SelectionGoal goal;
  private final Room room;
  private final SelectionPolicy policy;
  private final ToLongFunction<Collection<OutPoint>> bumpFee;
  private final RandomGenerator random;

  /**
   * What all inputs may weigh, and the change.
   *
   * @param unconfirmed the same where unconfirmed coins are among them
   */
  public record Room(int weight, int unconfirmed) {}

  /**
   * @param bumpFee what all ancestors of some waiting coins need together on top
   */
  public CoinSelector(
      SelectionGoal goal,
      Room room,
      SelectionPolicy policy,
      ToLongFunction<Collection<OutPoint>> bumpFee,
      RandomGenerator random) {
    this.goal = goal;
    this.room = room;
    this.policy = policy;
    this.bumpFee = bumpFee;
    this.random = random;
  }

  /**
   * @return empty where the coins don't suffice
   * @throws WalletException TOO_LARGE, INSUFFICIENT_FUNDS where coins are there but of no use now
   */
  public Optional<Selection> select(List<SpendableCoin> coins) throws WalletException {
    List<SpendableCoin> order =
        policy.grouped() && coins.size() > CoinGroup.MAX_COINS ? Shuffle.of(coins, random) : coins;
    List<PricedCoin> priced =
        order.stream().map(coin -> PricedCoin.of(coin, goal.rates())).toList();
    if (sum(priced) < goal.targetSat()) {
      return Optional.empty();
    }
    CoinPool pool =
        policy.grouped()
            ? CoinPool.byScript(priced, goal.inFull())
            : CoinPool.single(priced, goal.inFull());
    List<Eligibility> attempts = Eligibility.attempts(policy);
    return isEnough(coins, pool, attempts) ? attempt(pool, attempts) : Optional.empty();
  }

  private long sum(List<PricedCoin> coins) {
    return coins.stream().mapToLong(coin -> coin.amountSat(goal.inFull())).sum();
  }

  private boolean isEnough(List<SpendableCoin> coins, CoinPool pool, List<Eligibility> attempts)
      throws WalletException {
    long usable =
        coins.stream().mapToLong(SpendableCoin::valueSat).sum() - pool.discardedSat(attempts);
    if (usable >= goal.targetSat()) {
      return true;
    }
    if (usable + pool.longChainsSat(attempts, policy) > goal.targetSat()) {
      throw new WalletException(
          WalletError.INSUFFICIENT_FUNDS,
          "Unconfirmed UTXOs are available, but spending them creates a chain of transactions that"
              + " will be rejected by the mempool");
    }
    return false;
  }

  private Optional<Selection> attempt(CoinPool pool, List<Eligibility> attempts)
      throws WalletException {
    Optional<WalletException> failure = Optional.empty();
    for (Eligibility eligibility : attempts) {
      try {
        Optional<Selection> found = attempt(pool, eligibility);
        if (found.isPresent()) {
          return found;
        }
      } catch (WalletException e) {
        failure = failure.isPresent() ? failure : Optional.of(e);
      }
    }
    if (failure.isPresent()) {
      throw failure.get();
    }
    return Optional.empty();
  }

  private Optional<Selection> attempt(CoinPool pool, Eligibility eligibility)
      throws WalletException {
    int weight = eligibility.isUnconfirmed() ? room.unconfirmed() : room.weight();
    List<Groups> kinds = pool.byKind(eligibility);
    List<Selection> found = new ArrayList<>();
    for (Groups groups : kinds) {
      choose(groups, weight).ifPresent(found::add);
    }
    if (found.isEmpty() && eligibility.mixed() && kinds.size() > 1) {
      Groups all = new Groups();
      for (Groups groups : kinds) {
        all.positive().addAll(groups.positive());
        all.mixed().addAll(groups.mixed());
      }
      choose(all, weight).ifPresent(found::add);
    }
    return best(found);
  }

  /** Of equal waste, the more coins the better. */
  private static Optional<Selection> best(List<Selection> found) {
    return found.stream()
        .min(
            Comparator.comparingLong(Selection::wasteSat)
                .thenComparing(selection -> -selection.coins().size()));
  }

  /** The best of all proposals. */
  private Optional<Selection> choose(Groups groups, int weight) throws WalletException {
    if (weight <= 0) {
      throw tooLarge("Maximum transaction weight is less than transaction weight without inputs");
    }
    List<Selection> proposals = new ArrayList<>();
    boolean tooHeavy = false;
    // Where the payees pay the fee, what is above the target would be theirs.
    if (!goal.inFull()) {
      Outcome exact = new BranchAndBound(groups.positive(), goal.withMaxInputWeight(weight)).run();
      tooHeavy = add(Algorithm.BRANCH_AND_BOUND, exact, proposals);
    }
    SelectionGoal withChange = goal.withMaxInputWeight(weight - goal.change().weight());
    if (withChange.maxInputWeight() < 0 && proposals.isEmpty()) {
      throw tooLarge("Maximum transaction weight is too low, can not accommodate change output");
    }
    tooHeavy |=
        add(Algorithm.KNAPSACK, Knapsack.run(groups.mixed(), withChange, random), proposals);
    if (goal.rates().now() > HIGH_FEES * goal.rates().longTerm()) {
      tooHeavy |=
          add(
              Algorithm.COIN_GRINDER,
              new CoinGrinder(groups.positive(), withChange).run(),
              proposals);
    }
    tooHeavy |=
        add(
            Algorithm.SINGLE_RANDOM_DRAW,
            SingleRandomDraw.run(groups.positive(), withChange, random),
            proposals);
    if (proposals.isEmpty() && tooHeavy) {
      throw tooLarge(
          "The inputs size exceeds the maximum weight. Please try sending a smaller amount or"
              + " manually consolidating your wallet's UTXOs");
    }
    return best(proposals.stream().map(this::discounted).toList());
  }

  /**
   * @return whether there was nothing for the sake of the weight
   */
  private boolean add(Algorithm algorithm, Outcome outcome, List<Selection> proposals) {
    outcome.groups().ifPresent(chosen -> proposals.add(Selection.of(algorithm, chosen, goal)));
    return outcome.groups().isEmpty() && outcome.tooHeavy();
  }

  /** Ancestors that several coins have in common have to be paid for once. */
  private Selection discounted(Selection proposal) {
    List<SpendableCoin> waiting =
        proposal.coins().stream()
            .map(PricedCoin::coin)
            .filter(coin -> coin.standing().confirmations() == 0)
            .toList();
    if (waiting.isEmpty()) {
      return proposal;
    }
    long each = waiting.stream().mapToLong(SpendableCoin::bumpFeeSat).sum();
    long together = bumpFee.applyAsLong(waiting.stream().map(SpendableCoin::outPoint).toList());
    return proposal.withBumpDiscount(Math.max(0, each - together));
  }

  private static WalletException tooLarge(String message) {
    return new WalletException(WalletError.TOO_LARGE, message);
  }
}
