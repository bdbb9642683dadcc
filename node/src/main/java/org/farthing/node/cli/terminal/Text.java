package org.farthing.node.cli.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers as people read them. */
public final class Text {
  private static final DateTimeFormatter DATE_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
  private static final int SHORT_HASH = 12;

  private Text() {}

  /** Coins with eight decimals, as the node gives them. */
  public static String coins(JsonNode amount) {
    return amount.isNumber()
        ? amount.decimalValue().setScale(8, RoundingMode.UNNECESSARY).toPlainString()
        : "-";
  }

  /** Coins with eight decimals and a sign. */
  public static String signedCoins(JsonNode amount) {
    return (amount.decimalValue().signum() > 0 ? "+" : "") + coins(amount);
  }

  /** {@code 3 d 4 h}, {@code 4 h 5 min}, {@code 5 min 6 s} or {@code 6 s}. */
  public static String duration(long seconds) {
    Duration d = Duration.ofSeconds(seconds);
    if (d.toDays() > 0) {
      return d.toDays() + " d " + d.toHoursPart() + " h";
    }
    if (d.toHours() > 0) {
      return d.toHours() + " h " + d.toMinutesPart() + " min";
    }
    return d.toMinutes() > 0
        ? d.toMinutes() + " min " + d.toSecondsPart() + " s"
        : d.toSeconds() + " s";
  }

  /** With a decimal prefix: {@code 12.3 kB}. */
  public static String scaled(double value, String unit) {
    String[] prefixes = {"", "k", "M", "G", "T", "P", "E"};
    int prefix = 0;
    double rest = value;
    while (rest >= 999.5 && prefix < prefixes.length - 1) {
      rest /= 1000;
      prefix++;
    }
    String number =
        prefix == 0
            ? BigDecimal.valueOf(value).setScale(0, RoundingMode.HALF_UP).toPlainString()
            : String.format(Locale.ROOT, "%.1f", rest);
    return number + " " + prefixes[prefix] + unit;
  }

  /** In the time zone of the reader. */
  public static String time(long epochSeconds) {
    return DATE_TIME.format(Instant.ofEpochSecond(epochSeconds).atZone(ZoneId.systemDefault()));
  }

  /** The end of a hash: its beginning is zeros where there is proof of work. */
  public static String shortHash(String hash) {
    return hash.length() <= SHORT_HASH ? hash : ".." + hash.substring(hash.length() - SHORT_HASH);
  }

  /** {@code 1 block}, {@code 2 blocks}. */
  public static String count(long number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }

  /** Names of wallets; the one of the unnamed wallet can be seen too. */
  public static String names(JsonNode wallets) {
    StringBuilder names = new StringBuilder();
    for (JsonNode name : wallets) {
      names.append(names.isEmpty() ? "" : ", ");
      names.append(name.asText().isEmpty() ? "\"\"" : name.asText());
    }
    return names.isEmpty() ? "none" : names.toString();
  }
}
