package org.farthing.consensus.bytes;

/** A list that is longer than anybody who means well makes it. */
public final class OversizedException extends DecodeException {
  private static final long serialVersionUID = 1L;

  public OversizedException(String message) {
    super(message);
  }
}
