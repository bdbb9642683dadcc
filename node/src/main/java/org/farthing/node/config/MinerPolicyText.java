package org.farthing.node.config;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.OptionalLong;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.primitives.Txid;

/** The text of a policy, in parts. */
final class MinerPolicyText {
  private static final BigDecimal LONGEST_SECONDS = BigDecimal.valueOf(365L * 24 * 60 * 60);

  /** More could never be seen by a node that keeps its blocks for a day or two. */
  private static final int MOST_CONFIRMATIONS = 10_000;

  private final String text;
  private final String[] parts;

  MinerPolicyText(String text) {
    this.text = text;
    this.parts = text.strip().split(":", -1);
  }

  MinerPolicy parse() throws ConfigException {
    return switch (parts[0]) {
      case "steady" -> of(new MinerPolicy.Steady(), 1, 1);
      case "on-demand" -> of(new MinerPolicy.OnDemand(), 1, 1);
      case "each-transaction" -> of(new MinerPolicy.EachTransaction(), 1, 1);
      case "interval" -> of(new MinerPolicy.Interval(millis()), 2, 2);
      case "poisson" -> of(new MinerPolicy.Poisson(millis(), seed()), 2, 3);
      case "until" -> of(new MinerPolicy.UntilConfirmed(txid(), confirmations()), 2, 3);
      default -> throw wrong("there is no policy '" + parts[0] + "'");
    };
  }

  private MinerPolicy of(MinerPolicy policy, int least, int most) throws ConfigException {
    if (parts.length < least || parts.length > most) {
      throw wrong("too many parts, or too few");
    }
    return policy;
  }

  private Optional<String> part(int index) {
    return index < parts.length ? Optional.of(parts[index]) : Optional.empty();
  }

  private long millis() throws ConfigException {
    String given = part(1).orElse("");
    if (given.matches("[0-9]{1,9}(\\.[0-9]{1,3})?")) {
      BigDecimal seconds = new BigDecimal(given);
      if (seconds.signum() > 0 && seconds.compareTo(LONGEST_SECONDS) <= 0) {
        return seconds.movePointRight(3).setScale(0, RoundingMode.UNNECESSARY).longValueExact();
      }
    }
    throw wrong("'" + given + "' is no number of seconds, from 0.001 to a year");
  }

  private OptionalLong seed() throws ConfigException {
    if (part(2).isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(parts[2]));
    } catch (NumberFormatException e) {
      throw wrong("'" + parts[2] + "' is no seed: a whole number of 64 bits");
    }
  }

  private Txid txid() throws ConfigException {
    String given = part(1).orElse("");
    try {
      return Txid.parse(given);
    } catch (DecodeException e) {
      throw wrong("'" + given + "' is no transaction id");
    }
  }

  private int confirmations() throws ConfigException {
    String given = part(2).orElse("1");
    if (!given.matches("[0-9]{1,5}")
        || Integer.parseInt(given) < 1
        || Integer.parseInt(given) > MOST_CONFIRMATIONS) {
      throw wrong("'" + given + "' is no number of confirmations, from 1 to 10000");
    }
    return Integer.parseInt(given);
  }

  private ConfigException wrong(String reason) {
    return new ConfigException(
        "Cannot mine by '%s': %s. Policies are %s.".formatted(text, reason, MinerPolicy.FORMS));
  }
}
