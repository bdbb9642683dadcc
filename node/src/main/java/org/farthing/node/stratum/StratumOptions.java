package org.farthing.node.stratum;

/**
 * @param firstDifficulty of the shares of a new miner, until more is known of it; 1 is the easiest
 *     target of Bitcoin's main network
 * @param sharesPerMinute that a miner should find: its difficulty is made so
 */
public record StratumOptions(double firstDifficulty, double sharesPerMinute) {}
