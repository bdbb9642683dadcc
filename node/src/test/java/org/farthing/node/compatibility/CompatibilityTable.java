package org.farthing.node.compatibility;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Writes the tables of {@code docs/compatibility.md} anew, from what the two programs say of
 * themselves. Arguments: Bitcoin Core's document, ours (both from {@code getopenrpcinfo true}), and
 * the page, whose text outside the markers stays.
 */
public final class CompatibilityTable {
  static final String BEGIN = "<!-- made by CompatibilityTable: begin -->";
  static final String END = "<!-- made by CompatibilityTable: end -->";

  /** Core writes its hidden methods in a category of their own, which is no subject. */
  private static final List<String> CATEGORIES =
      List.of(
          "blockchain",
          "control",
          "mining",
          "network",
          "rawtransactions",
          "util",
          "wallet",
          "signer",
          "zmq",
          "hidden");

  private final ApiDocument theirs;
  private final ApiDocument ours;
  private final StringBuilder out = new StringBuilder();

  CompatibilityTable(ApiDocument theirs, ApiDocument ours) {
    this.theirs = theirs;
    this.ours = ours;
  }

  public static void main(String[] args) throws IOException {
    if (args.length != 3) {
      throw new IllegalArgumentException("wanted: Core's document, ours, docs/compatibility.md");
    }
    Path page = Path.of(args[2]);
    String text = Files.readString(page);
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException(page + " has no place for the tables: " + BEGIN);
    }
    String tables =
        new CompatibilityTable(
                ApiDocument.read(Path.of(args[0])), ApiDocument.read(Path.of(args[1])))
            .render();
    Files.writeString(page, text.substring(0, begin) + BEGIN + "\n" + tables + text.substring(end));
  }

  String render() {
    summary();
    for (String category : CATEGORIES) {
      List<MethodShape> methods = inCategory(category);
      if (!methods.isEmpty()) {
        out.append("\n### ").append(category).append("\n\n");
        out.append("| method | parameters | fields | what differs |\n|---|---|---|---|\n");
        methods.forEach(this::row);
      }
    }
    ownMethods();
    return out.toString();
  }

  private List<MethodShape> inCategory(String category) {
    return theirs.methods().values().stream()
        .filter(method -> method.category().equals(category))
        .toList();
  }

  private Optional<MethodComparison> compare(MethodShape method) {
    return ours.find(method.name()).map(own -> MethodComparison.of(method, own));
  }

  private void summary() {
    out.append("Bitcoin Core ").append(theirs.version()).append(" beside Farthing ");
    out.append(ours.version()).append(".\n\n");
    out.append(
        "| category | methods of Core | here | of them complete | fields of Core | here |\n");
    out.append("|---|---|---|---|---|---|\n");
    int[] total = new int[5];
    for (String category : CATEGORIES) {
      int[] counts = new int[5];
      for (MethodShape method : inCategory(category)) {
        Optional<MethodComparison> comparison = compare(method);
        counts[0]++;
        counts[1] += comparison.isPresent() ? 1 : 0;
        counts[2] += comparison.filter(MethodComparison::isComplete).isPresent() ? 1 : 0;
        counts[3] += method.results().size();
        counts[4] += comparison.map(found -> (int) found.commonFields()).orElse(0);
      }
      if (counts[0] > 0) {
        summaryRow(category, counts);
        for (int i = 0; i < total.length; i++) {
          total[i] += counts[i];
        }
      }
    }
    summaryRow("**all**", total);
  }

  private void summaryRow(String name, int[] counts) {
    out.append("| ").append(name);
    for (int count : counts) {
      out.append(" | ").append(count);
    }
    out.append(" |\n");
  }

  private void row(MethodShape method) {
    String parameters = String.valueOf(method.parameters().size());
    String fields = String.valueOf(method.results().size());
    Optional<MethodComparison> found = compare(method);
    if (found.isEmpty()) {
      cells(method.name(), "–", "–", "**not here**: " + NotSupported.reason(method));
      return;
    }
    MethodComparison comparison = found.get();
    cells(
        method.name(),
        comparison.commonParameters() + " of " + parameters,
        comparison.commonFields() + " of " + fields,
        differences(comparison));
  }

  private void cells(String... cells) {
    out.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  private static String differences(MethodComparison comparison) {
    List<String> parts = new ArrayList<>();
    list("lacks parameter", comparison.missingParameters(), parts);
    list("lacks", comparison.missingFields(), parts);
    list("of another type", comparison.otherTypes(), parts);
    list("has parameter", comparison.ownParameters(), parts);
    list("has", comparison.ownFields(), parts);
    return String.join("; ", parts);
  }

  private static void list(String what, List<String> places, List<String> parts) {
    if (!places.isEmpty()) {
      String joined =
          String.join("`, `", places.stream().map(p -> p.isEmpty() ? "result" : p).toList());
      parts.add(what + " `" + joined + "`");
    }
  }

  private void ownMethods() {
    Map<String, MethodShape> own = new TreeMap<>(ours.methods());
    own.keySet().removeAll(theirs.methods().keySet());
    out.append("\n### Farthing's own\n\n| method | category |\n|---|---|\n");
    own.values().forEach(method -> cells(method.name(), method.category()));
  }
}
