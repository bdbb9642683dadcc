package org.farthing.wallet.encoding;

/** Text that is not in the encoding expected. */
public final class EncodingException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What is wrong with the text. */
  public enum Reason {
    /** A character that the encoding does not have. */
    CHARACTER,
    /** Too short, too long, or its parts are. */
    LENGTH,
    /** Upper and lower case mixed. */
    CASE,
    /** Everything is readable but the checksum does not fit: a typing mistake. */
    CHECKSUM,
    /** A version or padding that the standard does not allow. */
    CONTENT
  }

  private final Reason reason;

  public EncodingException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
