package org.farthing.node.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.farthing.consensus.chain.ChainEvent;
import org.farthing.node.mempool.MempoolEvent;
import org.farthing.node.peer.KnownAddress;
import org.farthing.node.peer.LocalIdentity;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.TimedAddress;

/** The nodes of a simulation, which come and go. */
final class Population {
  /** So many milliseconds after the beginning the last node starts. */
  private static final int START_MILLIS = 10_000;

  private final SimulationPlan plan;
  private final VirtualTime time;
  private final SimulatedNetwork network;
  private final FirstChain first;
  private final BlockWatch watch;
  private final SplittableRandom random;
  private final List<Member> members = new ArrayList<>();

  /** What stays of a node while it is away. */
  final class Member {
    final int number;
    final long clockOffsetMillis;
    final HeapLedger ledger = first.newLedger();
    private SimulatedTransport transport;
    private SimulatedNode node;
    private List<KnownAddress> addresses;
    private int starts;

    Member(int number, long clockOffsetMillis) {
      this.number = number;
      this.clockOffsetMillis = clockOffsetMillis;
    }

    /** The node, or null while it is away. */
    SimulatedNode node() {
      return node;
    }

    SimulatedTransport transport() {
      return transport;
    }

    private void make(VirtualTime.NodeScheduler scheduler, List<String> connects) {
      long seed = plan.seed() * 1_000_003 + number * 1009L + starts++;
      SimulatedNode.Setup setup =
          SimulatedNode.Setup.of("node " + number, seed)
              .ahead(clockOffsetMillis)
              .connecting(connects)
              .choosingPeers(plan.wiring().links().isEmpty())
              .blockEvery(plan.mining().blockSeconds() * plan.mining().miners());
      node = new SimulatedNode(time, scheduler, transport, setup, ledger);
      node.core().remember(addresses);
      node.core().intake().onTipChanged(tip -> watch.moved(number, tip.tip().hash()));
      node.core()
          .chain()
          .addListener(
              event -> {
                if (event instanceof ChainEvent.Connected) {
                  watch.connected(number, event.node().hash());
                }
              });
      node.core()
          .mempool()
          .addListener(
              event -> {
                if (event instanceof MempoolEvent.Added added) {
                  watch.waits(number, added.entry().txid());
                }
              });
      watch.joined(number, node.tip());
    }

    void leave() {
      addresses = node.core().book().all();
      watch.left(number);
      node.close();
      node = null;
    }

    void comeBack() {
      VirtualTime.NodeScheduler scheduler = time.newScheduler();
      transport = network.restart(transport, scheduler);
      make(scheduler, connects(number));
      node.start(plan.machinery().tickMillis());
    }
  }

  Population(
      SimulationPlan plan,
      VirtualTime time,
      SimulatedNetwork network,
      FirstChain first,
      BlockWatch watch) {
    this.plan = plan;
    this.time = time;
    this.network = network;
    this.first = first;
    this.watch = watch;
    this.random = new SplittableRandom(plan.seed() ^ 0x706f70756c617465L);
    List<VirtualTime.NodeScheduler> schedulers = new ArrayList<>();
    for (int i = 0; i < plan.nodes(); i++) {
      long spread = plan.wiring().clockSpreadMillis();
      Member member = new Member(i, spread == 0 ? 0 : random.nextLong(-spread, spread + 1));
      VirtualTime.NodeScheduler scheduler = time.newScheduler();
      member.transport = network.newHost(scheduler, plan.geography().anyPlace(random));
      schedulers.add(scheduler);
      members.add(member);
    }
    for (Member member : members) {
      member.addresses = strangers(member.number);
      member.make(schedulers.get(member.number), connects(member.number));
      time.after(
          random.nextInt(START_MILLIS), () -> member.node.start(plan.machinery().tickMillis()));
    }
  }

  private List<KnownAddress> strangers(int number) {
    List<KnownAddress> result = new ArrayList<>();
    if (plan.wiring().links().isEmpty()) {
      long nowSeconds = time.nowSeconds();
      int count = Math.min(plan.wiring().knownAddresses(), plan.nodes() - 1);
      random
          .ints(0, plan.nodes())
          .filter(other -> other != number)
          .distinct()
          .limit(count)
          .forEach(
              other -> {
                NetAddress address = address(other);
                result.add(
                    new KnownAddress(
                        new TimedAddress(nowSeconds, LocalIdentity.ALL_BLOCKS, address),
                        address,
                        false));
              });
    }
    return result;
  }

  private List<String> connects(int number) {
    return plan.wiring().links().stream()
        .filter(link -> link.from() == number)
        .map(link -> address(link.to()).host())
        .toList();
  }

  private NetAddress address(int number) {
    return members.get(number).transport.address().withPort(SimulatedNode.PORT);
  }

  List<Member> members() {
    return members;
  }

  /** Those that are there. */
  List<Member> present() {
    return members.stream().filter(member -> member.node != null).toList();
  }

  List<SimulatedTransport> transports() {
    return members.stream().map(member -> member.transport).toList();
  }

  void close() {
    present().forEach(member -> member.node.close());
  }
}
