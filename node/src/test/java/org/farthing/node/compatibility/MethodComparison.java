package org.farthing.node.compatibility;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * One method, Bitcoin Core's beside ours.
 *
 * @param missingParameters names of parameters that only Core's takes
 * @param ownParameters names of parameters that only ours takes
 * @param missingFields places in the answer that only Core's has; what stands inside a missing one
 *     is not listed again
 * @param ownFields places that only ours has
 * @param otherTypes places where the JSON types differ: {@code place: theirs, ours}
 */
record MethodComparison(
    MethodShape theirs,
    List<String> missingParameters,
    List<String> ownParameters,
    List<String> missingFields,
    List<String> ownFields,
    List<String> otherTypes) {

  static MethodComparison of(MethodShape theirs, MethodShape ours) {
    return new MethodComparison(
        theirs,
        parametersWithout(theirs, ours),
        parametersWithout(ours, theirs),
        fieldsWithout(theirs, ours),
        fieldsWithout(ours, theirs),
        otherTypes(theirs, ours));
  }

  private static List<String> parametersWithout(MethodShape of, MethodShape in) {
    return of.parameters().stream()
        .filter(names -> !in.takes(names))
        .map(names -> names.get(0))
        .toList();
  }

  private static List<String> fieldsWithout(MethodShape of, MethodShape in) {
    List<String> missing = new ArrayList<>();
    for (String place : of.results().keySet()) {
      boolean outerIsMissing =
          missing.stream()
              .anyMatch(outer -> place.startsWith(outer + ".") || place.startsWith(outer + "["));
      if (!in.results().containsKey(place) && !outerIsMissing) {
        missing.add(place);
      }
    }
    return missing;
  }

  private static List<String> otherTypes(MethodShape theirs, MethodShape ours) {
    List<String> different = new ArrayList<>();
    theirs
        .results()
        .forEach(
            (place, types) -> {
              Set<String> own = ours.results().getOrDefault(place, new TreeSet<>(types));
              if (!own.equals(types)) {
                different.add(
                    "%s: %s, ours %s"
                        .formatted(
                            place.isEmpty() ? "result" : place,
                            String.join("/", types),
                            String.join("/", own)));
              }
            });
    return different;
  }

  int commonParameters() {
    return theirs.parameters().size() - missingParameters.size();
  }

  /** How many places both answers have. */
  long commonFields() {
    return theirs.results().keySet().stream().filter(this::isCommon).count();
  }

  private boolean isCommon(String place) {
    return missingFields.stream()
        .noneMatch(
            missing ->
                place.equals(missing)
                    || place.startsWith(missing + ".")
                    || place.startsWith(missing + "["));
  }

  boolean isComplete() {
    return missingParameters.isEmpty() && missingFields.isEmpty() && otherTypes.isEmpty();
  }
}
