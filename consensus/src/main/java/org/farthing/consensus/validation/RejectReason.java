package org.farthing.consensus.validation;

/** Why something is refused: Bitcoin Core's string, and the rule in a sentence. */
public enum RejectReason {
  HIGH_HASH("high-hash", "The hash of the header is above its target."),
  BAD_DIFFBITS("bad-diffbits", "The target is not the one that the rules ask for at this height.");

  private final String label;
  private final String sentence;

  RejectReason(String label, String sentence) {
    this.label = label;
    this.sentence = sentence;
  }

  /** Bitcoin Core's string for it. */
  public String label() {
    return label;
  }

  /** The rule that is broken, for people. */
  public String sentence() {
    return sentence;
  }
}
