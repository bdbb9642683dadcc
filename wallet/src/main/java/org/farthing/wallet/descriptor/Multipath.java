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

  /** In the path of a participant, and in the path of all together. */
  private static final Pattern TWICE_IN_MUSIG =
      Pattern.compile("musig\\([^()]*<[^()]*\\)[^,(){}]*<");

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
    if (TWICE_IN_MUSIG.matcher(body).find()) {
      throw DescriptorParser.invalid(
          "musig(): Cannot have multipath participant keys if musig() is also multipath");
    }
    List<String[]> steps = new ArrayList<>();
    int lastEnd = -1;
    for (Matcher matcher = STEP.matcher(body); matcher.find(); ) {
      String before = body.substring(0, matcher.start());
      if (before.lastIndexOf('[') > before.lastIndexOf(']')) {
        throw DescriptorParser.invalid(
            "Key path value '<%s>' specifies multipath in a section where multipath is not allowed"
                .formatted(matcher.group(1)));
      }
      if (lastEnd >= 0 && !before.substring(lastEnd).matches("(?s).*[,({].*")) {
        throw DescriptorParser.invalid("Multiple multipath key path specifiers found");
      }
      lastEnd = matcher.end();
      steps.add(checked(values(matcher.group(1))));
    }
    return steps;
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
