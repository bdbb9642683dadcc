package org.farthing.node.rpc.call;

/** Told of each call that was made, on the thread that made it. */
@FunctionalInterface
public interface CallObserver {
  /** Nobody wants to know. */
  CallObserver NONE = (method, nanos, failed) -> {};

  /**
   * @param method one that exists
   * @param failed it was answered with an error
   */
  void called(String method, long nanos, boolean failed);
}
