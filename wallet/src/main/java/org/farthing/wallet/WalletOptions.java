package org.farthing.wallet;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.farthing.consensus.crypto.Scrypt;
import org.farthing.wallet.address.AddressType;

/**
 * What an operator may choose for all wallets of a node.
 *
 * @param vaultCost of the derivation of keys from passphrases, for vaults that are written
 * @param addressType of the addresses that are given away if nobody asks for another one
 * @param changeType of the addresses for change; without it, what suits the payment
 * @param keypool how many scripts are derived ahead of the last one in use, instead of each
 *     wallet's own gap limit
 * @param fallbackSatPerKvb the fee rate of payments that name none, as long as nobody knows what
 *     others pay; 0 for refusing them, without it a satoshi for each virtual byte
 */
public record WalletOptions(
    Scrypt.Cost vaultCost,
    AddressType addressType,
    Optional<AddressType> changeType,
    OptionalInt keypool,
    OptionalLong fallbackSatPerKvb) {

  /** The usual choices, but for the cost of a passphrase. */
  public static WalletOptions of(Scrypt.Cost vaultCost) {
    return new WalletOptions(
        vaultCost, AddressType.BECH32, Optional.empty(), OptionalInt.empty(), OptionalLong.empty());
  }
}
