package org.farthing.consensus.chain;

/** Where a deployment stands that miners decide on (BIP-0009). */
public enum VoteState {
  /** Not begun; the genesis is always here. */
  DEFINED("defined"),
  /** Signals count. */
  STARTED("started"),
  /** Decided; the rules hold from the next period on, or from the deployment's least height. */
  LOCKED_IN("locked_in"),
  /** The rules hold, for good. */
  ACTIVE("active"),
  /** The time ran out, for good. */
  FAILED("failed");

  private final String label;

  VoteState(String label) {
    this.label = label;
  }

  /** Bitcoin Core's word for it. */
  public String label() {
    return label;
  }
}
