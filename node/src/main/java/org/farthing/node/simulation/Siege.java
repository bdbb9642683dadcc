package org.farthing.node.simulation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.farthing.node.simulation.adversary.Adversary;
import org.farthing.node.simulation.adversary.Attack;
import org.farthing.node.wire.NetAddress;

/** The attackers of a simulation. */
final class Siege {
  /** So many honest nodes each attacker calls. */
  private static final int TARGETS = 8;

  private final VirtualTime time;
  private final Random random;
  private final List<Attacker> attackers = new ArrayList<>();

  private static final class Attacker {
    final Attack attack;
    final VirtualTime.NodeScheduler scheduler;
    final SimulatedTransport transport;
    Adversary adversary;

    Attacker(Attack attack, VirtualTime.NodeScheduler scheduler, SimulatedTransport transport) {
      this.attack = attack;
      this.scheduler = scheduler;
      this.transport = transport;
    }

    NetAddress address() {
      return transport.address().withPort(SimulatedNode.PORT);
    }
  }

  Siege(SimulationPlan plan, VirtualTime time, SimulatedNetwork network) {
    this.time = time;
    this.random = new Random(plan.extent().seed() + 77);
    for (SimulationPlan.Attackers kind : plan.events().attackers()) {
      for (int i = 0; i < kind.of(plan.extent().nodes()); i++) {
        VirtualTime.NodeScheduler scheduler = time.newScheduler();
        Place place = plan.network().geography().anyPlace(random);
        attackers.add(new Attacker(kind.attack(), scheduler, network.newHost(scheduler, place)));
      }
    }
  }

  List<NetAddress> addresses() {
    return attackers.stream().map(Attacker::address).toList();
  }

  /** Begins, each against some of these. */
  void aimAt(List<NetAddress> honest) {
    List<NetAddress> accomplices = addresses();
    for (Attacker attacker : attackers) {
      List<NetAddress> targets = new ArrayList<>(honest);
      Collections.shuffle(targets, random);
      attacker.adversary =
          attacker.attack.by(
              new Adversary.Means(
                  time,
                  attacker.scheduler,
                  attacker.transport,
                  new Random(random.nextLong()),
                  NetAddress.NONE.withPort(SimulatedNode.PORT),
                  targets.subList(0, Math.min(TARGETS, targets.size())),
                  accomplices));
      try {
        attacker.adversary.start();
      } catch (IOException e) {
        throw new AssertionError("every machine has its own ports", e);
      }
    }
  }

  /** Nobody attacks any more. */
  void end() {
    attackers.forEach(each -> each.scheduler.execute(each.adversary::stop));
  }

  /** How it went, for all attackers of one kind together. */
  Map<Attack, Adversary.Tally> records() {
    Map<Attack, Adversary.Tally> sums = new EnumMap<>(Attack.class);
    for (Attacker each : attackers) {
      sums.merge(each.attack, each.adversary.tally(), Adversary.Tally::plus);
    }
    return sums;
  }
}
