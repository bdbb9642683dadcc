package org.farthing.node.simulation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.node.simulation.Population.Member;
import org.farthing.node.sync.Gossip;
import org.farthing.node.time.Poisson;
import org.farthing.node.wire.MessageType;

/**
 * A whole network for some hours of its time. A run is a pure function of its plan: what happens
 * depends on nothing else.
 */
public final class Simulation implements AutoCloseable {
  private static final long START_MILLIS = 1_795_300_000_000L;
  private static final long MINUTE = 60_000;
  private static final double HOUR_MILLIS = 3_600_000;

  /** After the last block was found it has so long to get around. */
  private static final long SETTLE_MILLIS = 2 * MINUTE;

  /** How often is looked whether all agree. */
  private static final long LOOK_MILLIS = 100;

  /** What more than the plan's payments may begin, as chance will have it. */
  private static final int SPARE_PAYMENTS = 200;

  private static final int MOST_SAT_PER_BYTE = 50;

  private final SimulationPlan plan;
  private final VirtualTime time = new VirtualTime(START_MILLIS);
  private final EventTrace trace = new EventTrace(time);
  private final Meter meter = new Meter(trace);
  private final SimulatedNetwork network;
  private final FirstChain first;
  private final BlockWatch watch;
  private final Siege siege;
  private final Population population;
  private final Spies spies;
  private final Bounds bounds = new Bounds();
  private final SplittableRandom random;
  private final List<Member> miners = new ArrayList<>();
  private final List<SimulationReport.Healing> healings = new ArrayList<>();
  private int payments;
  private int refusedPayments;

  /** Makes all nodes; nothing has happened yet. */
  public Simulation(SimulationPlan plan) {
    this.plan = plan;
    this.random = new SplittableRandom(plan.extent().seed());
    network =
        new SimulatedNetwork(
            time,
            new SimulatedNetwork.Settings(
                random.nextLong(),
                plan.network().geography().latency(),
                plan.machinery().throughCodec(),
                plan.network().relay().compactBlocks() ? Set.of() : Set.of(MessageType.SENDCMPCT)));
    double expected = plan.events().payments().perMinute() * plan.extent().runMillis() / MINUTE;
    int coins = expected == 0 ? 0 : (int) (1.2 * expected) + SPARE_PAYMENTS;
    first = new FirstChain(START_MILLIS - MINUTE, coins);
    watch = new BlockWatch(time, plan.honestNodes());
    siege = new Siege(plan, time, network);
    population = new Population(plan, time, network, first, watch, siege.addresses());
    siege.aimAt(population.addresses());
    spies = new Spies(plan, population.addresses());
    network.observe(new Both(meter, spies));
  }

  /**
   * Lets everything happen.
   *
   * @param progress gets, now and then, how much of it is over, from 0 to 1
   */
  public SimulationReport run(Consumer<Double> progress) {
    long all = plan.extent().warmUpMillis() + plan.extent().runMillis() + SETTLE_MILLIS;
    pass(plan.extent().warmUpMillis(), all, progress);
    begin();
    pass(plan.extent().runMillis(), all, progress);
    miners.stream().map(Member::node).forEach(SimulatedNode::stopMining);
    siege.end();
    pass(SETTLE_MILLIS, all, progress);
    return report();
  }

  private void pass(long millis, long all, Consumer<Double> progress) {
    long end = time.nowMillis() + millis;
    while (time.nowMillis() < end) {
      time.runFor(Math.min(MINUTE / 4, end - time.nowMillis()));
      bounds.look(nodes(), network.unsentBytes());
      progress.accept((double) (time.nowMillis() - START_MILLIS) / all);
    }
  }

  private void begin() {
    List<Member> shuffled = new ArrayList<>(population.members());
    Collections.shuffle(shuffled, new Random(random.nextLong()));
    if (plan.events().mining().blockSeconds() > 0) {
      miners.addAll(shuffled.subList(0, plan.events().mining().miners()));
      miners.forEach(member -> member.node().mine(1, FirstChain.ANYONE));
    }
    for (SimulationPlan.Partition partition : plan.events().unrest().partitions()) {
      time.after(partition.atMillis(), () -> partition(partition, shuffled));
    }
    again(plan.events().payments().perMinute() / MINUTE, this::pay);
    again(plan.events().unrest().leavesPerHour() / HOUR_MILLIS, this::leave);
    again(plan.events().unrest().cutsPerHour() / HOUR_MILLIS, () -> network.cutAny(random));
  }

  /** Does something again and again, at random times, until the run is over. */
  private void again(double perMilli, Runnable action) {
    if (perMilli > 0) {
      long end = time.nowMillis() + plan.extent().runMillis();
      next(perMilli, end, action);
    }
  }

  private void next(double perMilli, long endMillis, Runnable action) {
    long wait = exponential(1 / perMilli);
    if (time.nowMillis() + wait < endMillis) {
      time.after(
          wait,
          () -> {
            action.run();
            next(perMilli, endMillis, action);
          });
    }
  }

  private long exponential(double mean) {
    return Math.round(Poisson.exponential(random) * mean);
  }

  private Member anyPresent() {
    List<Member> present = population.present();
    return present.get(random.nextInt(present.size()));
  }

  private void pay() {
    if (payments < first.coinCount()) {
      int bytes = plan.events().payments().bytes();
      long feeSat = (long) bytes * random.nextInt(2, MOST_SAT_PER_BYTE);
      Transaction payment = first.spend(payments++, feeSat, bytes);
      SimulatedNode payer = anyPresent().node();
      spies.begins(payment, payer.address());
      watch.begins(payment.txid());
      payer
          .scheduler()
          .execute(
              () -> {
                if (!submit(payer, payment)) {
                  refusedPayments++;
                }
              });
    }
  }

  /** As the node does it for callers; false where it is not taken. */
  private boolean submit(SimulatedNode payer, Transaction payment) {
    Gossip gossip = payer.core().gossip();
    if (plan.network().relay().hiding().broadcast() == SimulationPlan.Broadcast.PRIVATE) {
      long now = payer.world().clock().nowMillis();
      return payer.core().mempool().test(payment, now).isAccepted()
          && gossip.privately().send(payment, now);
    }
    return gossip.submit(payment).isAccepted();
  }

  private void leave() {
    Member member = anyPresent();
    if (!miners.contains(member)) {
      member.leave();
      time.after(exponential((double) plan.events().unrest().awayMillis()), member::comeBack);
    }
  }

  private void partition(SimulationPlan.Partition partition, List<Member> shuffled) {
    int mining = (int) Math.round(miners.size() * partition.share());
    int others = (int) Math.round((plan.honestNodes() - miners.size()) * partition.share());
    List<Member> side = new ArrayList<>(shuffled.subList(0, mining));
    side.addAll(shuffled.subList(miners.size(), miners.size() + others));
    watch.setPeaceful(false);
    network.partition(side.stream().map(Member::transport).toList(), SimulatedNetwork.Cut.STALLS);
    time.after(
        partition.millis(),
        () -> {
          SimulationReport.Tips before = tips();
          network.heal();
          look(partition, before, time.nowMillis());
        });
  }

  private SimulationReport.Tips tips() {
    IntSummaryStatistics heights =
        nodes().stream().mapToInt(SimulatedNode::height).summaryStatistics();
    return new SimulationReport.Tips(watch.tipCount(), heights.getMin(), heights.getMax());
  }

  private void look(
      SimulationPlan.Partition partition, SimulationReport.Tips before, long healedMillis) {
    if (watch.allAgree()) {
      watch.setPeaceful(true);
      healings.add(
          new SimulationReport.Healing(partition, before, time.nowMillis() - healedMillis));
    } else {
      time.after(LOOK_MILLIS, () -> look(partition, before, healedMillis));
    }
  }

  private SimulationReport report() {
    SimulatedNode any = population.present().get(0).node();
    int stale = watch.blocks().count(hash -> !isActive(any, hash));
    return new SimulationReport(
        plan,
        new SimulationReport.Trace(trace.sha256(), trace.events()),
        new SimulationReport.Agreement(
            new SimulationReport.Blocks(
                watch.blocks().count(),
                stale,
                any.height(),
                watch.tipCount(),
                watch.blockJourneys().stream()
                    .filter(each -> isActive(any, each.thing()))
                    .toList()),
            new SimulationReport.Transactions(
                payments, refusedPayments, watch.transactionJourneys()),
            healings),
        new SimulationReport.Load(
            network.connectionCount(),
            Distribution.of(
                nodes().stream().map(node -> (long) node.core().peers().all().size()).toList()),
            meter.sent(population.transports()),
            meter.received(population.transports()),
            meter,
            bounds),
        new SimulationReport.Strangers(siege.records(), spies.result()));
  }

  private static boolean isActive(SimulatedNode node, BlockHash block) {
    return node.core().chain().headers().find(block).filter(node.chain()::isActive).isPresent();
  }

  /** The nodes that are there, for tests. */
  List<SimulatedNode> nodes() {
    return population.present().stream().map(Member::node).toList();
  }

  VirtualTime time() {
    return time;
  }

  @Override
  public void close() {
    population.close();
  }
}
