package org.farthing.node.simulation;

import java.util.List;
import java.util.Locale;
import org.farthing.node.app.NodeCore;
import org.farthing.node.simulation.adversary.Attack;

/** What is simulated. Together with the code it decides everything that happens. */
public record SimulationPlan(Extent extent, Network network, Events events, Machinery machinery) {
  private static final long SECOND = 1000;
  private static final long MINUTE = 60 * SECOND;

  /**
   * How much there is of it.
   *
   * @param seed decides all chance
   * @param nodes how many, attackers among them; the others are nodes of the production code
   * @param warmUpMillis before anything is mined: nodes start and find each other
   * @param runMillis after that
   */
  public record Extent(long seed, int nodes, long warmUpMillis, long runMillis) {}

  /** Where nodes stand, whom they know, and how they tell each other what they have. */
  public record Network(Geography geography, Wiring wiring, Relay relay) {}

  /** What happens. */
  public record Events(Mining mining, Payments payments, Unrest unrest, List<Attackers> attackers) {
    public Events {
      attackers = List.copyOf(attackers);
    }
  }

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
  public record Relay(boolean compactBlocks, double spies, Hiding hiding) {
    /** As in production, and nobody is curious. */
    public static final Relay USUAL = new Relay(true, 0, Hiding.NONE);
  }

  /**
   * What is done so that nobody learns where a transaction begins.
   *
   * @param onions the share of the honest nodes that can be called through Tor too; with any of
   *     them all nodes can call through it
   */
  public record Hiding(Broadcast broadcast, double onions) {
    /** Nothing. */
    public static final Hiding NONE = new Hiding(Broadcast.PLAIN, 0);
  }

  /** How a transaction leaves the node at which it begins. */
  public enum Broadcast {
    /** It is announced to all peers. */
    PLAIN,
    /** It is told to few, on connections through Tor. */
    PRIVATE,
    /** It is handed from one to the next before anybody announces it (BIP-0156). */
    STEMS;

    /** What a plan calls it. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
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
        new Extent(seed, nodes, 2 * MINUTE, 60 * MINUTE),
        new Network(Geography.WORLD, new Wiring(60, List.of(), 0), Relay.USUAL),
        new Events(
            new Mining(600, Math.min(nodes, 10)), new Payments(6, 400), Unrest.NONE, List.of()),
        Machinery.USUAL);
  }

  /**
   * @throws IllegalArgumentException with what cannot be, for people
   */
  public SimulationPlan {
    int honest = honest(extent, events);
    check(
        events.attackers().stream().mapToDouble(Attackers::share).sum() < 1,
        "nobody is left to attack");
    check(extent.nodes() >= 1 && extent.nodes() <= 19_000, "nodes: from 1 to 19000");
    check(extent.warmUpMillis() >= 0 && extent.runMillis() >= 0, "time does not go back");
    check(
        events.mining().blockSeconds() >= 0 && events.payments().perMinute() >= 0,
        "rates are not negative");
    check(
        events.mining().miners() >= 1 && events.mining().miners() <= honest,
        "miners: from 1 to all honest nodes");
    check(machinery.tickMillis() >= 1, "tickMillis: from 1");
    Hiding hiding = network.relay().hiding();
    check(
        hiding.broadcast() != Broadcast.PRIVATE || hiding.onions() > 0,
        "private broadcast needs onion services");
    check(events.payments().bytes() <= 90_000, "bytes of a transaction: at most 90000");
    for (Link link : network.wiring().links()) {
      check(
          Math.min(link.from(), link.to()) >= 0 && Math.max(link.from(), link.to()) < honest,
          "no such node: " + link);
    }
  }

  /** How many of the nodes mean no harm. */
  public int honestNodes() {
    return honest(extent, events);
  }

  private static int honest(Extent extent, Events events) {
    return extent.nodes()
        - events.attackers().stream().mapToInt(each -> each.of(extent.nodes())).sum();
  }

  private static void check(boolean holds, String problem) {
    if (!holds) {
      throw new IllegalArgumentException(problem);
    }
  }

  public SimulationPlan during(long warmUpMillis, long runMillis) {
    Extent longer = new Extent(extent.seed(), extent.nodes(), warmUpMillis, runMillis);
    return new SimulationPlan(longer, network, events, machinery);
  }

  public SimulationPlan with(Network other) {
    return new SimulationPlan(extent, other, events, machinery);
  }

  public SimulationPlan with(Geography other) {
    return with(new Network(other, network.wiring(), network.relay()));
  }

  public SimulationPlan with(Wiring other) {
    return with(new Network(network.geography(), other, network.relay()));
  }

  public SimulationPlan with(Relay other) {
    return with(new Network(network.geography(), network.wiring(), other));
  }

  public SimulationPlan with(Events other) {
    return new SimulationPlan(extent, network, other, machinery);
  }

  public SimulationPlan with(Mining other) {
    return with(new Events(other, events.payments(), events.unrest(), events.attackers()));
  }

  public SimulationPlan with(Payments other) {
    return with(new Events(events.mining(), other, events.unrest(), events.attackers()));
  }

  public SimulationPlan with(Unrest other) {
    return with(new Events(events.mining(), events.payments(), other, events.attackers()));
  }

  public SimulationPlan with(List<Attackers> other) {
    return with(new Events(events.mining(), events.payments(), events.unrest(), other));
  }

  public SimulationPlan with(Machinery other) {
    return new SimulationPlan(extent, network, events, other);
  }
}
