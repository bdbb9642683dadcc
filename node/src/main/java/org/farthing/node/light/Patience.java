package org.farthing.node.light;

/**
 * How long is waited for peers.
 *
 * @param answerMillis for an answer, before the peer is taken for silent and another one is asked
 * @param connectMillis for all peers that were named to be there, before those that are go ahead
 * @param noneMillis for any peer that has what is wanted, before that fails
 */
public record Patience(long answerMillis, long connectMillis, long noneMillis) {
  public static final Patience USUAL = new Patience(20_000, 5_000, 30_000);
}
