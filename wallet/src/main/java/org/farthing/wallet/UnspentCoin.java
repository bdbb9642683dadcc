package org.farthing.wallet;

import org.farthing.wallet.history.OwnOutput;

/**
 * A coin that the wallet has.
 *
 * @param confirmations blocks on it, its own included; 0 while it is in none
 * @param trusted nobody but the owner can undo it
 * @param blocksToMaturity how many blocks must follow before a newly mined coin can be spent
 */
public record UnspentCoin(OwnOutput own, int confirmations, boolean trusted, int blocksToMaturity) {
  public boolean isSpendable() {
    return trusted && blocksToMaturity == 0;
  }

  public long valueSat() {
    return own.output().valueSat();
  }
}
