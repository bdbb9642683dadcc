package org.farthing.node.mining;

/**
 * A template for the miners of other programs.
 *
 * @param template may have been made some seconds ago
 * @param mempoolChanges the mempool's count of changes when it was made
 * @param header as of now
 * @param minimumTimeSeconds the least time that its block may have, seconds since 1970
 */
public record TemplateOffer(
    BlockTemplate template,
    long mempoolChanges,
    BlockTemplate.HeaderFields header,
    long minimumTimeSeconds) {}
