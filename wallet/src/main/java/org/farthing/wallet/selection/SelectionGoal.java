package org.farthing.wallet.selection;

/**
 * What has to be reached.
 *
 * @param targetSat payments, and the fee of everything but inputs and change
 * @param inFull whether coins count with their values, since the payees pay the fee
 * @param maxInputWeight the most that all inputs may weigh if there is no change
 */
public record SelectionGoal(
    long targetSat, boolean inFull, FeePair rates, ChangeTerms change, int maxInputWeight) {

  /**
   * What change costs.
   *
   * @param feeSat what the output adds to the fee
   * @param costSat that, and what spending it will cost
   * @param leastSat change below this is left to the miners
   * @param aimSat where there is change, there is at least so much, its fee included
   * @param weight of the output
   */
  public record ChangeTerms(long feeSat, long costSat, long leastSat, long aimSat, int weight) {}

  public SelectionGoal withMaxInputWeight(int weight) {
    return new SelectionGoal(targetSat, inFull, rates, change, weight);
  }

  public SelectionGoal withTarget(long sat) {
    return new SelectionGoal(sat, inFull, rates, change, maxInputWeight);
  }
}
