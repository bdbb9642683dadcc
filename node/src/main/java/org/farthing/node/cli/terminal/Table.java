package org.farthing.node.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Columns of text, each as wide as its widest cell, with two spaces between them. */
public final class Table {
  private final List<Column> columns = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();

  private record Column(String title, boolean rightAligned) {}

  public Table left(String title) {
    columns.add(new Column(title, false));
    return this;
  }

  /** For numbers. */
  public Table right(String title) {
    columns.add(new Column(title, true));
    return this;
  }

  public void row(String... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(cells.length + " cells, " + columns.size() + " columns");
    }
    rows.add(List.of(cells));
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  public void print(Terminal terminal) {
    lines(terminal).forEach(terminal::println);
  }

  /**
   * @param below lines that follow a row, by its number from 0
   */
  public void print(Terminal terminal, IntFunction<List<String>> below) {
    List<String> lines = lines(terminal);
    int titles = lines.size() - rows.size();
    for (int i = 0; i < lines.size(); i++) {
      terminal.println(lines.get(i));
      if (i >= titles) {
        below.apply(i - titles).forEach(terminal::println);
      }
    }
  }

  /** The lines, the titles first if there are any. */
  public List<String> lines(Terminal terminal) {
    List<String> lines = new ArrayList<>();
    List<String> titles = columns.stream().map(Column::title).toList();
    if (titles.stream().anyMatch(title -> !title.isEmpty())) {
      lines.add(terminal.styled(Style.BOLD, line(titles)));
    }
    rows.forEach(row -> lines.add(line(row)));
    return lines;
  }

  private String line(List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String padding = " ".repeat(width(i) - cells.get(i).length());
      line.append(i == 0 ? "" : "  ");
      if (columns.get(i).rightAligned()) {
        line.append(padding).append(cells.get(i));
      } else {
        line.append(cells.get(i)).append(padding);
      }
    }
    return line.toString().stripTrailing();
  }

  private int width(int column) {
    int title = columns.get(column).title().length();
    return rows.stream().mapToInt(row -> row.get(column).length()).reduce(title, Math::max);
  }
}
