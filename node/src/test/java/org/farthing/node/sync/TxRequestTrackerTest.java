package org.farthing.node.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.farthing.consensus.primitives.Hash256;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.primitives.Wtxid;
import org.farthing.node.sync.TxRequestTracker.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TxRequestTrackerTest {
  private static final long ONE = 1;
  private static final long OTHER = 2;
  private static final long THIRD = 3;
  private static final Hash256 TX = txid(1);

  private final TxRequestTracker tracker = new TxRequestTracker(new Random(1));
  private final List<Request> expired = new ArrayList<>();

  private static Txid txid(int number) {
    return Txid.of(bytes(number));
  }

  private static byte[] bytes(int number) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) number;
    bytes[1] = (byte) (number >> 8);
    return bytes;
  }

  private List<Hash256> requestable(long peer, long nowMillis) {
    return tracker.requestable(peer, nowMillis, expired::add);
  }

  @Test
  void nobodyIsAskedBeforeTime() {
    tracker.announced(ONE, TX, true, 100);
    assertThat(requestable(ONE, 99)).isEmpty();
    assertThat(requestable(ONE, 100)).containsExactly(TX);
    assertThat(requestable(OTHER, 100)).isEmpty();
    assertThat(tracker.candidates(ONE)).isEqualTo(1);
  }

  @Test
  void onePeerIsAskedAtATimeAndAnotherWhenItFails() {
    tracker.announced(ONE, TX, true, 0);
    tracker.announced(OTHER, TX, false, 0);
    assertThat(requestable(OTHER, 0)).as("the preferred peer goes first").isEmpty();
    assertThat(requestable(ONE, 0)).containsExactly(TX);
    tracker.requested(ONE, TX, 60);
    assertThat(tracker.inFlight(ONE)).isEqualTo(1);
    assertThat(requestable(OTHER, 59)).isEmpty();
    assertThat(requestable(OTHER, 60)).containsExactly(TX);
    assertThat(expired).containsExactly(new Request(ONE, TX));
    assertThat(tracker.inFlight(ONE)).isZero();
  }

  @Test
  void anAnswerEndsTheRequestAndIsNotHopedForAgain() {
    tracker.announced(ONE, TX, true, 0);
    tracker.announced(OTHER, TX, true, 0);
    long first = requestable(ONE, 0).isEmpty() ? OTHER : ONE;
    long second = first == ONE ? OTHER : ONE;
    tracker.requested(first, TX, 60);
    tracker.responded(first, TX);
    tracker.announced(first, TX, true, 1);
    assertThat(requestable(first, 1)).isEmpty();
    assertThat(requestable(second, 1)).containsExactly(TX);
    assertThat(tracker.count(first)).as("it is remembered that it failed").isEqualTo(1);
    tracker.responded(second, TX);
    assertThat(tracker.size()).as("nobody is left who could give it").isZero();
    tracker.announced(first, TX, true, 2);
    assertThat(requestable(first, 2)).containsExactly(TX);
  }

  @Test
  void whoLeavesMakesRoomForTheNext() {
    tracker.announced(ONE, TX, true, 0);
    tracker.announced(OTHER, TX, false, 0);
    requestable(ONE, 0);
    tracker.requested(ONE, TX, 60);
    tracker.disconnected(ONE);
    assertThat(requestable(OTHER, 1)).containsExactly(TX);
    assertThat(tracker.count(ONE)).isZero();
  }

  @Test
  void whatIsSettledIsForgotten() {
    tracker.announced(ONE, TX, true, 0);
    tracker.announced(OTHER, TX, true, 9);
    tracker.settled(TX);
    assertThat(tracker.size()).isZero();
    assertThat(requestable(ONE, 10)).isEmpty();
    assertThat(requestable(OTHER, 10)).isEmpty();
  }

  @Test
  void aTxidAndAWtxidOfTheSameBytesAreTheSameTransaction() {
    Wtxid wtxid = Wtxid.of(bytes(1));
    tracker.announced(ONE, wtxid, true, 0);
    tracker.announced(ONE, TX, true, 0);
    assertThat(requestable(ONE, 0)).containsExactly(wtxid);
    assertThat(tracker.holders(TX)).containsExactly(ONE);
    tracker.settled(TX);
    assertThat(tracker.size()).isZero();
  }

  @Test
  void aPeerIsAskedInTheOrderOfItsAnnouncements() {
    tracker.announced(ONE, txid(9), true, 5);
    tracker.announced(ONE, txid(3), true, 2);
    tracker.announced(ONE, txid(7), true, 2);
    assertThat(requestable(ONE, 5)).containsExactly(txid(9), txid(3), txid(7));
  }

  @Test
  void holdersAreThoseWhoDidNotFail() {
    tracker.announced(ONE, TX, true, 0);
    tracker.announced(OTHER, TX, false, 50);
    tracker.announced(THIRD, TX, false, 50);
    tracker.responded(ONE, TX);
    assertThat(tracker.holders(TX)).containsExactly(OTHER, THIRD);
    assertThat(tracker.holders(txid(2))).isEmpty();
  }

  @Test
  void aRequestThatNobodyAdvisedTakesThePlaceOfAnother() {
    tracker.announced(ONE, TX, true, 0);
    tracker.announced(OTHER, TX, false, 100);
    requestable(ONE, 0);
    tracker.requested(ONE, TX, 60);
    tracker.requested(OTHER, TX, 80);
    assertThat(tracker.inFlight(ONE)).isZero();
    assertThat(tracker.inFlight(OTHER)).isEqualTo(1);
    tracker.requested(THIRD, TX, 80);
    assertThat(tracker.inFlight(THIRD)).as("it announced nothing").isZero();
  }

  /** The peers that hold a transaction share the first requests evenly, whoever is first. */
  @Test
  void amongEqualsLotsDecide() {
    int first = 0;
    for (int i = 0; i < 1000; i++) {
      tracker.announced(ONE, txid(i), true, 0);
    }
    requestable(ONE, 0);
    for (int i = 0; i < 1000; i++) {
      tracker.announced(OTHER, txid(i), true, 0);
    }
    first += requestable(ONE, 1).size();
    assertThat(first).isBetween(420, 580);
    assertThat(requestable(OTHER, 1)).hasSize(1000 - first);
  }

  /** Generated events, told to the tracker and to a model that looks at everything each time. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void agreesWithAPlainModel(long seed) {
    Random random = new Random(seed);
    TxRequestTracker tested = new TxRequestTracker(new Random(seed));
    TxRequestModel model = new TxRequestModel(tested::priority);
    long now = 1000;
    for (int step = 0; step < 4_000; step++) {
      // A clock that stands still, runs, leaps, and is set back.
      now += random.nextInt(20) == 0 ? random.nextInt(4000) - 1000 : random.nextInt(40);
      long peer = random.nextInt(6);
      Hash256 hash =
          random.nextBoolean() ? txid(random.nextInt(12)) : Wtxid.of(bytes(random.nextInt(12)));
      switch (random.nextInt(12)) {
        case 0 -> {
          tested.disconnected(peer);
          model.disconnected(peer);
        }
        case 1 -> {
          tested.settled(hash);
          model.settled(hash);
        }
        case 2, 3 -> {
          tested.responded(peer, hash);
          model.responded(peer, hash);
        }
        case 4 -> {
          tested.requested(peer, hash, now + 300);
          model.requested(peer, hash, now + 300);
        }
        case 5, 6, 7 -> ask(tested, model, peer, now);
        default -> {
          long from = now + random.nextInt(200) - 20;
          boolean preferred = random.nextInt(3) == 0;
          tested.announced(peer, hash, preferred, from);
          model.announced(peer, hash, preferred, from);
        }
      }
      compare(tested, model, hash);
    }
  }

  private static void ask(
      TxRequestTracker tested, TxRequestModel model, long peer, long nowMillis) {
    List<Request> expired = new ArrayList<>();
    List<Request> expected = new ArrayList<>();
    List<Hash256> requests = tested.requestable(peer, nowMillis, expired::add);
    assertThat(requests).isEqualTo(model.requestable(peer, nowMillis, expected::add));
    assertThat(expired).containsExactlyInAnyOrderElementsOf(expected);
    for (Hash256 request : requests) {
      tested.requested(peer, request, nowMillis + 300);
      model.requested(peer, request, nowMillis + 300);
    }
  }

  private static void compare(TxRequestTracker tested, TxRequestModel model, Hash256 hash) {
    assertThat(tested.size()).isEqualTo(model.size());
    assertThat(tested.indexSizes()).containsOnly(model.size());
    assertThat(tested.holders(hash)).isEqualTo(model.holders(hash));
    for (long peer = 0; peer < 6; peer++) {
      assertThat(tested.count(peer)).isEqualTo(model.count(peer));
      assertThat(tested.inFlight(peer)).isEqualTo(model.inFlight(peer));
      assertThat(tested.candidates(peer)).isEqualTo(model.candidates(peer));
    }
  }
}
