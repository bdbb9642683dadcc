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

  /** A reason with an argument in its string: {@code bad-version(0x00000001)}. */
  static Verdict rejectedWith(RejectReason reason, String argument, String detail) {
    return new Rejected(reason, argument, detail);
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
   * @param argument what Bitcoin Core's string for the reason ends with in this case; mostly empty
   * @param detail what a person wants to know beyond the reason; may be empty
   */
  record Rejected(RejectReason reason, String argument, String detail) implements Verdict {
    public Rejected(RejectReason reason, String detail) {
      this(reason, "", detail);
    }

    /** Bitcoin Core's string for the reason, with its argument: what its RPC calls answer. */
    public String label() {
      return reason.label() + argument;
    }

    /** The reason in Bitcoin Core's words, with the detail behind it, as in its logs. */
    @Override
    public String toString() {
      return detail.isEmpty() ? label() : label() + ", " + detail;
    }
  }
}
