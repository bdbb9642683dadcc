package org.farthing.wallet.history;

import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;

/**
 * What one output of a transaction means to the wallet: a line of its history.
 *
 * @param script where the coins went
 * @param amountSat satoshis: positive for what came in, negative for what went out
 */
public record Movement(Category category, OutPoint outPoint, Script script, long amountSat) {
  /** Bitcoin Core's names for the kinds of movements. */
  public enum Category {
    SEND("send"),
    RECEIVE("receive"),
    /** Mined, and mature. */
    GENERATE("generate"),
    /** Mined, not mature. */
    IMMATURE("immature"),
    /** Mined, in a block that the chain left. */
    ORPHAN("orphan");

    private final String label;

    Category(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }
}
