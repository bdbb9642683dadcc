package org.farthing.node.config;

import java.util.Optional;

/**
 * Whether the node mines from its start.
 *
 * @param threads that search for blocks; 0 for none
 * @param payout the address that gets the coins; without it, an address of the first loaded wallet
 */
public record MiningConfig(int threads, Optional<String> payout) {}
