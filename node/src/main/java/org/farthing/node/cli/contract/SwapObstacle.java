package org.farthing.node.cli.contract;

import java.util.Optional;
import java.util.OptionalLong;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.terminal.Text;

/**
 * What stands in the way of a step of a swap: the step is refused for it, and {@link SwapAdvice}
 * says it before.
 *
 * @param message what it is
 * @param hint what to do about it
 * @param passes with time, if the other side keeps its word
 */
public record SwapObstacle(String message, String hint, boolean passes) {
  /** Refuses a step. */
  public static void expectNone(Optional<SwapObstacle> obstacle) throws CliException {
    if (obstacle.isPresent()) {
      throw CliException.failed(obstacle.get().message()).hint(obstacle.get().hint());
    }
  }

  /**
   * To locking the own coins, by what {@link Swap#see} saw last on either network.
   *
   * @param confirmations so deep the other's coins must be, if they are locked first
   * @param anyTime whether they may go back not clearly later
   * @param nowSeconds since 1970
   */
  public static Optional<SwapObstacle> toLocking(
      Swap swap, int confirmations, boolean anyTime, long nowSeconds) throws CliException {
    OptionalLong own = swap.ownUntilSeconds();
    if (own.isPresent() && own.getAsLong() <= nowSeconds) {
      return lasting(
          "it is too late: block " + swap.ownLeg().until() + " is there", "agree on another swap.");
    }
    if (swap.role().equals(Swap.FIRST)) {
      return Optional.empty();
    }
    Swap.Leg other = swap.otherLeg();
    if (other.isSpent()) {
      return lasting("the other side's coins have been taken", "agree on another swap.");
    }
    if (other.coin().isEmpty() || swap.seenConfirmations() < confirmations) {
      return passing(
          "the other side's coins are not "
              + Text.count(confirmations, "block")
              + " deep, as far as is known",
          "'swap status' on " + other.network() + " looks.");
    }
    return anyTime || own.isEmpty()
        ? Optional.empty()
        : toLocking(swap.seenUntilSeconds() - nowSeconds, own.getAsLong() - nowSeconds);
  }

  /**
   * Who locked first can take the other's coins until these go back, and has to have no more time
   * then to take his own: his come back when ours have been back for half as long as they wait.
   */
  private static Optional<SwapObstacle> toLocking(long othersSeconds, long ownSeconds) {
    if (2 * othersSeconds >= 3 * ownSeconds) {
      return Optional.empty();
    }
    return lasting(
        "theirs can go back in %s already, yours only in %s: they could have both"
            .formatted(Text.duration(Math.max(0, othersSeconds)), Text.duration(ownSeconds)),
        "agree on blocks that are further apart, or lock with --any-time.");
  }

  /**
   * To taking the other's coins, which are locked, by what {@link Swap#see} saw last.
   *
   * @param confirmations so deep they must be before the secret is told
   * @param nowSeconds since 1970
   */
  public static Optional<SwapObstacle> toClaiming(Swap swap, int confirmations, long nowSeconds)
      throws CliException {
    if (swap.role().equals(Swap.SECOND)) {
      return swap.isSecretKnown()
          ? Optional.empty()
          : passing(
              "the secret is not known yet",
              "'swap status' on the other network finds it when it is revealed.");
    }
    if (swap.seenUntilSeconds() <= nowSeconds) {
      return lasting(
          "it is too late: the other side can take them back already",
          "the secret stays yours; take your own coins back with 'swap refund'.");
    }
    // Were the other's payment taken back, he would have the secret, and his coins too.
    return swap.seenConfirmations() >= confirmations
        ? Optional.empty()
        : passing(
            "the other side's coins are %s deep, and this tells the secret"
                .formatted(Text.count(swap.seenConfirmations(), "block")),
            "wait for %d, or say another depth with --confirmations.".formatted(confirmations));
  }

  private static Optional<SwapObstacle> passing(String message, String hint) {
    return Optional.of(new SwapObstacle(message, hint, true));
  }

  private static Optional<SwapObstacle> lasting(String message, String hint) {
    return Optional.of(new SwapObstacle(message, hint, false));
  }
}
