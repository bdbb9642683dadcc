package org.farthing.node.cli.contract;

import java.util.Optional;
import java.util.OptionalLong;
import org.farthing.node.cli.outcome.CliException;

/**
 * What the owner of a swap's file can do next, by what is known of both networks: a step that would
 * not be refused, or what it waits for.
 */
public final class SwapAdvice {
  /** So deep coins are to be if nobody says anything else. */
  public static final int USUAL_CONFIRMATIONS = 6;

  private static final String SELF = "farthing contract swap ";

  private final Swap swap;
  private final int confirmations;
  private final long nowSeconds;

  /**
   * @param confirmations so deep the other's coins are to be
   * @param nowSeconds since 1970
   */
  public SwapAdvice(Swap swap, int confirmations, long nowSeconds) {
    this.swap = swap;
    this.confirmations = confirmations;
    this.nowSeconds = nowSeconds;
  }

  /** A command, or why there is none; one line. */
  public String next() throws CliException {
    Swap.Leg own = swap.ownLeg();
    Swap.Leg other = swap.otherLeg();
    boolean othersAreLocked = other.coin().isPresent() && !other.isSpent();
    boolean first = swap.role().equals(Swap.FIRST);
    Optional<SwapObstacle> toClaiming = SwapObstacle.toClaiming(swap, confirmations, nowSeconds);
    if (othersAreLocked && toClaiming.isEmpty()) {
      return step("claim", first) + "   now, on " + other.network();
    }
    boolean ownAreLocked = own.isLocking() || own.coin().isPresent();
    if (first && ownAreLocked && othersAreLocked && toClaiming.get().passes()) {
      return "wait: " + toClaiming.get().message() + "; then " + look();
    }
    if (own.coin().isEmpty()) {
      return own.isLocking()
          ? look() + " (if 'swap lock' was interrupted, give it again)"
          : lock(own, first);
    }
    if (first && other.isSpent() && swap.isSecretKnown()) {
      return "nothing: you have taken the other side's coins";
    }
    if (own.isSpent()) {
      return other.isSpent() ? "nothing: the coins of both sides have been taken" : look();
    }
    OptionalLong back = swap.ownUntilSeconds();
    if (back.isPresent() && back.getAsLong() <= nowSeconds) {
      return step("refund", false) + "   on " + own.network();
    }
    return look();
  }

  private String lock(Swap.Leg own, boolean first) throws CliException {
    Optional<SwapObstacle> obstacle =
        SwapObstacle.toLocking(swap, confirmations, false, nowSeconds);
    if (obstacle.isEmpty()) {
      return step("lock", !first) + "   on " + own.network();
    }
    String message = obstacle.get().message();
    return obstacle.get().passes()
        ? "wait: " + message + "; then " + look()
        : "do not lock: " + message + "; " + obstacle.get().hint();
  }

  private String look() {
    return "look again on both networks: " + SELF + "status " + swap.file().path();
  }

  /**
   * @param deep whether it asks how deep the other's coins are
   */
  private String step(String name, boolean deep) {
    String command = SELF + name + " " + swap.file().path();
    return deep && confirmations != USUAL_CONFIRMATIONS
        ? command + " --confirmations " + confirmations
        : command;
  }
}
