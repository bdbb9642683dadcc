package org.farthing.node.config;

import java.util.Optional;
import java.util.OptionalInt;
import org.farthing.consensus.validation.BlockChecks;

/** The options of mining. */
final class MiningConfigReader {
  private static final int MAX_THREADS = 1024;
  private static final int USUAL_RESERVED_WEIGHT = 8000;

  /** Less would be too little for a coinbase with a commitment to witnesses. */
  private static final int MIN_RESERVED_WEIGHT = 2000;

  private static final String ON = "1";
  private static final String OFF = "0";
  private static final String LOOPBACK = "127.0.0.1";

  /** A processor finds a share in a second or so; the first minute tells what is right. */
  private static final double USUAL_FIRST_DIFFICULTY = 0.001;

  private static final double USUAL_SHARES_PER_MINUTE = 20;
  private static final int USUAL_MINERS = 256;
  private static final int MAX_MINERS = 10_000;

  private final OptionReader in;

  private MiningConfigReader(OptionReader in) {
    this.in = in;
  }

  static MiningConfig read(OptionReader in) throws ConfigException {
    return new MiningConfigReader(in).config();
  }

  private MiningConfig config() throws ConfigException {
    return new MiningConfig(
        in.integer(Option.MINE, 0, 0, MAX_THREADS),
        in.text(Option.MINE_TO),
        MinerPolicy.parse(in.text(Option.MINE_POLICY).orElse(MinerPolicy.usual().text())),
        in.flag(Option.MINE_PAUSE_WHEN_IDLE, false),
        templates(),
        stratum());
  }

  private Optional<StratumConfig> stratum() throws ConfigException {
    String text = in.text(Option.STRATUM).orElse(OFF);
    StratumConfig config =
        new StratumConfig(
            stratumAddress(text),
            in.positive(Option.STRATUM_DIFFICULTY, USUAL_FIRST_DIFFICULTY),
            in.positive(Option.STRATUM_SHARES_PER_MINUTE, USUAL_SHARES_PER_MINUTE),
            in.integer(Option.STRATUM_MAX_CONNECTIONS, USUAL_MINERS, 1, MAX_MINERS));
    return text.equals(OFF) ? Optional.empty() : Optional.of(config);
  }

  /** Yes, a port of this machine, or an address. */
  private static BindAddress stratumAddress(String text) throws ConfigException {
    if (text.equals(OFF) || text.equals(ON) || text.isEmpty()) {
      return new BindAddress(LOOPBACK, OptionalInt.empty(), false);
    }
    boolean port = text.matches("[0-9]+");
    return BindAddress.parse(port ? LOOPBACK + ":" + text : text, "stratum");
  }

  private MiningConfig.Templates templates() throws ConfigException {
    OptionalInt max = in.optionalInteger(Option.BLOCK_MAX_WEIGHT, 0, Integer.MAX_VALUE);
    OptionalInt reserved = in.optionalInteger(Option.BLOCK_RESERVED_WEIGHT, 0, Integer.MAX_VALUE);
    check(max.orElse(BlockChecks.MAX_WEIGHT), reserved.orElse(USUAL_RESERVED_WEIGHT));
    return new MiningConfig.Templates(
        max,
        reserved,
        in.optionalAmountSat(Option.BLOCK_MIN_TX_FEE),
        in.optionalInteger(Option.BLOCK_VERSION, Integer.MIN_VALUE, Integer.MAX_VALUE));
  }

  /** In Bitcoin Core's words. */
  private static void check(int max, int reserved) throws ConfigException {
    if (reserved < MIN_RESERVED_WEIGHT) {
      throw new ConfigException(
          "-blockreservedweight (%d) is lower than minimum safety value of (%d)"
              .formatted(reserved, MIN_RESERVED_WEIGHT));
    }
    expectWithinBlock("-blockreservedweight", reserved);
    expectWithinBlock("-blockmaxweight", max);
    if (reserved > max) {
      throw new ConfigException(
          "-blockreservedweight (%d) exceeds -blockmaxweight (%d)".formatted(reserved, max));
    }
  }

  private static void expectWithinBlock(String option, int weight) throws ConfigException {
    if (weight > BlockChecks.MAX_WEIGHT) {
      throw new ConfigException(
          "%s (%d) exceeds consensus maximum block weight (%d)"
              .formatted(option, weight, BlockChecks.MAX_WEIGHT));
    }
  }
}
