package org.farthing.node.config;

/**
 * Beside RPC: how programs hear of the node.
 *
 * @param rest anybody who reaches the RPC port may read blocks and transactions there
 */
public record PublishConfig(boolean rest) {}
