package org.farthing.node.config;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.farthing.wallet.address.AddressType;

/**
 * The wallets of a node.
 *
 * @param enabled whether it has any at all
 * @param names of wallets to load at the start, beside those remembered
 * @param addressType of new addresses, if nobody asks for another one
 * @param changeType of change; without it, what suits the payment
 * @param keypool scripts that are derived ahead; without it, each wallet's own gap limit
 * @param fallbackSatPerKvb the fee rate where nothing is known of what others pay
 */
public record WalletConfig(
    boolean enabled,
    List<String> names,
    AddressType addressType,
    Optional<AddressType> changeType,
    OptionalInt keypool,
    OptionalLong fallbackSatPerKvb) {
  public WalletConfig {
    names = List.copyOf(names);
  }
}
