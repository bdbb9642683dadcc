package org.farthing.node.cli.testnet;

import java.nio.file.Path;

/**
 * What kind of network to start.
 *
 * @param nodes how many processes
 * @param miners how many of them mine, with one thread each
 * @param folder holds one data directory for each node
 * @param kept whether the folder stays when the network ends
 */
public record Plan(int nodes, int miners, Path folder, boolean kept) {}
