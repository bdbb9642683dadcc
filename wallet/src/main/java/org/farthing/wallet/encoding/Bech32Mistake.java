package org.farthing.wallet.encoding;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.farthing.wallet.encoding.Bech32.Variant;

/**
 * What is wrong with a text that should be Bech32, and where, in Bitcoin Core's words. Of a wrong
 * checksum one or two mistyped characters are found: the code tells all patterns of up to four
 * apart from none, so of the patterns with up to two only one fits. What the characters should be
 * is not said: who types them has to look.
 *
 * @param positions indexes in the text, ascending; empty where nobody can tell
 */
public record Bech32Mistake(String message, List<Integer> positions) {
  public Bech32Mistake {
    positions = List.copyOf(positions);
  }

  /**
   * Finds the mistake in a text that {@link Bech32#decode} refuses; one byte for each character.
   */
  public static Bech32Mistake of(String text) {
    if (text.length() > Bech32.MAX_LENGTH) {
      return new Bech32Mistake(
          "Bech32 string too long",
          IntStream.range(Bech32.MAX_LENGTH, text.length()).boxed().toList());
    }
    List<Integer> unreadable = unreadable(text);
    if (!unreadable.isEmpty()) {
      return new Bech32Mistake("Invalid character or mixed case", unreadable);
    }
    int separator = text.lastIndexOf('1');
    if (separator < 0) {
      return new Bech32Mistake("Missing separator", List.of());
    }
    if (separator == 0 || text.length() - separator - 1 < Bech32.CHECKSUM_LENGTH) {
      return new Bech32Mistake("Invalid separator position", List.of(separator));
    }
    String lower = text.toLowerCase(Locale.ROOT);
    byte[] values = new byte[lower.length() - separator - 1];
    for (int i = 0; i < values.length; i++) {
      int value = Bech32.CHARSET.indexOf(lower.charAt(separator + 1 + i));
      if (value < 0) {
        return new Bech32Mistake("Invalid Base 32 character", List.of(separator + 1 + i));
      }
      values[i] = (byte) value;
    }
    return checksum(lower, Bech32.polymod(lower.substring(0, separator), values), values.length);
  }

  /** Characters that no text has, and those whose case is not that of the first letter. */
  private static List<Integer> unreadable(String text) {
    Optional<Boolean> upper =
        text.chars()
            .mapToObj(c -> (char) c)
            .filter(Bech32Mistake::isLetter)
            .findFirst()
            .map(c -> c < 'a');
    return IntStream.range(0, text.length())
        .filter(
            i -> {
              char c = text.charAt(i);
              return c < 33 || c > 126 || (isLetter(c) && upper.orElseThrow() != (c < 'a'));
            })
        .boxed()
        .toList();
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  /** Of the two variants the one that is fewer characters away. */
  private static Bech32Mistake checksum(String text, int state, int length) {
    int[][] single = singleErrors(length);
    List<Integer> bech32 = wrongPlaces(state ^ Variant.BECH32.residue, single);
    List<Integer> bech32m = wrongPlaces(state ^ Variant.BECH32M.residue, single);
    boolean second = !bech32m.isEmpty() && (bech32.isEmpty() || bech32m.size() < bech32.size());
    String name = second ? "Bech32m " : bech32.isEmpty() ? "" : "Bech32 ";
    List<Integer> positions =
        (second ? bech32m : bech32)
            .stream().map(place -> text.length() - 1 - place).sorted().toList();
    return new Bech32Mistake("Invalid " + name + "checksum", positions);
  }

  /** What a wrong value changes in the checksum's state, by its place from the end and by value. */
  private static int[][] singleErrors(int length) {
    int[][] changes = new int[length][Bech32.CHARSET.length()];
    for (int value = 1; value < Bech32.CHARSET.length(); value++) {
      int change = value;
      for (int place = 0; place < length; place++) {
        changes[place][value] = change;
        change = Bech32.step(change, 0);
      }
    }
    return changes;
  }

  /** The one or two places from the end where changes add up to this one. */
  private static List<Integer> wrongPlaces(int change, int[][] single) {
    Map<Integer, Integer> placeOf = new HashMap<>();
    for (int place = 0; place < single.length; place++) {
      for (int value = 1; value < single[place].length; value++) {
        placeOf.put(single[place][value], place);
      }
    }
    if (placeOf.containsKey(change)) {
      return List.of(placeOf.get(change));
    }
    for (int place = 0; place < single.length; place++) {
      for (int value = 1; value < single[place].length; value++) {
        Integer other = placeOf.get(change ^ single[place][value]);
        if (other != null) {
          return List.of(place, other);
        }
      }
    }
    return Collections.emptyList();
  }
}
