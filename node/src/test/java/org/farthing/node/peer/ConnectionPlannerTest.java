package org.farthing.node.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.node.wire.AddressNetwork;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.TimedAddress;
import org.junit.jupiter.api.Test;

class ConnectionPlannerTest {
  private static final long NOW = 1_800_000_000_000L;

  private final FakeDialer dialer = new FakeDialer();
  private final AddressBook book = new AddressBook(new Random(1));

  private ConnectionPlanner planner(boolean choosesPeers, List<String> named, String... seeds) {
    return new ConnectionPlanner(
        new ConnectionPlanner.Plan(choosesPeers, named, List.of(seeds), List.of(), 8333, false),
        book,
        dialer,
        new Random(1));
  }

  private void know(int count) {
    for (int i = 0; i < count; i++) {
      NetAddress address = FakeDialer.address("8.8.8." + i + ":1");
      book.add(new TimedAddress(NOW / 1000, 9, address), address, NOW);
    }
  }

  @Test
  void aNamedHostIsTriedAgainWithGrowingPauses() {
    ConnectionPlanner planner = planner(true, List.of("10.0.0.1:5"));
    planner.tick(NOW);
    planner.tick(NOW + BackOff.FIRST_MILLIS - 1);
    assertThat(dialer.dialed).hasSize(1);
    dialer.taken.clear();
    planner.tick(NOW + BackOff.FIRST_MILLIS);
    dialer.taken.clear();
    planner.tick(NOW + 2 * BackOff.FIRST_MILLIS);
    assertThat(dialer.dialed).hasSize(2);
    planner.tick(NOW + 3 * BackOff.FIRST_MILLIS);
    assertThat(dialer.dialed).hasSize(3);
  }

  @Test
  void aLostConnectionIsMadeAgainSoon() {
    ConnectionPlanner planner = planner(true, List.of("10.0.0.1:5"));
    long now = NOW;
    for (int i = 0; i < 10; i++) {
      planner.tick(now);
      dialer.taken.clear();
      now += BackOff.LAST_MILLIS;
    }
    planner.succeeded(FakeDialer.address("10.0.0.1:5"), 9, now);
    dialer.dialed.clear();
    planner.tick(now + BackOff.FIRST_MILLIS);
    assertThat(dialer.dialed).hasSize(1);
  }

  @Test
  void withConnectNobodyElseIsCalled() {
    know(20);
    ConnectionPlanner planner = planner(false, List.of("10.0.0.1:5"));
    for (int i = 0; i < 10; i++) {
      planner.tick(NOW + i * 1_000L);
    }
    assertThat(dialer.dialed).containsOnly(FakeDialer.address("10.0.0.1:5"));
  }

  @Test
  void eightPeersAreChosenFromTheBook() {
    know(20);
    ConnectionPlanner planner = planner(true, List.of());
    for (int i = 0; i < 10; i++) {
      planner.tick(NOW + i);
    }
    assertThat(dialer.dialed).hasSize(Slots.FULL_RELAY).doesNotHaveDuplicates();
  }

  @Test
  void whoIsBannedIsNotChosen() {
    know(10);
    for (int i = 0; i < 7; i++) {
      dialer.unwelcome.add(FakeDialer.address("8.8.8." + i + ":1"));
    }
    ConnectionPlanner planner = planner(true, List.of());
    for (int i = 0; i < 10; i++) {
      planner.tick(NOW + i);
    }
    assertThat(dialer.dialed).hasSize(3).doesNotContainAnyElementsOf(dialer.unwelcome);
  }

  @Test
  void seedsFillTheBook() {
    ConnectionPlanner planner = planner(true, List.of(), "10.1.1.1:7");
    planner.tick(NOW);
    assertThat(dialer.dialed).containsExactly(FakeDialer.address("10.1.1.1:7"));
  }

  @Test
  void hostsCanBeNamedAndForgottenLater() {
    ConnectionPlanner planner = planner(true, List.of());
    assertThat(planner.addNode("10.0.0.1:5", false)).isTrue();
    assertThat(planner.addNode("10.0.0.1:5", false)).isFalse();
    assertThat(planner.addNode("10.1:5", false)).isFalse();
    assertThat(planner.namedHosts()).containsOnlyKeys("10.0.0.1:5");
    assertThat(planner.removeNode("10.0.0.1:5")).isTrue();
    planner.tick(NOW);
    assertThat(dialer.dialed).isEmpty();
  }

  private static final class FakeDialer implements Dialer {
    final List<NetAddress> dialed = new ArrayList<>();
    final Set<NetAddress> taken = new HashSet<>();
    final Set<NetAddress> unwelcome = new HashSet<>();

    static NetAddress address(String text) {
      try {
        return NetAddress.parse(text, 0);
      } catch (DecodeException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void resolve(String host, Consumer<List<NetAddress>> then) {
      then.accept(List.of(address(host)));
    }

    @Override
    public void dial(Call call) {
      dialed.add(call.address());
      taken.add(call.address());
    }

    @Override
    public boolean isWelcome(NetAddress address) {
      return !unwelcome.contains(address);
    }

    @Override
    public boolean isReachable(AddressNetwork network) {
      return true;
    }

    @Override
    public int slots(ConnectionKind kind) {
      return Slots.of(125).of(kind);
    }

    @Override
    public boolean isTaken(NetAddress address) {
      return taken.contains(address);
    }

    @Override
    public int count(ConnectionKind kind) {
      return kind == ConnectionKind.OUTBOUND ? taken.size() : 0;
    }
  }
}
