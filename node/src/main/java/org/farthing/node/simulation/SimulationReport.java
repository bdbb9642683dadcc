package org.farthing.node.simulation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.simulation.Spreads.Journey;
import org.farthing.node.simulation.adversary.Adversary;
import org.farthing.node.simulation.adversary.Attack;

/** What came out of a simulation. */
public final class SimulationReport {
  private static final double MILLIS = 1000;
  private static final double MINUTE = 60_000;
  private static final int[] PERCENTS = {50, 90, 99, 100};

  private final SimulationPlan plan;
  private final Trace trace;
  private final Agreement agreement;
  private final Load load;
  private final Strangers strangers;

  /**
   * All that happened.
   *
   * @param sha256 in hexadecimal digits: two runs that have it in common were the same
   */
  public record Trace(String sha256, long events) {}

  /**
   * @param found blocks that were the tip of some node
   * @param stale of these, those that are not in the chain in the end
   * @param tips how many different tips nodes have in the end
   */
  record Blocks(int found, int stale, int height, int tips, List<Journey<BlockHash>> journeys) {}

  record Transactions(int begun, int refused, List<Journey<Txid>> journeys) {}

  /**
   * A partition that is over.
   *
   * @param before what nodes had when it ended
   * @param millis until all nodes had the same
   */
  record Healing(SimulationPlan.Partition partition, Tips before, long millis) {}

  /**
   * The tips of all nodes. Of two at one height neither is better before the next block.
   *
   * @param count how many different ones
   */
  record Tips(int count, int lowest, int highest) {}

  /** How nodes came to have the same. */
  record Agreement(Blocks blocks, Transactions transactions, List<Healing> healings) {
    Agreement {
      healings = List.copyOf(healings);
    }
  }

  /**
   * What it took.
   *
   * @param connections of the whole network
   * @param peers of each node
   * @param sent bytes of each node
   * @param received bytes of each node
   */
  record Load(
      int connections,
      Distribution peers,
      Distribution sent,
      Distribution received,
      Meter meter,
      Bounds bounds) {}

  /** How it went for those who do not only want to have the same as others. */
  record Strangers(Map<Attack, Adversary.Tally> attackers, Spies.Result spies) {}

  SimulationReport(
      SimulationPlan plan, Trace trace, Agreement agreement, Load load, Strangers strangers) {
    this.plan = plan;
    this.trace = trace;
    this.agreement = agreement;
    this.load = load;
    this.strangers = strangers;
  }

  public Trace trace() {
    return trace;
  }

  /** How many nodes there were, attackers among them. */
  public int nodes() {
    return plan.extent().nodes();
  }

  /** How many different tips nodes have in the end: 1 where all agree. */
  public int tips() {
    return agreement.blocks().tips();
  }

  /** How long the last partition took to heal, in milliseconds; -1 where it did not. */
  public long healingMillis() {
    List<Healing> healings = agreement.healings();
    return healings.isEmpty() ? -1 : healings.get(healings.size() - 1).millis();
  }

  /** How it went for those who attacked in this way, all together. */
  public Adversary.Tally of(Attack attack) {
    return strangers.attackers().get(attack);
  }

  /** What those found out who wanted to know where transactions begin. */
  public Spies.Result spies() {
    return strangers.spies();
  }

  /** For programs. Times are in seconds, of the simulated clock. */
  public ObjectNode toJson() {
    ObjectNode json = Json.object();
    json.put("seed", plan.extent().seed());
    json.put("nodes", plan.extent().nodes());
    json.put("minutes", (plan.extent().warmUpMillis() + plan.extent().runMillis()) / MINUTE);
    json.put("trace", trace.sha256());
    json.put("events", trace.events());
    json.put("connections", load.connections());
    json.set("peersOfEachNode", percentiles(load.peers(), 1));
    json.set("blocks", blocksJson(agreement.blocks()));
    json.set("transactions", transactionsJson(agreement.transactions()));
    json.set("partitions", partitionsJson(agreement.healings()));
    json.put(
        "partitionsNotHealed",
        plan.events().unrest().partitions().size() - agreement.healings().size());
    ObjectNode bytes = json.putObject("bytesOfEachNode");
    bytes.set("sent", percentiles(load.sent(), 1));
    bytes.set("received", percentiles(load.received(), 1));
    load.bounds().writeTo(json.putObject("mostOfANode"));
    json.putObject("spies")
        .put("count", spies().spies())
        .put("transactionsHeardOf", spies().heard())
        .put("originsGuessed", spies().right());
    json.set("attackers", attackersJson(strangers.attackers()));
    ObjectNode messages = json.putObject("messages");
    load.meter()
        .forEachCommand(
            (name, count, size) -> messages.putObject(name).put("count", count).put("bytes", size));
    return json;
  }

  private static ObjectNode blocksJson(Blocks blocks) {
    ObjectNode json = Json.object();
    json.put("found", blocks.found());
    json.put("stale", blocks.stale());
    json.put("height", blocks.height());
    json.put("tipsInTheEnd", blocks.tips());
    json.set("secondsToShareOfNodes", spread(blocks.journeys()));
    return json;
  }

  private static ObjectNode transactionsJson(Transactions transactions) {
    ObjectNode json = Json.object();
    json.put("begun", transactions.begun());
    json.put("refused", transactions.refused());
    json.set("secondsToShareOfNodes", spread(transactions.journeys()));
    return json;
  }

  private static ArrayNode partitionsJson(List<Healing> healings) {
    ArrayNode json = Json.array();
    for (Healing healing : healings) {
      json.addObject()
          .put("atMinute", healing.partition().atMillis() / MINUTE)
          .put("minutes", healing.partition().millis() / MINUTE)
          .put("share", healing.partition().share())
          .put("tipsAtItsEnd", healing.before().count())
          .put("lowestTip", healing.before().lowest())
          .put("highestTip", healing.before().highest())
          .put("secondsUntilAllAgree", healing.millis() / MILLIS);
    }
    return json;
  }

  private static ObjectNode attackersJson(Map<Attack, Adversary.Tally> attackers) {
    ObjectNode json = Json.object();
    attackers.forEach(
        (attack, tally) ->
            json.putObject(attack.label())
                .put("connected", tally.connected())
                .put("shaken", tally.shaken())
                .put("dropped", tally.dropped())
                .put("left", tally.left())
                .put("refused", tally.refused()));
    return json;
  }

  private static ObjectNode percentiles(Distribution values, double unit) {
    ObjectNode json = Json.object();
    for (int percent : PERCENTS) {
      json.put(Integer.toString(percent), values.percentile(percent) / unit);
    }
    return json;
  }

  /** For each share of the nodes, how long it took half of the things, nearly all, and all. */
  private static <K> ObjectNode spread(List<Journey<K>> journeys) {
    ObjectNode json = Json.object();
    for (int percent : PERCENTS) {
      List<Long> values = journeys.stream().map(each -> each.millis().percentile(percent)).toList();
      json.set(Integer.toString(percent), percentiles(Distribution.of(values), MILLIS));
    }
    json.put("count", journeys.size());
    json.put(
        "leastNodesReached",
        journeys.stream().mapToInt(each -> each.millis().count()).min().orElse(0));
    return json;
  }
}
