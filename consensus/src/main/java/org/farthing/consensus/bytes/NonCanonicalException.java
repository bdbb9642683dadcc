package org.farthing.consensus.bytes;

/**
 * Bytes that say what they mean, but not in the one form that is allowed. Whoever sends them may
 * have a flawed encoder and mean well.
 */
public final class NonCanonicalException extends DecodeException {
  private static final long serialVersionUID = 1L;

  public NonCanonicalException(String message) {
    super(message);
  }
}
