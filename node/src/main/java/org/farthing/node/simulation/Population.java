package org.farthing.node.simulation;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.farthing.consensus.chain.ChainEvent;
import org.farthing.node.config.PrivacyConfig;
import org.farthing.node.config.ProxyAddress;
import org.farthing.node.config.ReachConfig;
import org.farthing.node.mempool.MempoolEvent;
import org.farthing.node.peer.KnownAddress;
import org.farthing.node.peer.LocalIdentity;
import org.farthing.node.wire.AddressNetwork;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.TimedAddress;

/** The nodes of a simulation, which come and go. */
final class Population {
  /** So many milliseconds after the beginning the last node starts. */
  private static final int START_MILLIS = 10_000;

  /** Peers are called directly, and onion services through Tor. */
  private static final ReachConfig THROUGH_TOR =
      new ReachConfig(
          Set.of(AddressNetwork.IPV4.label(), AddressNetwork.TORV3.label()),
          true,
          Map.of(
              AddressNetwork.TORV3.label(),
              new ProxyAddress.Port(
                  new InetSocketAddress(
                      InetAddress.getLoopbackAddress(), ProxyAddress.SOCKS_PORT))),
          Optional.empty(),
          true,
          true,
          false);

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
    private NetAddress onion;
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

    private void make(VirtualTime.NodeScheduler scheduler) {
      long seed = plan.extent().seed() * 1_000_003 + number * 1009L + starts++;
      SimulatedNode.Setup setup =
          SimulatedNode.Setup.of("node " + number, seed)
              .ahead(clockOffsetMillis)
              .connecting(connects(number), plan.network().wiring().links().isEmpty())
              .hiding(privacy(), onion != null)
              .with(first.options())
              .blockEvery(plan.events().mining().blockSeconds() * plan.events().mining().miners());
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
      make(scheduler);
      node.start(plan.machinery().tickMillis());
    }
  }

  /**
   * @param others machines that are no such nodes, and that nodes may have heard of as of nodes
   */
  Population(
      SimulationPlan plan,
      VirtualTime time,
      SimulatedNetwork network,
      FirstChain first,
      BlockWatch watch,
      List<NetAddress> others) {
    this.plan = plan;
    this.time = time;
    this.network = network;
    this.first = first;
    this.watch = watch;
    this.random = new SplittableRandom(plan.extent().seed() ^ 0x706f70756c617465L);
    List<VirtualTime.NodeScheduler> schedulers = new ArrayList<>();
    for (int i = 0; i < plan.honestNodes(); i++) {
      long spread = plan.network().wiring().clockSpreadMillis();
      Member member = new Member(i, spread == 0 ? 0 : random.nextLong(-spread, spread + 1));
      VirtualTime.NodeScheduler scheduler = time.newScheduler();
      member.transport = network.newHost(scheduler, plan.network().geography().anyPlace(random));
      schedulers.add(scheduler);
      members.add(member);
    }
    int onions = (int) Math.round(plan.network().relay().hiding().onions() * members.size());
    members.subList(0, onions).forEach(this::makeOnion);
    List<NetAddress> everybody = new ArrayList<>(others);
    everybody.addAll(addresses());
    members.subList(0, onions).forEach(member -> everybody.add(member.onion));
    for (Member member : members) {
      member.addresses = strangers(member, everybody);
      member.make(schedulers.get(member.number));
      time.after(
          random.nextInt(START_MILLIS), () -> member.node.start(plan.machinery().tickMillis()));
    }
  }

  private void makeOnion(Member member) {
    member.onion = network.newOnion(member.transport, SimulatedNode.ONION_PORT);
  }

  /** What all nodes do alike so that others learn less. */
  private PrivacyConfig privacy() {
    SimulationPlan.Hiding hiding = plan.network().relay().hiding();
    return new PrivacyConfig(
        hiding.onions() > 0 ? THROUGH_TOR : ReachConfig.DIRECT,
        Optional.empty(),
        false,
        hiding.broadcast() == SimulationPlan.Broadcast.PRIVATE,
        hiding.broadcast() == SimulationPlan.Broadcast.STEMS);
  }

  private List<KnownAddress> strangers(Member member, List<NetAddress> everybody) {
    List<KnownAddress> result = new ArrayList<>();
    NetAddress self = address(member.number);
    if (plan.network().wiring().links().isEmpty()) {
      int count =
          Math.min(
              plan.network().wiring().knownAddresses(),
              everybody.size() - (member.onion == null ? 1 : 2));
      random
          .ints(0, everybody.size())
          .mapToObj(everybody::get)
          .filter(other -> !other.equals(self) && !other.equals(member.onion))
          .distinct()
          .limit(count)
          .forEach(other -> result.add(heardOf(other)));
    }
    return result;
  }

  private KnownAddress heardOf(NetAddress address) {
    return new KnownAddress(
        new TimedAddress(time.nowSeconds(), LocalIdentity.ALL_BLOCKS, address), address, false);
  }

  private List<String> connects(int number) {
    return plan.network().wiring().links().stream()
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

  List<NetAddress> addresses() {
    return members.stream().map(member -> address(member.number)).toList();
  }

  List<SimulatedTransport> transports() {
    return members.stream().map(member -> member.transport).toList();
  }

  void close() {
    present().forEach(member -> member.node.close());
  }
}
