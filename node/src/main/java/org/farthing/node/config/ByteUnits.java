package org.farthing.node.config;

import java.math.BigInteger;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers of bytes as Bitcoin Core takes them: digits and one of {@code kKmMgGtT}. Small letters
 * count in thousands, capital ones in 1024s; without any it is {@code M}.
 */
final class ByteUnits {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,19})([kKmMgGtT]?)");
  private static final String PREFIXES = "kmgt";

  private ByteUnits() {}

  /** What an option says; 0 where it says nothing. */
  static long read(OptionReader in, Option option) throws ConfigException {
    String text = in.text(option).orElse("0");
    return bytes(text)
        .orElseThrow(
            () ->
                new ConfigException("Unable to parse -" + option.squeezed() + ": '" + text + "'"));
  }

  /** The number; empty where the text is none, or too large for 63 bits. */
  static OptionalLong bytes(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return OptionalLong.empty();
    }
    String unit = form.group(2).isEmpty() ? "M" : form.group(2);
    BigInteger bytes = new BigInteger(form.group(1)).multiply(size(unit.charAt(0)));
    return bytes.bitLength() < Long.SIZE
        ? OptionalLong.of(bytes.longValue())
        : OptionalLong.empty();
  }

  private static BigInteger size(char unit) {
    char small = Character.toLowerCase(unit);
    int power = PREFIXES.indexOf(small) + 1;
    return BigInteger.valueOf(unit == small ? 1000 : 1024).pow(power);
  }
}
