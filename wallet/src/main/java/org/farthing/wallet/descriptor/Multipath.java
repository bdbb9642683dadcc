package org.farthing.wallet.descriptor;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.farthing.wallet.error.WalletException;

/** Steps such as {@code <0;1>} in key paths, each of which makes several descriptors (BIP-0389). */
final class Multipath {
  private static final Pattern STEP = Pattern.compile("/<([^<>/]*)>(?=[/,)}\\]]|$)");

  private static final String MUSIG = "musig(";

  private Multipath() {}

  /** The descriptors that a text stands for: the first with all first steps, and so on. */
  static List<String> expand(String body) throws WalletException {
    List<String[]> steps = steps(body);
    int count = steps.stream().mapToInt(values -> values.length).max().orElse(1);
    if (steps.stream().anyMatch(values -> values.length != count)) {
      throw DescriptorParser.invalid("multi(): Multipath derivation paths have mismatched lengths");
    }
    List<String> expanded = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = i;
      expanded.add(STEP.matcher(body).replaceAll(step -> "/" + values(step.group(1))[number]));
    }
    return expanded;
  }

  private static List<String[]> steps(String body) throws WalletException {
    if (isTwiceInMusig(body)) {
      throw DescriptorParser.invalid(
          "musig(): Cannot have multipath participant keys if musig() is also multipath");
    }
    List<String[]> steps = new ArrayList<>();
    int lastEnd = 0;
    boolean inOrigin = false;
    for (Matcher matcher = STEP.matcher(body); matcher.find(); ) {
      boolean sameKey = !steps.isEmpty();
      for (int at = lastEnd; at < matcher.start(); at++) {
        char c = body.charAt(at);
        inOrigin = c == '[' || (inOrigin && c != ']');
        sameKey &= ",({".indexOf(c) < 0;
      }
      if (inOrigin) {
        throw DescriptorParser.invalid(
            "Key path value '<%s>' specifies multipath in a section where multipath is not allowed"
                .formatted(matcher.group(1)));
      }
      if (sameKey) {
        throw DescriptorParser.invalid("Multiple multipath key path specifiers found");
      }
      lastEnd = matcher.end();
      steps.add(checked(values(matcher.group(1))));
    }
    return steps;
  }

  /** In the path of a participant, and in the path of all together. */
  private static boolean isTwiceInMusig(String body) {
    for (int at = body.indexOf(MUSIG); at >= 0; at = body.indexOf(MUSIG, at + 1)) {
      int from = at + MUSIG.length();
      int close = endOf(body, from, "()");
      if (body.startsWith(")", close)
          && has(body, '<', from, close)
          && has(body, '<', close, endOf(body, close + 1, ",(){}"))) {
        return true;
      }
    }
    return false;
  }

  /** Where the first of some characters stands, or the end of the text. */
  private static int endOf(String text, int from, String characters) {
    int at = from;
    while (at < text.length() && characters.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return at;
  }

  private static boolean has(String text, char wanted, int from, int end) {
    for (int at = from; at < end; at++) {
      if (text.charAt(at) == wanted) {
        return true;
      }
    }
    return false;
  }

  private static String[] values(String list) {
    return list.split(";", -1);
  }

  private static String[] checked(String[] values) throws WalletException {
    if (values.length < 2) {
      throw DescriptorParser.invalid("Multipath key path specifiers must have at least two items");
    }
    HashSet<Integer> seen = new HashSet<>();
    for (String value : values) {
      int step = KeyParser.step(value);
      if (!seen.add(step)) {
        throw DescriptorParser.invalid(
            "Duplicated key path value %s in multipath specifier"
                .formatted(Integer.toUnsignedString(step)));
      }
    }
    return values;
  }
}
