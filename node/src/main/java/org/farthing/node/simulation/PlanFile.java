package org.farthing.node.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.farthing.node.simulation.SimulationPlan.Attackers;
import org.farthing.node.simulation.SimulationPlan.Broadcast;
import org.farthing.node.simulation.SimulationPlan.Events;
import org.farthing.node.simulation.SimulationPlan.Extent;
import org.farthing.node.simulation.SimulationPlan.Hiding;
import org.farthing.node.simulation.SimulationPlan.Link;
import org.farthing.node.simulation.SimulationPlan.Machinery;
import org.farthing.node.simulation.SimulationPlan.Mining;
import org.farthing.node.simulation.SimulationPlan.Network;
import org.farthing.node.simulation.SimulationPlan.Partition;
import org.farthing.node.simulation.SimulationPlan.Payments;
import org.farthing.node.simulation.SimulationPlan.Relay;
import org.farthing.node.simulation.SimulationPlan.Unrest;
import org.farthing.node.simulation.SimulationPlan.Wiring;
import org.farthing.node.simulation.adversary.Attack;

/**
 * A plan as a file has it: one JSON object, in which everything may be left out. {@code
 * docs/network.md} says what its fields mean.
 */
public final class PlanFile {
  private static final double MINUTE = 60_000;
  private static final double SECOND = 1000;

  private PlanFile() {}

  /**
   * @throws IllegalArgumentException with what is wrong, for people
   */
  public static SimulationPlan read(JsonNode json) {
    Fields file = new Fields("the plan", json);
    int nodes = (int) file.number("nodes", 100);
    SimulationPlan usual = SimulationPlan.of((long) file.number("seed", 1), nodes);
    SimulationPlan plan =
        new SimulationPlan(
            extent(file, usual.extent()),
            new Network(
                geography(file, usual.network().geography()),
                wiring(file, usual.network().wiring()),
                relay(file, usual.network().relay())),
            new Events(
                mining(file.object("mining"), usual.events().mining()),
                payments(file.object("payments"), usual.events().payments()),
                unrest(file, usual.events().unrest()),
                attackers(file)),
            new Machinery(
                Math.round(file.number("tickMillis", (double) usual.machinery().tickMillis())),
                false));
    file.end();
    return plan;
  }

  private static Extent extent(Fields file, Extent usual) {
    return new Extent(
        usual.seed(),
        usual.nodes(),
        Math.round(file.number("warmUpMinutes", usual.warmUpMillis() / MINUTE) * MINUTE),
        Math.round(file.number("minutes", usual.runMillis() / MINUTE) * MINUTE));
  }

  private static Geography geography(Fields file, Geography usual) {
    List<Geography.Region> regions = new ArrayList<>();
    for (Fields each : file.list("regions")) {
      List<Double> latency = new ArrayList<>();
      each.raw("latencyMillis").forEach(millis -> latency.add(millis.asDouble()));
      regions.add(
          new Geography.Region(
              each.text("name", ""),
              each.number("share", 1),
              each.number("upMbit", 0),
              each.number("downMbit", 0),
              latency));
      each.end();
    }
    return new Geography(
        regions.isEmpty() ? usual.regions() : regions,
        file.number("connectionSigma", usual.connectionSigma()),
        file.number("messageSigma", usual.messageSigma()));
  }

  private static Wiring wiring(Fields file, Wiring usual) {
    List<Link> links = new ArrayList<>();
    for (JsonNode link : file.raw("links")) {
      if (link.size() != 2) {
        throw new IllegalArgumentException("a link is a pair of numbers, not " + link);
      }
      links.add(new Link(link.get(0).asInt(-1), link.get(1).asInt(-1)));
    }
    return new Wiring(
        (int) file.number("knownAddresses", usual.knownAddresses()),
        links,
        Math.round(file.number("clockSpreadSeconds", 0) * SECOND));
  }

  private static Relay relay(Fields file, Relay usual) {
    return new Relay(
        file.flag("compactBlocks", usual.compactBlocks()),
        file.number("spies", usual.spies()),
        new Hiding(
            broadcast(file.text("broadcast", usual.hiding().broadcast().label())),
            file.number("onions", usual.hiding().onions())));
  }

  private static Broadcast broadcast(String label) {
    return Arrays.stream(Broadcast.values())
        .filter(each -> each.label().equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no broadcast '" + label + "'"));
  }

  private static Mining mining(Fields json, Mining usual) {
    Mining mining =
        new Mining(
            json.number("blockSeconds", usual.blockSeconds()),
            (int) json.number("miners", usual.miners()));
    json.end();
    return mining;
  }

  private static Payments payments(Fields json, Payments usual) {
    Payments payments =
        new Payments(
            json.number("perMinute", usual.perMinute()), (int) json.number("bytes", usual.bytes()));
    json.end();
    return payments;
  }

  private static Unrest unrest(Fields file, Unrest usual) {
    List<Partition> partitions = new ArrayList<>();
    for (Fields each : file.list("partitions")) {
      partitions.add(
          new Partition(
              Math.round(each.number("atMinute", 0) * MINUTE),
              Math.round(each.number("minutes", 60) * MINUTE),
              each.number("share", 0.5)));
      each.end();
    }
    return new Unrest(
        partitions,
        file.number("leavesPerHour", usual.leavesPerHour()),
        Math.round(file.number("awayMinutes", usual.awayMillis() / MINUTE) * MINUTE),
        file.number("lostConnectionsPerHour", usual.cutsPerHour()));
  }

  private static List<Attackers> attackers(Fields file) {
    List<Attackers> attackers = new ArrayList<>();
    for (Fields each : file.list("attackers")) {
      String kind = each.text("kind", "");
      Attack attack =
          Attack.of(kind)
              .orElseThrow(() -> new IllegalArgumentException("there is no attack '" + kind + "'"));
      attackers.add(new Attackers(attack, each.number("share", 0.3)));
      each.end();
    }
    return attackers;
  }

  /** The fields of an object; in the end none may be left that nobody has asked for. */
  private static final class Fields {
    private final String name;
    private final JsonNode json;
    private final Set<String> unread = new TreeSet<>();

    Fields(String name, JsonNode json) {
      this.name = name;
      this.json = json;
      if (!json.isObject() && !json.isMissingNode()) {
        throw new IllegalArgumentException(name + " is no JSON object");
      }
      json.fieldNames().forEachRemaining(unread::add);
    }

    JsonNode raw(String field) {
      unread.remove(field);
      return json.path(field);
    }

    double number(String field, double usual) {
      JsonNode value = raw(field);
      if (!value.isMissingNode() && !value.isNumber()) {
        throw new IllegalArgumentException(field + " of " + name + " is no number: " + value);
      }
      return value.asDouble(usual);
    }

    boolean flag(String field, boolean usual) {
      JsonNode value = raw(field);
      if (!value.isMissingNode() && !value.isBoolean()) {
        throw new IllegalArgumentException(field + " of " + name + " is not true or false");
      }
      return value.asBoolean(usual);
    }

    String text(String field, String usual) {
      return raw(field).asText(usual);
    }

    Fields object(String field) {
      return new Fields(field, raw(field));
    }

    List<Fields> list(String field) {
      List<Fields> all = new ArrayList<>();
      raw(field).forEach(each -> all.add(new Fields("an entry of " + field, each)));
      return all;
    }

    void end() {
      if (!unread.isEmpty()) {
        throw new IllegalArgumentException(name + " has no field " + String.join(", ", unread));
      }
    }
  }
}
