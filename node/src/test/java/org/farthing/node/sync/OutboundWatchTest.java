package org.farthing.node.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.farthing.node.peer.AddressBook;
import org.farthing.node.peer.Call;
import org.farthing.node.peer.ConnectionKind;
import org.farthing.node.peer.ConnectionPlanner;
import org.farthing.node.peer.Dialer;
import org.farthing.node.peer.Outbox;
import org.farthing.node.peer.Outgoing;
import org.farthing.node.peer.Peer;
import org.farthing.node.peer.PeerSources;
import org.farthing.node.wire.AddressNetwork;
import org.farthing.node.wire.Message;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.Services;
import org.farthing.testing.ChainBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who goes of the peers that we chose, and when one more is wanted. */
class OutboundWatchTest {
  private static final long MINUTE = 60_000;

  private final ChainBuilder here = ChainBuilder.regtest();
  private final List<Peer> peers = new ArrayList<>();
  private final Set<Peer> dropped = new HashSet<>();
  private final World world = new World();
  private final Blocks blocks = new Blocks();
  private ConnectionPlanner planner;
  private OutboundWatch watch;
  private long now;

  @BeforeEach
  void start() {
    now = here.nowSeconds() * 1000;
    planner = planner(true);
    watch = watch(planner);
  }

  @AfterEach
  void close() {
    here.close();
  }

  private ConnectionPlanner planner(boolean choosesPeers) {
    return new ConnectionPlanner(
        new ConnectionPlanner.Plan(
            choosesPeers, List.of(), List.of(), PeerSources.NONE, 8333, false, false),
        new AddressBook(new Random(1)),
        world,
        address -> false,
        new Random(1));
  }

  private OutboundWatch watch(ConnectionPlanner with) {
    return new OutboundWatch(
        here.chain(), new OutboundWatch.World(() -> peers, world, world, with), blocks);
  }

  private void pass(long millis) {
    for (long end = now + millis; now < end; now += 1_000) {
      watch.tick(now);
      peers.removeAll(dropped);
    }
  }

  private Peer joined(ConnectionKind kind) {
    return joined(kind, AddressNetwork.IPV4);
  }

  private Peer joined(ConnectionKind kind, AddressNetwork network) {
    NetAddress address = NetAddress.of(network, new byte[network.addressSize()], 8333);
    Peer peer = TestPeers.introduced(peers.size() + 1, address, kind, Services.NETWORK, now);
    peers.add(peer);
    return peer;
  }

  private List<Peer> joined(ConnectionKind kind, int count) {
    List<Peer> joined = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      joined.add(joined(kind));
    }
    return joined;
  }

  @Test
  void ofTooManyTheOneGoesThatLongestToldNoNews() {
    List<Peer> nine = joined(ConnectionKind.OUTBOUND, 9);
    nine.forEach(peer -> peer.announcedBlock(now + peer.id()));
    nine.get(4).announcedBlock(now - 1);
    pass(2 * MINUTE);
    assertThat(dropped).containsExactly(nine.get(4));
  }

  @Test
  void ofSeveralThatToldNothingTheYoungestGoes() {
    List<Peer> nine = joined(ConnectionKind.OUTBOUND, 9);
    nine.get(8).announcedBlock(now);
    pass(2 * MINUTE);
    assertThat(dropped).containsExactly(nine.get(7));
  }

  @Test
  void whoIsSparedOrOwesABlockStays() {
    List<Peer> nine = joined(ConnectionKind.OUTBOUND, 9);
    blocks.spared.add(nine.get(8));
    blocks.owing.add(nine.get(7));
    pass(2 * MINUTE);
    assertThat(dropped).isEmpty();
    blocks.owing.clear();
    pass(MINUTE);
    assertThat(dropped).containsExactly(nine.get(7));
  }

  @Test
  void nobodyGoesAtOnce() {
    pass(2 * MINUTE);
    long next = now + OutboundWatch.CHECK_MILLIS;
    now = next - 20_000;
    List<Peer> nine = joined(ConnectionKind.OUTBOUND, 9);
    watch.tick(next);
    assertThat(dropped).isEmpty();
    now = next + OutboundWatch.CHECK_MILLIS;
    watch.tick(now);
    assertThat(dropped).containsExactly(nine.get(8));
  }

  @Test
  void theOnlyPeerOfANetworkStays() {
    List<Peer> eight = joined(ConnectionKind.OUTBOUND, 8);
    Peer onion = joined(ConnectionKind.OUTBOUND, AddressNetwork.TORV3);
    pass(2 * MINUTE);
    assertThat(dropped).containsExactly(eight.get(7)).doesNotContain(onion);
  }

  @Test
  void aPeerThatTheOperatorNamedCountsForItsNetwork() {
    joined(ConnectionKind.OUTBOUND, 8);
    Peer onion = joined(ConnectionKind.OUTBOUND, AddressNetwork.TORV3);
    joined(ConnectionKind.MANUAL, AddressNetwork.TORV3);
    pass(2 * MINUTE);
    assertThat(dropped).containsExactly(onion);
  }

  @Test
  void ofTooManyForBlocksAloneTheYoungestGoes() {
    List<Peer> three = joined(ConnectionKind.BLOCK_RELAY, 3);
    three.get(1).gaveBlock(now);
    three.get(2).gaveBlock(now);
    pass(2 * MINUTE);
    assertThat(dropped).containsExactly(three.get(2));
  }

  @Test
  void theYoungestReplacesTheOneBeforeItIfItGaveABlockLater() {
    List<Peer> three = joined(ConnectionKind.BLOCK_RELAY, 3);
    three.get(1).gaveBlock(now);
    three.get(2).gaveBlock(now + 1);
    pass(2 * MINUTE);
    assertThat(dropped).containsExactly(three.get(1));
  }

  @Test
  void whoOwesABlockIsNotOneTooManyYet() {
    List<Peer> three = joined(ConnectionKind.BLOCK_RELAY, 3);
    blocks.owing.add(three.get(2));
    pass(5 * MINUTE);
    assertThat(dropped).isEmpty();
  }

  @Test
  void enoughAreNotTooMany() {
    joined(ConnectionKind.OUTBOUND, 8);
    joined(ConnectionKind.BLOCK_RELAY, 2);
    joined(ConnectionKind.MANUAL, 8);
    pass(10 * MINUTE);
    assertThat(dropped).isEmpty();
  }

  @Test
  void oneMoreIsWantedWhenNoBlockHasComeForThreeTimesAsLongAsItTakes() {
    watch.tipChanged(now);
    pass(29 * MINUTE);
    assertThat(planner.wantsAnother()).isFalse();
    pass(11 * MINUTE);
    assertThat(planner.wantsAnother()).isTrue();
    watch.tipChanged(now);
    pass(11 * MINUTE);
    assertThat(planner.wantsAnother()).isFalse();
  }

  @Test
  void whileABlockIsAwaitedTheTipIsNotStale() {
    watch.tipChanged(now);
    blocks.fetching = true;
    pass(120 * MINUTE);
    assertThat(planner.wantsAnother()).isFalse();
  }

  @Test
  void withoutNetworkNobodyIsWanted() {
    world.slots = 0;
    watch.tipChanged(now);
    pass(120 * MINUTE);
    assertThat(planner.wantsAnother()).isFalse();
  }

  @Test
  void whoHasOnlyPeersThatTheOperatorNamedWantsNoOther() {
    planner = planner(false);
    watch = watch(planner);
    watch.tipChanged(now);
    pass(120 * MINUTE);
    assertThat(planner.wantsAnother()).isFalse();
  }

  @Test
  void onceOneIsDroppedNoMoreAreTriedUntilTheTipIsStaleAgain() {
    watch.tipChanged(now);
    pass(34 * MINUTE);
    assertThat(planner.wantsAnother()).isTrue();
    joined(ConnectionKind.OUTBOUND, 9);
    pass(2 * MINUTE);
    assertThat(dropped).hasSize(1);
    assertThat(planner.wantsAnother()).isFalse();
    pass(11 * MINUTE);
    assertThat(planner.wantsAnother()).isTrue();
  }

  private static final class Blocks implements OutboundWatch.Blocks {
    final Set<Peer> owing = new HashSet<>();
    final Set<Peer> spared = new HashSet<>();
    boolean fetching;

    @Override
    public boolean isFetching() {
      return fetching;
    }

    @Override
    public boolean owesUs(Peer peer) {
      return owing.contains(peer);
    }

    @Override
    public boolean isSpared(Peer peer) {
      return spared.contains(peer);
    }

    @Override
    public boolean isNearTip(long nowMillis) {
      return false;
    }
  }

  private final class World implements Dialer, Outbox {
    int slots = 8;

    @Override
    public void resolve(String host, Consumer<List<NetAddress>> then) {
      throw new AssertionError("nobody is looked up: " + host);
    }

    @Override
    public void dial(Call call) {
      throw new AssertionError("nobody is called: " + call);
    }

    @Override
    public boolean isWelcome(NetAddress address) {
      return true;
    }

    @Override
    public boolean isReachable(AddressNetwork network) {
      return true;
    }

    @Override
    public int slots(ConnectionKind kind) {
      return kind == ConnectionKind.BLOCK_RELAY ? Math.min(2, slots) : slots;
    }

    @Override
    public boolean isTaken(NetAddress address) {
      return false;
    }

    @Override
    public List<Outgoing> outgoing() {
      return List.of();
    }

    @Override
    public boolean suits(long services) {
      return true;
    }

    @Override
    public void send(Peer peer, Message message) {
      throw new AssertionError("nothing is sent: " + message);
    }

    @Override
    public void disconnect(Peer peer, String reason) {
      dropped.add(peer);
    }

    @Override
    public void punish(Peer peer, String reason) {
      throw new AssertionError("nobody is punished: " + peer);
    }
  }
}
