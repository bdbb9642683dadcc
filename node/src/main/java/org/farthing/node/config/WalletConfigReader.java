package org.farthing.node.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.farthing.consensus.primitives.Amount;
import org.farthing.wallet.WalletAddresses;
import org.farthing.wallet.WalletOptions;
import org.farthing.wallet.address.AddressType;

/** The options of wallets. */
final class WalletConfigReader {
  /** A hundredth of a coin. */
  private static final long HIGH_RATE_SAT_PER_KVB = Amount.COIN / 100;

  private static final long HIGH_EXTRA_SAT = Amount.COIN / 10_000;
  private static final long HIGH_FEE_SAT = 100 * HIGH_RATE_SAT_PER_KVB;

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
        fees(),
        spending(),
        warnings());
  }

  private WalletOptions.Fees fees() throws ConfigException {
    WalletOptions.Fees usual = WalletOptions.Fees.USUAL;
    return new WalletOptions.Fees(
        in.amountSat(Option.FALLBACK_FEE, usual.fallback()),
        in.amountSat(Option.MIN_TX_FEE, usual.minimum()),
        in.amountSat(Option.MAX_TX_FEE, usual.maximumSat()),
        in.optionalInteger(Option.TX_CONFIRM_TARGET, 1, WalletOptions.Fees.HIGHEST_TARGET)
            .orElse(usual.targetBlocks()),
        in.amountSat(Option.DISCARD_FEE, usual.discard()),
        in.amountSat(Option.CONSOLIDATE_FEE_RATE, usual.consolidate()),
        extraForGroups());
  }

  private OptionalLong extraForGroups() throws ConfigException {
    if (in.text(Option.MAX_APS_FEE).filter("-1"::equals).isPresent()) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(in.amountSat(Option.MAX_APS_FEE, 0));
  }

  private WalletOptions.Spending spending() throws ConfigException {
    WalletOptions.Spending usual = WalletOptions.Spending.USUAL;
    return new WalletOptions.Spending(
        in.flag(Option.SPEND_ZERO_CONF_CHANGE, usual.unconfirmedChange()),
        in.flag(Option.AVOID_PARTIAL_SPENDS, usual.grouped()),
        in.flag(Option.WALLET_REJECT_LONG_CHAINS, usual.rejectLongChains()),
        in.flag(Option.WALLET_RBF, usual.replaceable()),
        in.flag(Option.WALLET_BROADCAST, !in.flag(Option.BLOCKS_ONLY, false)));
  }

  /** In Bitcoin Core's words. */
  private List<String> warnings() throws ConfigException {
    List<String> warnings = new ArrayList<>();
    warnIfHigh(
        Option.MIN_TX_FEE,
        HIGH_RATE_SAT_PER_KVB,
        "This is the minimum transaction fee you pay on every transaction.",
        warnings);
    if (!extraForGroups().isEmpty()) {
      warnIfHigh(
          Option.MAX_APS_FEE,
          HIGH_EXTRA_SAT,
          "This is the maximum transaction fee you pay (in addition to the normal fee) to"
              + " prioritize partial spend avoidance over regular coin selection.",
          warnings);
    }
    warnIfHigh(
        Option.FALLBACK_FEE,
        HIGH_RATE_SAT_PER_KVB,
        "This is the transaction fee you may pay when fee estimates are not available.",
        warnings);
    warnIfHigh(
        Option.DISCARD_FEE,
        HIGH_RATE_SAT_PER_KVB,
        "This is the transaction fee you may discard if change is smaller than dust at this level",
        warnings);
    warnIfHigh(
        Option.MAX_TX_FEE,
        HIGH_FEE_SAT,
        "Fees this large could be paid on a single transaction.",
        warnings);
    warnIfHigh(
        Option.MIN_RELAY_FEE,
        HIGH_RATE_SAT_PER_KVB,
        "The wallet will avoid paying less than the minimum relay fee.",
        warnings);
    if (in.has(Option.WALLET_RBF)) {
      warnings.add("-walletrbf is deprecated and will be fully removed in the next release.");
    }
    return warnings;
  }

  private void warnIfHigh(Option option, long limitSat, String why, List<String> warnings)
      throws ConfigException {
    if (in.amountSat(option, 0) > limitSat) {
      warnings.add("-%s is set very high! %s".formatted(option.squeezed(), why));
    }
  }

  /** None is taken for one, as in Bitcoin Core. */
  private OptionalInt keypool() throws ConfigException {
    OptionalInt wanted = in.optionalInteger(Option.KEYPOOL, 0, WalletAddresses.MOST_AHEAD);
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
