package org.farthing.wallet.error;

/**
 * Something that the owner of a wallet asked for and that cannot be done. The message is a sentence
 * that says why and, where there is something, what to do next; it never holds a secret.
 */
public final class WalletException extends Exception {
  private static final long serialVersionUID = 1L;

  private final WalletError error;

  public WalletException(WalletError error, String message) {
    super(message);
    this.error = error;
  }

  public WalletError error() {
    return error;
  }
}
