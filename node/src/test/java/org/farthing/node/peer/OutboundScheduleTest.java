package org.farthing.node.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.farthing.node.peer.OutboundSchedule.Limits;
import org.farthing.node.peer.OutboundSchedule.Wish;
import org.farthing.node.wire.AddressNetwork;
import org.farthing.node.wire.NetAddress;
import org.junit.jupiter.api.Test;

/** Which kind of connection comes next. */
class OutboundScheduleTest {
  private static final long NOW = 1_800_000_000_000L;
  private static final long HOUR = 3_600_000L;
  private static final Limits USUAL = new Limits(8, 2, 11);

  private final OutboundSchedule schedule = new OutboundSchedule(new Random(1));
  private final List<Outgoing> standing = new ArrayList<>();
  private Optional<AddressNetwork> missing = Optional.empty();

  private void has(ConnectionKind kind, int count) {
    for (int i = 0; i < count; i++) {
      standing.add(
          new Outgoing(
              NetAddress.of(AddressNetwork.IPV4, new byte[] {9, (byte) standing.size(), 1, 1}, 1),
              kind,
              Outgoing.Stage.READY));
    }
  }

  private Optional<Wish> next(Limits limits, boolean hasAnchors, long nowMillis) {
    return schedule.next(
        new OutboundView(standing, false), limits, hasAnchors, () -> missing, nowMillis);
  }

  private Optional<ConnectionKind> kind(long nowMillis) {
    return next(USUAL, false, nowMillis).map(Wish::kind);
  }

  @Test
  void anchorsComeBeforeAllButNotInTheirPlaces() {
    assertThat(next(USUAL, true, NOW)).map(Wish::anchor).contains(true);
    has(ConnectionKind.BLOCK_RELAY, 2);
    assertThat(next(USUAL, true, NOW)).contains(Wish.of(ConnectionKind.OUTBOUND));
  }

  @Test
  void thoseThatRelayAllComeBeforeThoseForBlocksAlone() {
    has(ConnectionKind.OUTBOUND, 7);
    assertThat(kind(NOW)).contains(ConnectionKind.OUTBOUND);
    has(ConnectionKind.OUTBOUND, 1);
    assertThat(kind(NOW)).contains(ConnectionKind.BLOCK_RELAY);
    has(ConnectionKind.BLOCK_RELAY, 2);
    assertThat(kind(NOW)).isEmpty();
  }

  @Test
  void thereIsOneMorePlaceForAllThatComesAndGoes() {
    has(ConnectionKind.OUTBOUND, 8);
    has(ConnectionKind.BLOCK_RELAY, 2);
    schedule.wantAnother(true);
    assertThat(kind(NOW)).contains(ConnectionKind.OUTBOUND);
    has(ConnectionKind.ADDR_FETCH, 1);
    assertThat(kind(NOW)).isEmpty();
    assertThat(kind(NOW + 10 * HOUR)).isEmpty();
  }

  @Test
  void theOperatorsOwnTakeNoPlace() {
    has(ConnectionKind.MANUAL, 20);
    has(ConnectionKind.PRIVATE_BROADCAST, 20);
    assertThat(kind(NOW)).contains(ConnectionKind.OUTBOUND);
  }

  @Test
  void strangersAreAskedBeforeFeelersOnceTheChainWasCurrent() {
    has(ConnectionKind.OUTBOUND, 8);
    has(ConnectionKind.BLOCK_RELAY, 2);
    assertThat(kind(NOW)).isEmpty();
    // Both are overdue.
    assertThat(kind(NOW + 10 * HOUR)).contains(ConnectionKind.FEELER);
    schedule.current();
    assertThat(kind(NOW + 20 * HOUR)).contains(ConnectionKind.BLOCK_RELAY);
    assertThat(kind(NOW + 20 * HOUR)).contains(ConnectionKind.FEELER);
    assertThat(kind(NOW + 20 * HOUR)).isEmpty();
  }

  @Test
  void anotherNetworkComesLastAndOnlyBesideAllUsualPeers() {
    missing = Optional.of(AddressNetwork.TORV3);
    has(ConnectionKind.OUTBOUND, 8);
    has(ConnectionKind.BLOCK_RELAY, 2);
    assertThat(next(USUAL, false, NOW)).isEmpty();
    assertThat(kind(NOW + HOUR)).contains(ConnectionKind.FEELER);
    assertThat(next(USUAL, false, NOW + HOUR))
        .contains(new Wish(ConnectionKind.OUTBOUND, false, missing));
    // Who wants fewer peers does not have them exchanged.
    standing.clear();
    has(ConnectionKind.OUTBOUND, 4);
    assertThat(next(new Limits(4, 0, 5), false, NOW + 9 * HOUR))
        .contains(Wish.of(ConnectionKind.FEELER));
    assertThat(next(new Limits(4, 0, 5), false, NOW + 9 * HOUR)).isEmpty();
  }

  @Test
  void withoutAnyPlaceNothingIsWanted() {
    schedule.wantAnother(true);
    schedule.current();
    assertThat(next(new Limits(0, 0, 0), true, NOW)).isEmpty();
    assertThat(next(new Limits(0, 0, 0), true, NOW + HOUR)).isEmpty();
  }
}
