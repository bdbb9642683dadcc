package org.farthing.node.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.Services;
import org.farthing.node.wire.TimedAddress;
import org.junit.jupiter.api.Test;

class ConnectionPlannerTest {
  private static final long START = 1_800_000_000_000L;
  private static final long MINUTE = 60_000;
  private static final long BLOCKS = Services.NETWORK | Services.WITNESS;
  private static final String ONION =
      "pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd.onion:8333";

  private final FakeDialer dialer = new FakeDialer();
  private final AddressBook book = new AddressBook(new Random(1));
  private final Set<NetAddress> own = new HashSet<>();
  private long now = START;

  private ConnectionPlanner planner(
      boolean choosesPeers, List<String> connect, List<String> added, boolean neighboursDiffer) {
    return new ConnectionPlanner(
        new ConnectionPlanner.Plan(
            choosesPeers, connect, added, PeerSources.NONE, 8333, false, neighboursDiffer),
        book,
        dialer,
        own::contains,
        new Random(1));
  }

  /** One that chooses all its peers. */
  private ConnectionPlanner chooser() {
    return planner(true, List.of(), List.of(), false);
  }

  /** Time goes by. */
  private void pass(ConnectionPlanner planner, long millis) {
    for (long end = now + millis; now < end; now += ConnectionPlanner.STEP_MILLIS) {
      planner.tick(now);
    }
  }

  private NetAddress know(String address, long services) {
    NetAddress parsed = FakeDialer.address(address);
    book.add(new TimedAddress(now / 1000, services, parsed), parsed, now);
    return parsed;
  }

  /** Addresses of so many groups. */
  private void know(int count) {
    IntStream.range(0, count).forEach(i -> know("8." + i + ".8.8:8333", BLOCKS));
  }

  private int count(ConnectionKind kind) {
    return (int) dialer.standing.stream().filter(each -> each.kind() == kind).count();
  }

  @Test
  void aNamedHostIsTriedAgainWithGrowingPauses() {
    ConnectionPlanner planner = planner(true, List.of("10.0.0.1:5"), List.of(), false);
    planner.tick(START);
    planner.tick(START + BackOff.FIRST_MILLIS - 1);
    assertThat(dialer.calls).hasSize(1);
    dialer.hangUp();
    planner.tick(START + BackOff.FIRST_MILLIS);
    dialer.hangUp();
    planner.tick(START + 2 * BackOff.FIRST_MILLIS);
    assertThat(dialer.calls).hasSize(2);
    planner.tick(START + 3 * BackOff.FIRST_MILLIS);
    assertThat(dialer.calls).hasSize(3);
  }

  @Test
  void aLostConnectionIsMadeAgainSoon() {
    ConnectionPlanner planner = planner(true, List.of("10.0.0.1:5"), List.of(), false);
    for (int i = 0; i < 10; i++) {
      planner.tick(now);
      dialer.hangUp();
      now += BackOff.LAST_MILLIS;
    }
    planner.succeeded(FakeDialer.address("10.0.0.1:5"), 9, now);
    dialer.calls.clear();
    planner.tick(now + BackOff.FIRST_MILLIS);
    assertThat(dialer.calls).hasSize(1);
  }

  @Test
  void withConnectNobodyElseIsCalled() {
    know(20);
    pass(planner(false, List.of("10.0.0.1:5"), List.of(), false), MINUTE);
    assertThat(dialer.dialed()).containsOnly(FakeDialer.address("10.0.0.1:5"));
  }

  @Test
  void eightHostsOfThoseThatWereAddedAreConnectedAtATime() {
    List<String> hosts = IntStream.range(0, 12).mapToObj(i -> "10.0.0." + i + ":5").toList();
    ConnectionPlanner planner = planner(false, List.of("10.9.0.1:5"), hosts, false);
    pass(planner, MINUTE);
    assertThat(dialer.dialed()).hasSize(1 + NamedHosts.MAX_ADDED).doesNotHaveDuplicates();
    assertThat(planner.removeNode("10.0.0.3:5")).isTrue();
    dialer.standing.removeIf(each -> each.address().equals(FakeDialer.address("10.0.0.3:5")));
    pass(planner, MINUTE);
    assertThat(dialer.dialed()).hasSize(2 + NamedHosts.MAX_ADDED).doesNotHaveDuplicates();
  }

  @Test
  void hostsCanBeNamedAndForgottenLater() {
    ConnectionPlanner planner = chooser();
    assertThat(planner.addNode("10.0.0.1:5", false)).isTrue();
    assertThat(planner.addNode("10.0.0.1:5", false)).isFalse();
    assertThat(planner.addNode("10.1:5", false)).isFalse();
    assertThat(planner.namedHosts()).containsOnlyKeys("10.0.0.1:5");
    assertThat(planner.removeNode("10.0.0.1:5")).isTrue();
    planner.tick(now);
    assertThat(dialer.calls).isEmpty();
  }

  @Test
  void eightPeersRelayAllAndTwoBlocksAlone() {
    know(40);
    pass(chooser(), 5_000);
    assertThat(dialer.dialed(ConnectionKind.OUTBOUND)).hasSize(8);
    assertThat(dialer.dialed(ConnectionKind.BLOCK_RELAY)).hasSize(2);
    assertThat(dialer.dialed()).hasSize(10).doesNotHaveDuplicates();
    // Those that relay all come first.
    assertThat(dialer.calls.get(8).kind()).isEqualTo(ConnectionKind.BLOCK_RELAY);
  }

  @Test
  void withFewConnectionsAllRelayEverything() {
    know(40);
    dialer.slots = Slots.of(9);
    pass(chooser(), 5_000);
    assertThat(count(ConnectionKind.OUTBOUND)).isEqualTo(8);
    assertThat(count(ConnectionKind.BLOCK_RELAY)).isOne();
  }

  @Test
  void withoutNetworkNobodyIsCalled() {
    know(40);
    dialer.active = false;
    pass(chooser(), 10 * MINUTE);
    assertThat(dialer.calls).isEmpty();
  }

  @Test
  void ofOneGroupOnePeerIsChosen() {
    IntStream.range(1, 30).forEach(i -> know("8.8." + i + ".1:8333", BLOCKS));
    know("9.9.9.9:8333", BLOCKS);
    pass(chooser(), 20_000);
    assertThat(dialer.dialed()).hasSize(2).contains(FakeDialer.address("9.9.9.9:8333"));
  }

  @Test
  void nobodyIsChosenOfTheGroupOfAPeerThatTheOperatorNamed() {
    IntStream.range(1, 30).forEach(i -> know("8.8." + i + ".1:8333", BLOCKS));
    pass(planner(true, List.of(), List.of("8.8.100.1:8333"), false), 20_000);
    assertThat(dialer.dialed()).containsExactly(FakeDialer.address("8.8.100.1:8333"));
  }

  @Test
  void neighboursOfAPrivateNetworkMayBeManyWhereTheyAreToldOfEachOther() {
    IntStream.range(1, 30).forEach(i -> know("172.18.0." + i + ":8333", BLOCKS));
    pass(chooser(), 20_000);
    assertThat(dialer.dialed()).hasSize(1);
    dialer.calls.clear();
    dialer.hangUp();
    pass(planner(true, List.of(), List.of(), true), 20_000);
    assertThat(dialer.dialed()).hasSize(10);
  }

  @Test
  void whoIsBannedOrOurselvesIsNotChosen() {
    know(10);
    for (int i = 0; i < 6; i++) {
      dialer.unwelcome.add(FakeDialer.address("8." + i + ".8.8:8333"));
    }
    own.add(FakeDialer.address("8.9.8.8:8333"));
    pass(chooser(), 5_000);
    assertThat(dialer.dialed())
        .hasSize(3)
        .doesNotContainAnyElementsOf(dialer.unwelcome)
        .doesNotContainAnyElementsOf(own);
  }

  @Test
  void whoHasNoBlocksWithWitnessesIsNotChosen() {
    know("8.1.1.1:8333", Services.NETWORK);
    know("8.2.1.1:8333", Services.WITNESS);
    NetAddress good = know("8.3.1.1:8333", BLOCKS);
    pass(chooser(), 5_000);
    assertThat(dialer.dialed()).containsExactly(good);
  }

  @Test
  void portsOfOtherServicesAreTheLastResort() {
    know("9.1.1.1:22", BLOCKS);
    know("9.2.1.1:5432", BLOCKS);
    know(8);
    ConnectionPlanner planner = chooser();
    planner.tick(now);
    now += ConnectionPlanner.STEP_MILLIS;
    planner.tick(now);
    assertThat(dialer.dialed()).hasSize(8).allMatch(address -> address.port() == 8333);
    pass(planner, 5_000);
    assertThat(dialer.dialed(ConnectionKind.BLOCK_RELAY))
        .allMatch(address -> address.port() != 8333);
    assertThat(dialer.dialed()).hasSize(10);
  }

  @Test
  void whoWasCalledIsLeftInPeaceForTenMinutesIfThereAreOthers() {
    know(60);
    ConnectionPlanner planner = chooser();
    pass(planner, 5_000);
    List<NetAddress> first = dialer.dialed();
    dialer.hangUp();
    pass(planner, 5_000);
    assertThat(dialer.dialed()).hasSize(2 * first.size()).doesNotHaveDuplicates();
  }

  @Test
  void feelersLookForOthersAboutEveryTwoMinutes() {
    know(4000 / 16);
    ConnectionPlanner planner = chooser();
    for (int i = 0; i < 120; i++) {
      pass(planner, MINUTE);
      dialer.hangUp(ConnectionKind.FEELER);
    }
    // 60 are expected; within four standard deviations.
    assertThat(dialer.dialed(ConnectionKind.FEELER)).hasSizeBetween(29, 91);
    assertThat(count(ConnectionKind.OUTBOUND)).isEqualTo(8);
    assertThat(count(ConnectionKind.BLOCK_RELAY)).isEqualTo(2);
  }

  /** An address that was reached hours ago, and whose place another one wants since now. */
  private NetAddress wanted() {
    know(40);
    Random random = new Random(3);
    long hoursAgo = now - 5 * 60 * MINUTE;
    while (true) {
      NetAddress next =
          know("%d.%d.3.4:8333".formatted(20 + random.nextInt(60), random.nextInt(250)), BLOCKS);
      if (!book.succeeded(next, hoursAgo) && book.selectCollision().isPresent()) {
        book.succeeded(next, now);
        return book.selectCollision().orElseThrow().address();
      }
    }
  }

  private boolean isTried(NetAddress address) {
    return book.all().stream()
        .anyMatch(known -> known.tried() && known.address().address().equals(address));
  }

  @Test
  void aFeelerTestsWhomAnotherWantsToReplace() {
    NetAddress tested = wanted();
    dialer.unwelcome.add(tested);
    ConnectionPlanner planner = chooser();
    pass(planner, 5_000);
    dialer.unwelcome.clear();
    pass(planner, 30 * MINUTE);
    assertThat(dialer.dialed(ConnectionKind.FEELER)).containsExactly(tested);
    planner.succeeded(tested, BLOCKS, now);
    dialer.hangUp(ConnectionKind.FEELER);
    pass(planner, 60 * MINUTE);
    assertThat(isTried(tested)).isTrue();
  }

  @Test
  void whoDoesNotAnswerTheFeelerIsReplaced() {
    NetAddress tested = wanted();
    dialer.unwelcome.add(tested);
    ConnectionPlanner planner = chooser();
    pass(planner, 5_000);
    dialer.unwelcome.clear();
    for (int i = 0; i < 35; i++) {
      pass(planner, MINUTE);
      dialer.hangUp(ConnectionKind.FEELER);
    }
    assertThat(dialer.dialed(ConnectionKind.FEELER)).contains(tested);
    assertThat(isTried(tested)).isFalse();
  }

  @Test
  void aPeerWhosePlaceAnotherWantsNeedsNoFeeler() {
    NetAddress peer = wanted();
    dialer.standing.add(new Outgoing(peer, ConnectionKind.MANUAL, Outgoing.Stage.READY));
    ConnectionPlanner planner = chooser();
    for (int i = 0; i < 60; i++) {
      pass(planner, MINUTE);
      dialer.hangUp(ConnectionKind.FEELER);
    }
    assertThat(dialer.dialed(ConnectionKind.FEELER)).isNotEmpty().doesNotContain(peer);
    assertThat(isTried(peer)).isTrue();
  }

  @Test
  void aStrangerIsAskedForHeadersAboutEveryFiveMinutesOnceTheChainIsCurrent() {
    know(250);
    ConnectionPlanner planner = chooser();
    pass(planner, 60 * MINUTE);
    assertThat(dialer.dialed(ConnectionKind.BLOCK_RELAY)).hasSize(2);
    planner.current();
    int most = 0;
    for (int i = 0; i < 300; i++) {
      pass(planner, MINUTE);
      most = Math.max(most, count(ConnectionKind.BLOCK_RELAY));
      dialer.hangUp(ConnectionKind.FEELER);
      dropYoungest(ConnectionKind.BLOCK_RELAY, 2);
    }
    assertThat(most).isEqualTo(3);
    // 60 are expected.
    assertThat(dialer.dialed(ConnectionKind.BLOCK_RELAY)).hasSizeBetween(31, 93);
  }

  private void dropYoungest(ConnectionKind kind, int left) {
    List<Outgoing> all =
        new ArrayList<>(dialer.standing.stream().filter(each -> each.kind() == kind).toList());
    while (all.size() > left) {
      dialer.standing.remove(all.remove(all.size() - 1));
    }
  }

  @Test
  void oneMorePeerIsCalledWhileTheTipLooksStale() {
    know(40);
    ConnectionPlanner planner = chooser();
    pass(planner, 5_000);
    planner.wantAnother(true);
    pass(planner, 5_000);
    assertThat(count(ConnectionKind.OUTBOUND)).isEqualTo(9);
    // There is room for one of all kinds.
    pass(planner, 60 * MINUTE);
    assertThat(dialer.standing).hasSize(11);
    planner.wantAnother(false);
    dropYoungest(ConnectionKind.OUTBOUND, 8);
    pass(planner, 5_000);
    assertThat(count(ConnectionKind.OUTBOUND)).isEqualTo(8);
  }

  @Test
  void aPeerOfEachNetworkIsLookedFor() {
    know(40);
    know(ONION, BLOCKS);
    ConnectionPlanner planner = chooser();
    dialer.unwelcome.add(FakeDialer.address(ONION));
    pass(planner, 5_000);
    dialer.unwelcome.clear();
    for (int i = 0; i < 90; i++) {
      pass(planner, MINUTE);
      dialer.hangUp(ConnectionKind.FEELER);
    }
    assertThat(dialer.dialed(ConnectionKind.OUTBOUND)).hasSize(9);
    assertThat(dialer.dialed(ConnectionKind.OUTBOUND).get(8)).isEqualTo(FakeDialer.address(ONION));
  }

  @Test
  void inNetworksThatAreNotReachedNobodyIsCalled() {
    know(40);
    know(ONION, BLOCKS);
    dialer.reachable.removeIf(network -> !network.hasSockets());
    ConnectionPlanner planner = chooser();
    for (int i = 0; i < 90; i++) {
      pass(planner, MINUTE);
      dialer.hangUp(ConnectionKind.FEELER);
    }
    assertThat(dialer.dialed()).doesNotContain(FakeDialer.address(ONION));
  }

  @Test
  void anchorsComeFirst() {
    know(40);
    ConnectionPlanner planner = chooser();
    planner.useAnchors(
        Stream.of("9.1.1.1:8333", "9.2.1.1:8333", "9.3.1.1:8333")
            .map(text -> new TimedAddress(0, BLOCKS, FakeDialer.address(text)))
            .toList());
    planner.tick(now);
    assertThat(dialer.calls)
        .extracting(call -> call.kind() + " " + call.address())
        .startsWith("BLOCK_RELAY 9.2.1.1:8333", "BLOCK_RELAY 9.1.1.1:8333");
    pass(planner, 5_000);
    assertThat(count(ConnectionKind.OUTBOUND)).isEqualTo(8);
    assertThat(count(ConnectionKind.BLOCK_RELAY)).isEqualTo(2);
  }

  @Test
  void anAnchorThatIsOfNoUseIsPassedOver() {
    know(40);
    ConnectionPlanner planner = chooser();
    planner.useAnchors(
        List.of(
            new TimedAddress(0, BLOCKS, FakeDialer.address("9.1.1.1:8333")),
            new TimedAddress(0, Services.NONE, FakeDialer.address("9.2.1.1:8333"))));
    pass(planner, 5_000);
    assertThat(dialer.dialed())
        .contains(FakeDialer.address("9.1.1.1:8333"))
        .doesNotContain(FakeDialer.address("9.2.1.1:8333"));
  }

  @Test
  void peersForBlocksAloneAreTheNextAnchors() {
    know(40);
    ConnectionPlanner planner = chooser();
    pass(planner, 5_000);
    assertThat(planner.anchors(now))
        .extracting(TimedAddress::address)
        .containsExactlyElementsOf(dialer.dialed(ConnectionKind.BLOCK_RELAY));
    assertThat(planner.anchors(now)).extracting(TimedAddress::services).containsOnly(BLOCKS);
  }

  @Test
  void failuresCountOnlyWhereOthersAreReached() {
    know(1);
    ConnectionPlanner alone = chooser();
    for (int i = 0; i < 20; i++) {
      pass(alone, 11 * MINUTE);
      dialer.hangUp();
    }
    assertThat(book.sample(0, 0, Optional.empty(), now)).hasSize(1);
  }
}
