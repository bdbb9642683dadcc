package org.farthing.node.rpc.event;

/** Why somebody gets no events, or no more. */
public final class EventRefusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** For programs. */
  public enum Reason {
    /** The question cannot be understood. */
    MALFORMED("malformed", 400),
    /** The cursor is of another log, or of one that has gone back: begin anew. */
    OTHER_LOG("other-log", 409),
    /** What came after the cursor is forgotten: begin anew. */
    TOO_OLD("too-old", 410),
    /** The node is still starting. */
    STARTING("starting", 503);

    private final String label;
    private final int status;

    Reason(String label, int status) {
      this.label = label;
      this.status = status;
    }

    public String label() {
      return label;
    }

    /** HTTP's. */
    public int status() {
      return status;
    }
  }

  public EventRefusal(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
