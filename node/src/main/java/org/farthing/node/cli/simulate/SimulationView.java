package org.farthing.node.cli.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import org.farthing.node.cli.terminal.Table;
import org.farthing.node.cli.terminal.Terminal;
import org.farthing.node.cli.terminal.Text;

/** The report of a simulation as tables. */
public final class SimulationView {
  private static final String[] PERCENTS = {"50", "90", "99", "100"};

  private SimulationView() {}

  public static void print(JsonNode report, Terminal terminal) {
    JsonNode blocks = report.path("blocks");
    terminal.println(
        "%d nodes, %s minutes, seed %d: %d blocks found, %d of them stale; %d connections"
            .formatted(
                report.path("nodes").asInt(),
                plain(report.path("minutes").asDouble()),
                report.path("seed").asLong(),
                blocks.path("found").asInt(),
                blocks.path("stale").asInt(),
                report.path("connections").asInt()));
    terminal.println(
        blocks.path("tipsInTheEnd").asInt() == 1
            ? "all nodes agree, at height " + blocks.path("height").asInt()
            : blocks.path("tipsInTheEnd").asInt() + " tips in the end");
    terminal.println("");
    printSpread(report, terminal);
    printBytes(report.path("bytesOfEachNode"), terminal);
    printPartitions(report, terminal);
    printSpies(report.path("spies"), terminal);
    printAttackers(report.path("attackers"), terminal);
    terminal.println(
        "%d events, trace %s"
            .formatted(report.path("events").asLong(), report.path("trace").asText()));
    JsonNode machine = report.path("machine");
    terminal.println(
        "%s s of this machine, %s of heap"
            .formatted(
                plain(machine.path("seconds").asDouble()),
                Text.scaled(machine.path("heapBytes").asDouble(), "B")));
  }

  private static void printSpread(JsonNode report, Terminal terminal) {
    Table table =
        new Table()
            .left("SECONDS UNTIL NODES HAVE IT")
            .right("50 %")
            .right("90 %")
            .right("99 %")
            .right("ALL");
    for (String what : new String[] {"blocks", "transactions"}) {
      JsonNode spread = report.path(what).path("secondsToShareOfNodes");
      for (String ofThem : new String[] {"50", "99"}) {
        String[] row = new String[PERCENTS.length + 1];
        row[0] = what + ", " + ofThem + " % of them";
        for (int i = 0; i < PERCENTS.length; i++) {
          row[i + 1] = plain(spread.path(PERCENTS[i]).path(ofThem).asDouble());
        }
        table.row(row);
      }
    }
    table.print(terminal);
    terminal.println("");
  }

  private static void printBytes(JsonNode bytes, Terminal terminal) {
    Table table =
        new Table().left("BYTES OF A NODE").right("50 %").right("90 %").right("99 %").right("MOST");
    for (String way : new String[] {"sent", "received"}) {
      String[] row = new String[PERCENTS.length + 1];
      row[0] = way;
      for (int i = 0; i < PERCENTS.length; i++) {
        row[i + 1] = Text.scaled(bytes.path(way).path(PERCENTS[i]).asDouble(), "B");
      }
      table.row(row);
    }
    table.print(terminal);
    terminal.println("");
  }

  private static void printPartitions(JsonNode report, Terminal terminal) {
    for (JsonNode partition : report.path("partitions")) {
      terminal.println(
          "a partition of %s minutes ended with %d tips; all agreed after %s s"
              .formatted(
                  plain(partition.path("minutes").asDouble()),
                  partition.path("tipsAtItsEnd").asInt(),
                  plain(partition.path("secondsUntilAllAgree").asDouble())));
    }
    if (report.path("partitionsNotHealed").asInt() > 0) {
      terminal.println(
          report.path("partitionsNotHealed").asInt() + " partitions: never all agreed");
    }
  }

  private static void printSpies(JsonNode spies, Terminal terminal) {
    if (spies.path("count").asInt() > 0) {
      terminal.println(
          "%d spies named the origin of %d of the %d transactions that they heard of"
              .formatted(
                  spies.path("count").asInt(),
                  spies.path("originsGuessed").asInt(),
                  spies.path("transactionsHeardOf").asInt()));
    }
  }

  private static void printAttackers(JsonNode attackers, Terminal terminal) {
    if (attackers.isEmpty()) {
      return;
    }
    Table table =
        new Table().left("ATTACK").right("CONNECTIONS").right("DROPPED BY OTHERS").right("REFUSED");
    for (Map.Entry<String, JsonNode> each : attackers.properties()) {
      JsonNode tally = each.getValue();
      table.row(
          each.getKey(),
          tally.path("connected").asText(),
          tally.path("dropped").asText(),
          tally.path("refused").asText());
    }
    terminal.println("");
    table.print(terminal);
    terminal.println("");
  }

  private static String plain(double value) {
    return value == Math.rint(value)
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.3f", value);
  }
}
