package org.farthing.consensus.chain;

import java.util.function.Function;
import org.farthing.consensus.validation.RejectReason;
import org.farthing.consensus.validation.Verdict;
import org.farthing.testing.BlockDraft;
import org.farthing.testing.ChainBuilder;

/**
 * A way to be refused.
 *
 * @param what distinguishes ways to be refused for one reason
 * @param attempt does something with a chain that has mature coins, and returns what it says
 */
record Provocation(RejectReason reason, String what, Function<ChainBuilder, Verdict> attempt) {
  /** A block on the tip that breaks a rule. */
  static Provocation block(
      RejectReason reason, String what, Function<ChainBuilder, BlockDraft> draft) {
    return new Provocation(reason, what, chain -> chain.offer(draft.apply(chain).build()));
  }

  @Override
  public String toString() {
    return reason.label() + ": " + what;
  }
}
