package org.farthing.consensus.chain;

/**
 * Whether the scripts of a block run.
 *
 * @param reason why they do, in Bitcoin Core's words; empty where they don't, because the block is
 *     part of the history that is assumed to be valid
 */
public record ScriptVerification(String reason) {
  static final ScriptVerification ALWAYS = new ScriptVerification("assumevalid=0 (always verify)");

  static final ScriptVerification OFF = new ScriptVerification("");

  public boolean isOn() {
    return !reason.isEmpty();
  }

  /** Written out, as what a record makes of itself at run time would hold up the first block. */
  @Override
  public boolean equals(Object other) {
    return other instanceof ScriptVerification that && reason.equals(that.reason);
  }

  @Override
  public int hashCode() {
    return reason.hashCode();
  }
}
