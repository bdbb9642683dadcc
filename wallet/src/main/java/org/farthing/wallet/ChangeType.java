package org.farthing.wallet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.farthing.consensus.script.OutputType;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.wallet.address.AddressType;
import org.farthing.wallet.descriptor.Keychain.Role;
import org.farthing.wallet.descriptor.Keychains;
import org.farthing.wallet.spend.Payment;
import org.farthing.wallet.spend.SendRequest;

/**
 * Which kind of address change goes to: as in Bitcoin Core, one that looks like the payment, so
 * that nobody can tell the two apart.
 */
final class ChangeType {
  /** What change looks like where such an output is paid; earlier ones count more. */
  private static final List<Map.Entry<OutputType, AddressType>> LIKENESSES =
      List.of(
          Map.entry(OutputType.P2TR, AddressType.BECH32M),
          Map.entry(OutputType.P2WPKH, AddressType.BECH32),
          Map.entry(OutputType.P2SH, AddressType.P2SH_SEGWIT),
          Map.entry(OutputType.P2PKH, AddressType.LEGACY));

  private static final List<AddressType> OTHERWISE =
      List.of(AddressType.BECH32M, AddressType.BECH32);

  private final Keychains keychains;
  private final WalletOptions options;

  ChangeType(Keychains keychains, WalletOptions options) {
    this.keychains = keychains;
    this.options = options;
  }

  AddressType of(SendRequest request) {
    if (options.changeType().isPresent()) {
      return options.changeType().get();
    }
    if (options.addressType() == AddressType.LEGACY) {
      return AddressType.LEGACY;
    }
    List<AddressType> wanted = new ArrayList<>();
    for (Map.Entry<OutputType, AddressType> like : LIKENESSES) {
      if (request.payments().stream().anyMatch(payment -> isOf(payment, like.getKey()))) {
        wanted.add(like.getValue());
      }
    }
    wanted.addAll(OTHERWISE);
    return wanted.stream()
        .filter(type -> keychains.active(type, Role.CHANGE).isPresent())
        .findFirst()
        .orElse(options.addressType());
  }

  private static boolean isOf(Payment payment, OutputType type) {
    return ScriptPattern.classify(payment.script()) == type;
  }
}
