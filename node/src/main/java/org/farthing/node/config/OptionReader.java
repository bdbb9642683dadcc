package org.farthing.node.config;

import java.math.BigInteger;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.primitives.Amount;

/** Typed values of options, from several sources of which earlier ones win. */
public final class OptionReader {
  private static final int MAX_PORT = 65_535;
  private static final int HEX_RADIX = 16;

  private final List<OptionValues> sources;

  public OptionReader(List<OptionValues> sources) {
    this.sources = List.copyOf(sources);
  }

  /** The same, with one more source that yields to all others. */
  public OptionReader with(OptionValues last) {
    List<OptionValues> more = new ArrayList<>(sources);
    more.add(last);
    return new OptionReader(more);
  }

  /** The same, as if no source said anything of this option. */
  public OptionReader without(Option option) {
    return new OptionReader(sources.stream().map(source -> source.without(option)).toList());
  }

  public boolean has(Option option) {
    return sources.stream().anyMatch(source -> source.has(option));
  }

  public Optional<String> text(Option option) {
    return sources.stream()
        .filter(source -> source.has(option))
        .findFirst()
        .flatMap(source -> source.all(option).stream().findFirst());
  }

  /**
   * The values of all sources together, up to one that says that earlier ones don't count: lists
   * grow where single values would be replaced.
   */
  public List<String> all(Option option) {
    return allAsGiven(option).stream().distinct().toList();
  }

  /** The same, with each value as often as it was given. */
  List<String> allAsGiven(Option option) {
    List<String> all = new ArrayList<>();
    for (OptionValues source : sources) {
      all.addAll(source.all(option));
      if (source.isNegated(option)) {
        break;
      }
    }
    return List.copyOf(all);
  }

  /** Whether a source says that the option is not to be, and none before it says what it is. */
  public boolean isNegated(Option option) {
    return all(option).isEmpty() && sources.stream().anyMatch(source -> source.isNegated(option));
  }

  /** Whether the last word on an option of one value is that it is not to be. */
  boolean isOff(Option option) {
    return sources.stream()
        .filter(source -> source.has(option))
        .findFirst()
        .map(source -> source.isNegated(option))
        .orElse(false);
  }

  public Optional<Path> path(Option option) throws ConfigException {
    Optional<String> text = text(option);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      String path = text.get();
      boolean home = path.equals("~") || path.startsWith("~/");
      return Optional.of(
          Path.of(home ? System.getProperty("user.home") + path.substring(1) : path));
    } catch (InvalidPathException e) {
      throw wrong(option, text.get(), "a path");
    }
  }

  public boolean flag(Option option, boolean fallback) throws ConfigException {
    Optional<String> text = text(option);
    if (text.isEmpty()) {
      return fallback;
    }
    return switch (text.get().toLowerCase(Locale.ROOT)) {
      case "", "1", "true", "yes", "on" -> true;
      case "0", "false", "no", "off" -> false;
      default -> throw wrong(option, text.get(), "1 or 0");
    };
  }

  int port(Option option, int fallback) throws ConfigException {
    return integer(option, fallback, 0, MAX_PORT);
  }

  int integer(Option option, int fallback, int least, int most) throws ConfigException {
    return (int) number(option, fallback, least, most);
  }

  long number(Option option, long fallback, long least, long most) throws ConfigException {
    Optional<String> text = text(option);
    if (text.isEmpty()) {
      return fallback;
    }
    String wanted = "a whole number from " + least + " to " + most;
    try {
      long value = Long.parseLong(text.get());
      if (value < least || value > most) {
        throw wrong(option, text.get(), wanted);
      }
      return value;
    } catch (NumberFormatException e) {
      throw wrong(option, text.get(), wanted);
    }
  }

  /** A number above zero, which need not be whole. */
  double positive(Option option, double fallback) throws ConfigException {
    Optional<String> text = text(option);
    if (text.isEmpty()) {
      return fallback;
    }
    if (text.get().matches("[0-9]{1,18}([.][0-9]{1,18})?([eE]-?[0-9]{1,2})?")
        && Double.parseDouble(text.get()) > 0) {
      return Double.parseDouble(text.get());
    }
    throw wrong(option, text.get(), "a number above 0");
  }

  /** Empty where no source says anything. */
  OptionalLong optionalNumber(Option option, long least, long most) throws ConfigException {
    return has(option) ? OptionalLong.of(number(option, least, least, most)) : OptionalLong.empty();
  }

  /** Empty where no source says anything. */
  OptionalInt optionalInteger(Option option, int least, int most) throws ConfigException {
    return has(option) ? OptionalInt.of(integer(option, least, least, most)) : OptionalInt.empty();
  }

  /** Empty where no source says anything. */
  OptionalLong optionalAmountSat(Option option) throws ConfigException {
    return has(option) ? OptionalLong.of(amountSat(option, 0)) : OptionalLong.empty();
  }

  /** Hexadecimal digits, with or without {@code 0x}, as a number. */
  Optional<BigInteger> hex(Option option) throws ConfigException {
    Optional<String> text = text(option);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String digits = text.get().replaceFirst("^0[xX]", "");
    if (digits.isEmpty()) {
      return Optional.of(BigInteger.ZERO);
    }
    if (!digits.matches("[0-9a-fA-F]{1,64}")) {
      throw wrong(option, text.get(), "at most 64 hexadecimal digits");
    }
    return Optional.of(new BigInteger(digits, HEX_RADIX));
  }

  long amountSat(Option option, long fallbackSat) throws ConfigException {
    Optional<String> text = text(option);
    if (text.isEmpty()) {
      return fallbackSat;
    }
    try {
      long sat = Amount.parse(text.get());
      if (!Amount.isInRange(sat)) {
        throw wrong(option, text.get(), "an amount of coins");
      }
      return sat;
    } catch (DecodeException e) {
      throw wrong(option, text.get(), "an amount of coins");
    }
  }

  <E extends Enum<E>> E choice(Option option, E fallback) throws ConfigException {
    Optional<String> text = text(option);
    if (text.isEmpty()) {
      return fallback;
    }
    E[] all = fallback.getDeclaringClass().getEnumConstants();
    for (E one : all) {
      if (one.name().equalsIgnoreCase(text.get())) {
        return one;
      }
    }
    throw wrong(
        option,
        text.get(),
        Arrays.stream(all)
            .map(one -> one.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", ")));
  }

  private static ConfigException wrong(Option option, String value, String wanted) {
    return new ConfigException(option.label() + ": expected " + wanted + ", not '" + value + "'");
  }
}
