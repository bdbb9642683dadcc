package org.farthing.wallet;

import org.farthing.wallet.descriptor.Keychains;
import org.farthing.wallet.keys.Mnemonic;

/**
 * What a wallet is restored from.
 *
 * @param wordsPassphrase the further secret of BIP-0039; empty for none
 * @param fromHeight the first block that may hold a payment to the wallet
 * @param gapLimit how many unused addresses in a row end the search
 */
public record Recovery(Mnemonic words, String wordsPassphrase, int fromHeight, int gapLimit) {
  /** Searches the whole chain as far ahead as is usual. */
  public static Recovery of(Mnemonic words) {
    return new Recovery(words, "", 0, Keychains.RECOVERY_GAP_LIMIT);
  }

  /** The words stay out of logs. */
  @Override
  public String toString() {
    return "recovery from " + words;
  }
}
