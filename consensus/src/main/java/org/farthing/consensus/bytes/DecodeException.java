package org.farthing.consensus.bytes;

/**
 * Bytes that cannot be decoded. Says nothing about rules: a value that can be read but breaks a
 * rule is a {@code Verdict}.
 */
public sealed class DecodeException extends Exception
    permits EndOfDataException, OversizedException {
  private static final long serialVersionUID = 1L;

  public DecodeException(String message) {
    super(message);
  }
}
