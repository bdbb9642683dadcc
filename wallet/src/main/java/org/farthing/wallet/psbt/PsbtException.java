package org.farthing.wallet.psbt;

/** What cannot be done with partially signed transactions, in Bitcoin Core's words. */
public final class PsbtException extends Exception {
  private static final long serialVersionUID = 1L;

  public PsbtException(String message) {
    super(message);
  }
}
