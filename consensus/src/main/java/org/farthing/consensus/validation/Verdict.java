package org.farthing.consensus.validation;

/** What a rule says of something that could be decoded. */
public sealed interface Verdict {
  static Verdict accepted() {
    return Accepted.INSTANCE;
  }

  static Verdict rejected(RejectReason reason, String detail) {
    return new Rejected(reason, detail);
  }

  static Verdict rejected(RejectReason reason) {
    return new Rejected(reason, "");
  }

  default boolean isAccepted() {
    return this instanceof Accepted;
  }

  /** No rule is broken. */
  record Accepted() implements Verdict {
    static final Accepted INSTANCE = new Accepted();
  }

  /**
   * A rule is broken.
   *
   * @param detail what a person wants to know beyond the reason; may be empty
   */
  record Rejected(RejectReason reason, String detail) implements Verdict {
    /** The reason in Bitcoin Core's words, with the detail behind it, as in its RPC and logs. */
    @Override
    public String toString() {
      return detail.isEmpty() ? reason.label() : reason.label() + ", " + detail;
    }
  }
}
