package org.farthing.node.config;

import java.util.Optional;
import java.util.OptionalInt;
import org.farthing.wallet.WalletOptions;
import org.farthing.wallet.address.AddressType;

/** The options of wallets. */
final class WalletConfigReader {
  private static final int MAX_KEYPOOL = 1_000_000;

  private final OptionReader in;

  private WalletConfigReader(OptionReader in) {
    this.in = in;
  }

  static WalletConfig read(OptionReader in) throws ConfigException {
    return new WalletConfigReader(in).config();
  }

  private WalletConfig config() throws ConfigException {
    return new WalletConfig(
        !in.flag(Option.DISABLE_WALLET, false),
        in.all(Option.WALLET),
        type(Option.ADDRESS_TYPE, "address").orElse(AddressType.BECH32),
        type(Option.CHANGE_TYPE, "change"),
        keypool(),
        fees());
  }

  private WalletOptions.Fees fees() throws ConfigException {
    WalletOptions.Fees usual = WalletOptions.Fees.USUAL;
    return new WalletOptions.Fees(
        in.amountSat(Option.FALLBACK_FEE, usual.fallback()),
        in.amountSat(Option.MIN_TX_FEE, usual.minimum()),
        in.amountSat(Option.MAX_TX_FEE, usual.maximumSat()),
        in.optionalInteger(Option.TX_CONFIRM_TARGET, 1, WalletOptions.Fees.HIGHEST_TARGET)
            .orElse(usual.targetBlocks()));
  }

  /** None is taken for one, as in Bitcoin Core. */
  private OptionalInt keypool() throws ConfigException {
    OptionalInt wanted = in.optionalInteger(Option.KEYPOOL, 0, MAX_KEYPOOL);
    return wanted.isPresent() ? OptionalInt.of(Math.max(1, wanted.getAsInt())) : wanted;
  }

  private Optional<AddressType> type(Option option, String what) throws ConfigException {
    Optional<String> text = in.text(option).filter(value -> !value.isEmpty());
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<AddressType> type = AddressType.named(text.get());
    if (type.isEmpty()) {
      throw new ConfigException("Unknown %s type '%s'".formatted(what, text.get()));
    }
    return type;
  }
}
