package org.farthing.node.config;

import java.util.Optional;
import java.util.OptionalInt;

/** The options of what is relayed. */
final class PolicyConfigReader {
  private static final int VBYTES_PER_UNIT = 1_000;
  private static final int MAX_TX_PER_SECOND = 1_000_000;
  private static final int MAX_BYTES_PER_SIGOP = 100_000;
  private static final int MAX_CLUSTER_COUNT = 64;

  private final OptionReader in;

  private PolicyConfigReader(OptionReader in) {
    this.in = in;
  }

  static PolicyConfig read(OptionReader in) throws ConfigException {
    return new PolicyConfigReader(in).config();
  }

  private PolicyConfig config() throws ConfigException {
    return new PolicyConfig(
        new PolicyConfig.Rates(
            in.optionalAmountSat(Option.MIN_RELAY_FEE),
            in.optionalAmountSat(Option.INCREMENTAL_RELAY_FEE),
            in.optionalAmountSat(Option.DUST_RELAY_FEE)),
        forms(),
        clusters(),
        in.optionalInteger(Option.MEMPOOL_EXPIRY, 0, Integer.MAX_VALUE / 3600),
        new RelayConfig(
            in.integer(Option.TX_SEND_RATE, RelayConfig.DEFAULT.perSecond(), 1, MAX_TX_PER_SECOND),
            in.flag(Option.TX_RECONCILIATION, RelayConfig.DEFAULT.reconcile())),
        new PolicyConfig.Keeping(
            in.flag(Option.PERSIST_MEMPOOL, true), in.flag(Option.PERSIST_MEMPOOL_V1, false)),
        new PolicyConfig.FeeEstimation(
            in.flag(Option.ACCEPT_STALE_FEE_ESTIMATES, false), in.flag(Option.GUESS_FEES, true)));
  }

  private PolicyConfig.Forms forms() throws ConfigException {
    return new PolicyConfig.Forms(
        optionalFlag(Option.ACCEPT_NONSTANDARD),
        optionalFlag(Option.PERMIT_BARE_MULTISIG),
        new PolicyConfig.DataCarrier(
            in.flag(Option.DATA_CARRIER, true),
            in.optionalInteger(Option.DATA_CARRIER_SIZE, 0, Integer.MAX_VALUE)),
        in.optionalInteger(Option.BYTES_PER_SIGOP, 0, MAX_BYTES_PER_SIGOP));
  }

  private PolicyConfig.Clusters clusters() throws ConfigException {
    OptionalInt count = in.optionalInteger(Option.LIMIT_CLUSTER_COUNT, 1, Integer.MAX_VALUE);
    if (count.orElse(0) > MAX_CLUSTER_COUNT) {
      throw new ConfigException(
          "limitclustercount must be less than or equal to " + MAX_CLUSTER_COUNT);
    }
    OptionalInt size = in.optionalInteger(Option.LIMIT_CLUSTER_SIZE, 1, 500_000);
    return new PolicyConfig.Clusters(
        count,
        size.isPresent() ? OptionalInt.of(size.getAsInt() * VBYTES_PER_UNIT) : OptionalInt.empty(),
        in.optionalInteger(Option.LIMIT_ANCESTOR_COUNT, 1, Integer.MAX_VALUE),
        in.optionalInteger(Option.LIMIT_DESCENDANT_COUNT, 1, Integer.MAX_VALUE));
  }

  private Optional<Boolean> optionalFlag(Option option) throws ConfigException {
    return in.has(option) ? Optional.of(in.flag(option, false)) : Optional.empty();
  }
}
