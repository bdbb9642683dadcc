package org.farthing.node.config;

/**
 * The Stratum port.
 *
 * @param address where it is
 * @param firstDifficulty of the shares of a new miner
 * @param sharesPerMinute that a miner is to find
 * @param maxConnections miners at most
 */
public record StratumConfig(
    BindAddress address, double firstDifficulty, double sharesPerMinute, int maxConnections) {}
