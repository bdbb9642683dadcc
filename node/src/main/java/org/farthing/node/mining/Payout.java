package org.farthing.node.mining;

import org.farthing.consensus.primitives.Script;

/** Whom blocks pay. Node thread. */
public interface Payout {
  /** The script that the next block pays. */
  Script script();

  /** A block that pays it stands in the chain: the next one may pay another. */
  default void paid() {}

  /** Always the same script. */
  static Payout to(Script script) {
    return () -> script;
  }
}
