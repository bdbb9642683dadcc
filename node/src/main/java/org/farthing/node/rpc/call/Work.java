package org.farthing.node.rpc.call;

/** A request that was read and checked, and is yet to be done. */
public interface Work {
  /** That of the slowest call. */
  Pace pace();

  /** Does it, once. */
  Reply run();

  /** A request that needs no more than its answer. */
  static Work done(Reply reply) {
    return new Work() {
      @Override
      public Pace pace() {
        return Pace.QUICK;
      }

      @Override
      public Reply run() {
        return reply;
      }
    };
  }
}
