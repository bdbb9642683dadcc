package org.farthing.node.rpc.spec;

import java.util.ArrayList;
import java.util.List;

/** Lines of two columns, of which the right one begins where all left ones have ended. */
final class HelpColumns {
  private static final int GAP = 4;

  private final List<Line> lines = new ArrayList<>();

  private record Line(String left, String right) {}

  void add(String left, String right) {
    lines.add(new Line(left, right.strip()));
  }

  /** The last thing in an object or array has no comma after it. */
  void dropLastComma() {
    int last = lines.size() - 1;
    Line line = lines.get(last);
    if (line.left().endsWith(",")) {
      lines.set(last, new Line(line.left().substring(0, line.left().length() - 1), line.right()));
    }
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  @Override
  public String toString() {
    int width = lines.stream().mapToInt(line -> line.left().length()).max().orElse(0) + GAP;
    StringBuilder out = new StringBuilder();
    for (Line line : lines) {
      out.append(line.left());
      if (!line.right().isEmpty()) {
        out.append(" ".repeat(width - line.left().length()));
        out.append(line.right().replaceAll("\n *", "\n" + " ".repeat(width)));
      }
      out.append('\n');
    }
    return out.toString();
  }
}
