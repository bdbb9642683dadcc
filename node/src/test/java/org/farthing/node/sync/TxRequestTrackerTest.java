package org.farthing.node.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.farthing.node.sync.TxRequestTracker.REQUEST_TIMEOUT_MILLIS;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.farthing.consensus.primitives.Hash256;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.primitives.Wtxid;
import org.farthing.node.sync.TxRequestTracker.Request;
import org.junit.jupiter.api.Test;

class TxRequestTrackerTest {
  private static final long OUTBOUND = 1;
  private static final long OTHER_OUTBOUND = 2;
  private static final long INBOUND = 3;
  private static final Hash256 TX = txid(1);

  private record Asked(long peer, long atMillis) {}

  private final TxRequestTracker tracker = new TxRequestTracker();

  private static Txid txid(int number) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) number;
    bytes[1] = (byte) (number >> 8);
    return Txid.of(bytes);
  }

  @Test
  void anOutboundPeerIsAskedAtOnce() {
    tracker.announced(OUTBOUND, true, TX, 0);
    assertThat(tracker.due(0)).containsExactly(new Request(OUTBOUND, TX));
    assertThat(tracker.due(1)).isEmpty();
    assertThat(tracker.inFlight(OUTBOUND)).isEqualTo(1);
  }

  @Test
  void anInboundPeerIsAskedAfterADelayAndOutboundOnesFirst() {
    tracker.announced(INBOUND, false, TX, 0);
    assertThat(tracker.due(TxRequestTracker.INBOUND_DELAY_MILLIS - 1)).isEmpty();
    tracker.announced(OUTBOUND, true, TX, TxRequestTracker.INBOUND_DELAY_MILLIS);
    assertThat(tracker.due(TxRequestTracker.INBOUND_DELAY_MILLIS))
        .containsExactly(new Request(OUTBOUND, TX));
  }

  @Test
  void theNextPeerIsAskedAfterNotFoundAfterSilenceAndAfterLeaving() {
    tracker.announced(OUTBOUND, true, TX, 0);
    tracker.announced(OTHER_OUTBOUND, true, TX, 0);
    tracker.announced(INBOUND, false, TX, 0);
    tracker.announced(4, false, TX, 1);
    assertThat(tracker.due(0)).containsExactly(new Request(OUTBOUND, TX));
    tracker.notFound(OTHER_OUTBOUND, TX, 5);
    assertThat(tracker.due(5)).as("only who was asked can decline").isEmpty();
    tracker.notFound(OUTBOUND, TX, 10);
    assertThat(tracker.due(10)).containsExactly(new Request(OTHER_OUTBOUND, TX));
    long expiry = 10 + REQUEST_TIMEOUT_MILLIS;
    assertThat(tracker.due(expiry - 1)).isEmpty();
    assertThat(tracker.due(expiry)).containsExactly(new Request(INBOUND, TX));
    tracker.disconnected(INBOUND, expiry + 1);
    assertThat(tracker.due(expiry + 1)).containsExactly(new Request(4, TX));
    assertThat(tracker.inFlight(INBOUND)).isZero();
  }

  @Test
  void nobodyIsAskedForWhatIsSettled() {
    tracker.announced(OUTBOUND, true, TX, 0);
    tracker.announced(OTHER_OUTBOUND, true, TX, 0);
    tracker.settled(TX);
    assertThat(tracker.due(0)).isEmpty();
    tracker.due(0);
    assertThat(tracker.inFlight(OUTBOUND)).isZero();
  }

  @Test
  void txidAndWtxidOfTheSameBytesAreDifferentThings() {
    tracker.announced(OUTBOUND, true, TX, 0);
    tracker.announced(OUTBOUND, true, Wtxid.of(TX.toByteArray()), 0);
    assertThat(tracker.due(0)).hasSize(2);
  }

  @Test
  void aBusyPeerIsAskedLaterAndAFloodIsNotRemembered() {
    for (int i = 0; i < TxRequestTracker.MAX_IN_FLIGHT; i++) {
      tracker.announced(OUTBOUND, true, txid(i), 0);
    }
    assertThat(tracker.due(0)).hasSize(TxRequestTracker.MAX_IN_FLIGHT);
    for (int i = 0; i < TxRequestTracker.MAX_ANNOUNCEMENTS + 10; i++) {
      tracker.announced(OUTBOUND, true, txid(1000 + i), 0);
    }
    assertThat(tracker.due(0)).isEmpty();
    assertThat(tracker.due(TxRequestTracker.OVERLOADED_DELAY_MILLIS))
        .hasSize(TxRequestTracker.MAX_ANNOUNCEMENTS);
  }

  /**
   * Random events against the two promises: one open request for each transaction, none starved.
   */
  @Test
  void oneRequestAtATimeAndNoneForgotten() {
    Random random = new Random(5);
    Map<Hash256, Asked> open = new HashMap<>();
    List<Hash256> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      all.add(txid(i));
    }
    long now = 0;
    for (int step = 0; step < 20_000; step++) {
      now += random.nextInt(500);
      long peer = random.nextInt(6);
      Hash256 hash = all.get(random.nextInt(all.size()));
      switch (random.nextInt(10)) {
        case 0 -> {
          tracker.disconnected(peer, now);
          open.values().removeIf(asked -> asked.peer() == peer);
        }
        case 1 -> {
          tracker.settled(hash);
          open.remove(hash);
        }
        case 2, 3 -> {
          open.computeIfPresent(hash, (key, asked) -> asked.peer() == peer ? null : asked);
          tracker.notFound(peer, hash, now);
        }
        default -> tracker.announced(peer, peer < 3, hash, now);
      }
      for (Request request : tracker.due(now)) {
        Asked before = open.put(request.hash(), new Asked(request.peer(), now));
        assertThat(before == null || now - before.atMillis() >= REQUEST_TIMEOUT_MILLIS).isTrue();
      }
    }
    // Left alone, every announcement is asked for and then dropped: nothing stays behind.
    for (int i = 0; i < 10; i++) {
      now += REQUEST_TIMEOUT_MILLIS;
      tracker.due(now);
    }
    for (long peer = 0; peer < 6; peer++) {
      assertThat(tracker.inFlight(peer)).isZero();
    }
    tracker.announced(0, true, TX, now);
    assertThat(tracker.due(now)).containsExactly(new Request(0, TX));
  }
}
