package org.farthing.node.app;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.node.simulation.adversary.Adversary;
import org.farthing.node.simulation.adversary.Attack;
import org.farthing.node.time.Scheduler;
import org.farthing.node.transport.EventLoops;
import org.farthing.node.transport.MessageTap;
import org.farthing.node.transport.NettyTransport;
import org.farthing.node.transport.TransportLimits;
import org.farthing.node.wire.NetAddress;

/**
 * The adversaries of the simulator, on real sockets. They are in a hurry: what they do once a
 * second there they do ten times a second here.
 */
final class Besiegers implements AutoCloseable {
  private static final int HASTE = 10;

  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final NodeThread thread = new NodeThread("besiegers", failure::set);
  private final EventLoops loops = new EventLoops("besiegers-p2p", 1);
  private final Map<Attack, List<Adversary>> adversaries = new EnumMap<>(Attack.class);
  private final List<NetAddress> addresses = new ArrayList<>();
  private final Map<Attack, NetAddress> places = new EnumMap<>(Attack.class);
  private final NettyTransport transport =
      new NettyTransport(
          ConsensusParams.regtest().network().magic(),
          true,
          TransportLimits.DEFAULT,
          thread,
          loops,
          MessageTap.Source.NONE);

  private record Hasty(Scheduler usual) implements Scheduler {
    @Override
    public void execute(Runnable task) {
      usual.execute(task);
    }

    @Override
    public Timer after(long delayMillis, Runnable task) {
      return usual.after(delayMillis / HASTE, task);
    }

    @Override
    public void assertOwner() {
      usual.assertOwner();
    }
  }

  /** Lets so many of each kind loose on all targets. */
  void aim(List<Attack> attacks, int ofEach, List<NetAddress> targets) throws IOException {
    for (Attack attack : attacks) {
      for (int i = 0; i < ofEach; i++) {
        Adversary adversary =
            attack.by(
                new Adversary.Means(
                    System::currentTimeMillis,
                    new Hasty(thread),
                    transport,
                    new Random(100L * attack.label().hashCode() + i),
                    NetAddress.of(InetAddress.getLoopbackAddress(), 0),
                    targets,
                    List.copyOf(addresses)));
        NetAddress place = adversary.start();
        addresses.add(place);
        places.put(attack, place);
        adversaries.computeIfAbsent(attack, any -> new ArrayList<>()).add(adversary);
      }
    }
  }

  /** Where one of them can be called. */
  NetAddress addressOf(Attack attack) {
    return places.get(attack);
  }

  /** How it goes, for all of one kind together. */
  Adversary.Tally tally(Attack attack) {
    return adversaries.get(attack).stream()
        .map(Adversary::tally)
        .reduce(Adversary.Tally.NONE, Adversary.Tally::plus);
  }

  /** What ended them early, which is no merit of their targets. */
  Throwable failure() {
    return failure.get();
  }

  @Override
  public void close() {
    thread.execute(() -> adversaries.values().forEach(each -> each.forEach(Adversary::stop)));
    transport.close();
    thread.close();
    loops.close();
  }
}
