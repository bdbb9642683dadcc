package org.farthing.node.metrics;

/**
 * How far a node has come.
 *
 * @param stage of the start, in Bitcoin Core's words; empty afterwards
 * @param height of the chain; -1 as long as it is not open
 * @param headers height of the best header; -1 as long as the chain is not open
 */
public record NodeProgress(Phase phase, String stage, int height, int headers) {
  /** What a node is doing. */
  public enum Phase {
    /** It does not answer calls yet. */
    STARTING,
    /** It answers calls, and fetches the chain that others have. */
    INITIAL_DOWNLOAD,
    /** It has what there is. */
    READY,
    STOPPING,
    /** Something has ended it. */
    FAILED
  }
}
