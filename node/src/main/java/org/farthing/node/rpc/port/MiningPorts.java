package org.farthing.node.rpc.port;

/** What the methods need of those who make blocks: the node itself, and miners that it serves. */
public record MiningPorts(MiningPort own, StratumPort stratum) {}
