package org.farthing.node.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
  private final StringWriter out = new StringWriter();

  private Terminal terminal(String terminals, boolean colours) {
    return new Terminal(
        new BufferedReader(new StringReader("")),
        new PrintWriter(out, true),
        new PrintWriter(new StringWriter(), true),
        terminals,
        colours);
  }

  @Test
  void columnsAreAsWideAsTheirWidestCell() {
    Table table = new Table().left("name").right("coins").left("note");
    table.row("alice", "50.00000000", "");
    table.row("b", "1.5", "first");
    table.print(terminal("", true));
    assertThat(out.toString().lines())
        .containsExactly(
            "name         coins  note", //
            "alice  50.00000000",
            "b              1.5  first");
  }

  @Test
  void rowsMayHaveLinesBelow() {
    Table table = new Table().left("name").right("coins");
    table.row("alice", "2");
    table.row("b", "15");
    table.print(terminal("", true), row -> List.of("  line " + row, "  further"));
    assertThat(out.toString().lines())
        .containsExactly(
            "name   coins", //
            "alice      2",
            "  line 0",
            "  further",
            "b         15",
            "  line 1",
            "  further");
  }

  @Test
  void titlesAreLeftOutWhereThereAreNone() {
    Table table = new Table().left("").right("");
    table.row("peers", "3");
    table.print(terminal("", true));
    assertThat(out).hasToString("peers  3" + System.lineSeparator());
  }

  @Test
  void onlyATerminalThatWantsThemGetsColours() {
    Table table = new Table().left("name");
    table.row("x");
    table.print(terminal("1", true));
    assertThat(out.toString()).contains("\u001b[1mname\u001b[0m");
    out.getBuffer().setLength(0);
    table.print(terminal("1", false));
    table.print(terminal("02", true));
    assertThat(out.toString()).doesNotContain("\u001b");
  }

  @Test
  void aRowHasACellForEachColumn() {
    Table table = new Table().left("a").left("b");
    assertThatThrownBy(() -> table.row("one")).isInstanceOf(IllegalArgumentException.class);
  }
}
