package org.farthing.wallet.miniscript;

import org.farthing.wallet.error.WalletException;

/** Reads the keys of a miniscript's text. */
@FunctionalInterface
public interface KeyReader<K> {
  /**
   * @throws WalletException if it is none
   */
  K read(String text) throws WalletException;
}
