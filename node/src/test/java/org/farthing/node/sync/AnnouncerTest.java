package org.farthing.node.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.peer.ConnectionKind;
import org.farthing.node.peer.Peer;
import org.farthing.node.time.Poisson;
import org.farthing.node.wire.Inv;
import org.farthing.node.wire.InvType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnnouncerTest {
  /** After so long every random wait is over: with this mean it is longer once in e^60 times. */
  private static final long ANY_WAIT = 60 * Announcer.INBOUND_MILLIS;

  private final RelayWorld world = new RelayWorld();
  private final Announcer announcer = new Announcer(world.mempool, world, new Random(11), 14);

  @AfterEach
  void close() {
    world.close();
  }

  private Peer joined(ConnectionKind kind) {
    Peer peer = world.peer(kind);
    announcer.ready(peer, false, world.now);
    return peer;
  }

  private void announce(Transaction transaction) {
    announcer.announce(transaction.wtxid(), world.now);
  }

  private void tickAfter(long millis) {
    world.now += millis;
    announcer.tick(world.now);
  }

  @Test
  void nobodyIsToldAtOnceAndEverybodyInTheEnd() {
    Peer chosen = joined(ConnectionKind.OUTBOUND);
    Peer caller = joined(ConnectionKind.INBOUND);
    Transaction payment = world.payment(1_000);
    announce(payment);
    assertThat(announcer.waitingFor(chosen)).isEqualTo(1);
    assertThat(announcer.waitingFor(caller)).isEqualTo(1);
    assertThat(world.announcedTo(chosen)).isEmpty();
    tickAfter(ANY_WAIT);
    assertThat(world.announcedTo(chosen)).containsExactly(payment.txid());
    assertThat(world.announcedTo(caller)).containsExactly(payment.txid());
    tickAfter(ANY_WAIT);
    assertThat(world.announcedTo(chosen)).as("once is enough").isEmpty();
  }

  @Test
  void whoDoesNotKnowWtxidsIsToldTxids() {
    Peer peer = joined(ConnectionKind.OUTBOUND);
    announce(world.payment(1_000));
    tickAfter(ANY_WAIT);
    Inv inv = (Inv) world.sentTo(peer).get(0);
    assertThat(inv.items()).allMatch(item -> item.type() == InvType.TX);
  }

  @Test
  void allWhoCalledUsHearAtTheSameMoment() {
    List<Peer> callers = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      callers.add(joined(ConnectionKind.INBOUND));
    }
    announce(world.payment(1_000));
    int told = 0;
    while (told == 0) {
      tickAfter(10);
      for (Peer caller : callers) {
        told += world.announcedTo(caller).size();
      }
    }
    assertThat(told).isEqualTo(callers.size());
  }

  @Test
  void whomWeCalledHearAtMomentsOfTheirOwn() {
    List<Peer> chosen = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      chosen.add(joined(ConnectionKind.OUTBOUND));
    }
    announce(world.payment(1_000));
    int most = 0;
    for (int i = 0; i < 1000; i++) {
      tickAfter(10);
      most =
          Math.max(
              most, (int) chosen.stream().filter(p -> !world.announcedTo(p).isEmpty()).count());
    }
    assertThat(most).as("of twenty, told within the same ten milliseconds").isLessThan(5);
  }

  @Test
  void waitsAreAsLongAsTheyShouldBeOnAverage() {
    Random random = new Random(4);
    int count = 100_000;
    long sum = 0;
    for (int i = 0; i < count; i++) {
      sum += Poisson.delayMillis(random, Announcer.INBOUND_MILLIS);
    }
    // The deviation of the average of so many is the mean divided by their root, 16.
    assertThat((double) sum / count).isCloseTo(Announcer.INBOUND_MILLIS, within(100.0));
  }

  @Test
  void whatAPeerKnowsItIsNotTold() {
    Peer peer = joined(ConnectionKind.OUTBOUND);
    Peer other = joined(ConnectionKind.OUTBOUND);
    Transaction payment = world.payment(1_000);
    announcer.knows(peer, payment);
    announce(payment);
    tickAfter(ANY_WAIT);
    assertThat(world.announcedTo(peer)).isEmpty();
    assertThat(world.announcedTo(other)).containsExactly(payment.txid());
  }

  @Test
  void whatPaysMostComesFirstAndParentsBeforeChildren() {
    Peer peer = joined(ConnectionKind.OUTBOUND);
    Transaction cheap = world.payment(500);
    Transaction dear = world.payment(50_000);
    Transaction child = world.child(cheap, 20_000);
    announce(child);
    announce(cheap);
    announce(dear);
    tickAfter(ANY_WAIT);
    assertThat(world.announcedTo(peer)).containsExactly(dear.txid(), cheap.txid(), child.txid());
  }

  @Test
  void whatPaysLessThanThePeerWantsItIsNotTold() {
    Peer peer = joined(ConnectionKind.OUTBOUND);
    Transaction cheap = world.payment(200);
    Transaction dear = world.payment(20_000);
    announcer.feeFilter(peer, 10_000);
    announce(cheap);
    announce(dear);
    tickAfter(ANY_WAIT);
    assertThat(world.announcedTo(peer)).containsExactly(dear.txid());
    assertThat(announcer.feeFilterOf(peer)).isEqualTo(10_000);
    announcer.feeFilter(peer, -1);
    announcer.feeFilter(peer, 21_000_000L * 100_000_000 + 1);
    assertThat(announcer.feeFilterOf(peer)).as("no amount of money").isEqualTo(10_000);
  }

  @Test
  void whoFiltersIsToldWhatPasses() {
    Peer peer = joined(ConnectionKind.INBOUND);
    Transaction one = world.payment(1_000);
    Transaction other = world.payment(1_000);
    announcer.filter(peer, transaction -> transaction.equals(other));
    announce(one);
    announce(other);
    tickAfter(ANY_WAIT);
    assertThat(world.announcedTo(peer)).containsExactly(other.txid());
  }

  @Test
  void connectionsForBlocksAloneHearOfNoTransaction() {
    Peer peer = joined(ConnectionKind.BLOCK_RELAY);
    announce(world.payment(1_000));
    tickAfter(ANY_WAIT);
    assertThat(world.sentTo(peer)).isEmpty();
    assertThat(announcer.talksTo(peer)).isFalse();
    assertThat(announcer.relaysTo(peer)).isFalse();
  }

  @Test
  void whoWantsAllIsToldAllAlsoWhatItKnows() {
    Peer peer = joined(ConnectionKind.INBOUND);
    Transaction known = world.payment(1_000);
    Transaction other = world.payment(2_000);
    announcer.knows(peer, known);
    announcer.wantsAll(peer);
    tickAfter(ANY_WAIT);
    assertThat(world.announcedTo(peer)).containsExactlyInAnyOrder(known.txid(), other.txid());
    tickAfter(ANY_WAIT);
    assertThat(world.announcedTo(peer)).as("asked once").isEmpty();
  }

  @Test
  void whatIsKeptQuietIsAnnouncedToNobody() {
    Peer peer = joined(ConnectionKind.OUTBOUND);
    Transaction quiet = world.payment(1_000);
    Transaction loud = world.payment(1_000);
    announcer.keepQuiet(quiet.wtxid()::equals);
    announce(quiet);
    announce(loud);
    tickAfter(ANY_WAIT);
    assertThat(world.announcedTo(peer)).containsExactly(loud.txid());
  }

  @Test
  void whatCameAfterTheLastAnnouncementMayNotBeAskedFor() {
    Peer peer = joined(ConnectionKind.OUTBOUND);
    Transaction announced = world.payment(1_000);
    announce(announced);
    assertThat(announcer.mayAsk(peer, announced.txid())).isFalse();
    tickAfter(ANY_WAIT);
    Transaction later = world.payment(1_000);
    assertThat(announcer.mayAsk(peer, announced.txid())).isTrue();
    assertThat(announcer.mayAsk(peer, later.txid())).isFalse();
    assertThat(announcer.mayAsk(peer, Txid.ZERO)).isFalse();
    announcer.left(peer);
    assertThat(announcer.mayAsk(peer, announced.txid())).isFalse();
  }

  @Test
  void aFloodGoesOnAsAStream() {
    Announcer slow = new Announcer(world.mempool, world, new Random(1), 1);
    Peer caller = world.peer(ConnectionKind.INBOUND);
    Peer chosen = world.peer(ConnectionKind.OUTBOUND);
    slow.ready(caller, false, world.now);
    slow.ready(chosen, false, world.now);
    for (int i = 0; i < 38; i++) {
      slow.announce(world.payment(1_000 + i).wtxid(), world.now);
    }
    // Of one in a second thirty may have gathered.
    assertThat(slow.waitingFor(caller)).isEqualTo(30);
    assertThat(slow.waitingFor(chosen)).isEqualTo(30);
    assertThat(slow.inboundBacklog().waiting()).isEqualTo(8);
    assertThat(slow.outboundBacklog().waiting()).isEqualTo(8);
    world.now += 10_000;
    slow.tick(world.now);
    assertThat(slow.inboundBacklog().waiting()).isZero();
    assertThat(slow.outboundBacklog().waiting()).isZero();
  }
}
