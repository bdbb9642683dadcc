package org.farthing.node.config;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.farthing.consensus.crypto.Scrypt;
import org.farthing.wallet.WalletOptions;
import org.farthing.wallet.address.AddressType;

/**
 * The wallets of a node.
 *
 * @param enabled whether it has any at all
 * @param names of wallets to load at the start, beside those remembered
 * @param addressType of new addresses, if nobody asks for another one
 * @param changeType of change; without it, what suits the payment
 * @param keypool scripts that are derived ahead; without it, each wallet's own gap limit
 * @param fees what payments cost
 * @param spending how coins are chosen
 * @param warnings what owners should be told of these choices when a wallet is loaded
 */
public record WalletConfig(
    boolean enabled,
    List<String> names,
    AddressType addressType,
    Optional<AddressType> changeType,
    OptionalInt keypool,
    WalletOptions.Fees fees,
    WalletOptions.Spending spending,
    List<String> warnings) {
  public WalletConfig {
    warnings = List.copyOf(warnings);
    names = List.copyOf(names);
  }

  /** As wallets take them. */
  public WalletOptions options(Scrypt.Cost vaultCost) {
    return new WalletOptions(vaultCost, addressType, changeType, keypool, fees, spending);
  }
}
