package org.farthing.node.rpc.call;

/** How long a call may keep the thread that it runs on. */
public enum Pace {
  /** For a moment. */
  QUICK,
  /** It reads or computes for long: others do not wait for it. */
  LONG,
  /**
   * It mostly waits for something to happen. Its thread is interrupted when nobody waits for the
   * answer any more, or the node stops.
   */
  WAITING
}
