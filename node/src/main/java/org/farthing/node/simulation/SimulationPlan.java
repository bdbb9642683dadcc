package org.farthing.node.simulation;

import java.util.List;
import org.farthing.node.app.NodeCore;
import org.farthing.node.simulation.adversary.Attack;

/**
 * What is simulated. Together with the code it decides everything that happens.
 *
 * @param nodes how many, attackers among them; the others are nodes of the production code
 * @param warmUpMillis before anything is mined: nodes start and find each other
 * @param runMillis after that
 */
public record SimulationPlan(
    long seed,
    int nodes,
    long warmUpMillis,
    long runMillis,
    Geography geography,
    Wiring wiring,
    Mining mining,
    Payments payments,
    Unrest unrest,
    List<Attackers> attackers,
    Relay relay,
    Machinery machinery) {
  private static final long SECOND = 1000;
  private static final long MINUTE = 60 * SECOND;

  /**
   * How nodes find each other.
   *
   * @param knownAddresses how many others each node has heard of when it starts; it chooses its
   *     peers itself
   * @param links who calls whom, by numbers from 0; with any of them nobody chooses peers
   * @param clockSpreadMillis clocks are wrong by up to so much, either way
   */
  public record Wiring(int knownAddresses, List<Link> links, long clockSpreadMillis) {
    public Wiring {
      links = List.copyOf(links);
    }
  }

  /** One node calls another. */
  public record Link(int from, int to) {}

  /**
   * @param blockSeconds between two blocks of the whole network, on average; 0: none are mined
   * @param miners how many nodes mine, all with the same power
   */
  public record Mining(double blockSeconds, int miners) {}

  /**
   * @param perMinute how many transactions begin anywhere, on average
   * @param bytes how large each of them is, about
   */
  public record Payments(double perMinute, int bytes) {}

  /**
   * What goes wrong. Rates are averages.
   *
   * @param leavesPerHour how often a node of the whole network stops
   * @param awayMillis how long it is away, on average
   * @param cutsPerHour how often a connection of the whole network breaks
   */
  public record Unrest(
      List<Partition> partitions, double leavesPerHour, long awayMillis, double cutsPerHour) {
    /** Nothing goes wrong. */
    public static final Unrest NONE = new Unrest(List.of(), 0, 10 * MINUTE, 0);

    public Unrest {
      partitions = List.copyOf(partitions);
    }
  }

  /**
   * The network falls apart: nothing that is sent from one side to the other arrives.
   *
   * @param atMillis after the warm-up
   * @param share of the nodes that are on one side, with as large a share of the miners
   */
  public record Partition(long atMillis, long millis, double share) {}

  /**
   * Peers that mean harm.
   *
   * @param share of all nodes
   */
  public record Attackers(Attack attack, double share) {
    /** How many of so many nodes. */
    int of(int nodes) {
      return (int) Math.round(nodes * share);
    }
  }

  /**
   * How blocks and transactions get around.
   *
   * @param compactBlocks whether blocks travel in short form (BIP-0152)
   * @param spies the share of the honest nodes that write down who told them of a transaction first
   */
  public record Relay(boolean compactBlocks, double spies) {
    /** As in production, and nobody is curious. */
    public static final Relay USUAL = new Relay(true, 0);
  }

  /**
   * How it is computed.
   *
   * @param tickMillis how often time acts on a node
   * @param throughCodec each node decodes messages from bytes, as in production; otherwise they
   *     share what cannot change, which is faster, and comes to the same
   */
  public record Machinery(long tickMillis, boolean throughCodec) {
    /** As often as in production. */
    public static final Machinery USUAL = new Machinery(NodeCore.TICK_MILLIS, false);
  }

  /** A network at peace, with ordinary blocks and few transactions. */
  public static SimulationPlan of(long seed, int nodes) {
    return new SimulationPlan(
        seed,
        nodes,
        2 * MINUTE,
        60 * MINUTE,
        Geography.WORLD,
        new Wiring(60, List.of(), 0),
        new Mining(600, Math.min(nodes, 10)),
        new Payments(6, 400),
        Unrest.NONE,
        List.of(),
        Relay.USUAL,
        Machinery.USUAL);
  }

  /**
   * @throws IllegalArgumentException with what cannot be, for people
   */
  public SimulationPlan {
    attackers = List.copyOf(attackers);
    check(attackers.stream().mapToDouble(Attackers::share).sum() < 1, "nobody is left to attack");
    check(nodes >= 1 && nodes <= 19_000, "nodes: from 1 to 19000");
    check(warmUpMillis >= 0 && runMillis >= 0, "time does not go back");
    check(mining.blockSeconds() >= 0 && payments.perMinute() >= 0, "rates are not negative");
    check(
        mining.miners() >= 1 && mining.miners() <= honest(nodes, attackers),
        "miners: from 1 to all honest nodes");
    check(machinery.tickMillis() >= 1, "tickMillis: from 1");
    check(payments.bytes() <= 90_000, "bytes of a transaction: at most 90000");
    for (Link link : wiring.links()) {
      check(
          Math.min(link.from(), link.to()) >= 0
              && Math.max(link.from(), link.to()) < honest(nodes, attackers),
          "no such node: " + link);
    }
  }

  /** How many of the nodes mean no harm. */
  public int honestNodes() {
    return honest(nodes, attackers);
  }

  private static int honest(int nodes, List<Attackers> attackers) {
    return nodes - attackers.stream().mapToInt(each -> each.of(nodes)).sum();
  }

  private static void check(boolean holds, String problem) {
    if (!holds) {
      throw new IllegalArgumentException(problem);
    }
  }

  public SimulationPlan during(long newWarmUpMillis, long newRunMillis) {
    return new SimulationPlan(
        seed,
        nodes,
        newWarmUpMillis,
        newRunMillis,
        geography,
        wiring,
        mining,
        payments,
        unrest,
        attackers,
        relay,
        machinery);
  }

  public SimulationPlan with(Geography other) {
    return new SimulationPlan(
        seed,
        nodes,
        warmUpMillis,
        runMillis,
        other,
        wiring,
        mining,
        payments,
        unrest,
        attackers,
        relay,
        machinery);
  }

  public SimulationPlan with(Wiring other) {
    return new SimulationPlan(
        seed,
        nodes,
        warmUpMillis,
        runMillis,
        geography,
        other,
        mining,
        payments,
        unrest,
        attackers,
        relay,
        machinery);
  }

  public SimulationPlan with(Mining other) {
    return new SimulationPlan(
        seed,
        nodes,
        warmUpMillis,
        runMillis,
        geography,
        wiring,
        other,
        payments,
        unrest,
        attackers,
        relay,
        machinery);
  }

  public SimulationPlan with(Payments other) {
    return new SimulationPlan(
        seed,
        nodes,
        warmUpMillis,
        runMillis,
        geography,
        wiring,
        mining,
        other,
        unrest,
        attackers,
        relay,
        machinery);
  }

  public SimulationPlan with(Unrest other) {
    return new SimulationPlan(
        seed,
        nodes,
        warmUpMillis,
        runMillis,
        geography,
        wiring,
        mining,
        payments,
        other,
        attackers,
        relay,
        machinery);
  }

  public SimulationPlan with(List<Attackers> other) {
    return new SimulationPlan(
        seed,
        nodes,
        warmUpMillis,
        runMillis,
        geography,
        wiring,
        mining,
        payments,
        unrest,
        other,
        relay,
        machinery);
  }

  public SimulationPlan with(Relay other) {
    return new SimulationPlan(
        seed,
        nodes,
        warmUpMillis,
        runMillis,
        geography,
        wiring,
        mining,
        payments,
        unrest,
        attackers,
        other,
        machinery);
  }

  public SimulationPlan with(Machinery other) {
    return new SimulationPlan(
        seed,
        nodes,
        warmUpMillis,
        runMillis,
        geography,
        wiring,
        mining,
        payments,
        unrest,
        attackers,
        relay,
        other);
  }
}
