package org.farthing.node.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.OptionalInt;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Sequence;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.sync.PrivateBroadcast.Addition;
import org.farthing.node.wire.NetAddress;
import org.junit.jupiter.api.Test;

class PrivateBroadcastTest {
  private static final NetAddress SOMEWHERE = NetAddress.of(InetAddress.getLoopbackAddress(), 8333);

  private final PrivateBroadcast queue = new PrivateBroadcast();

  private static Transaction transaction(int number) {
    return new Transaction(
        2,
        List.of(new TxIn(new OutPoint(Txid.of(new byte[32]), 0), Script.EMPTY, Sequence.FINAL)),
        List.of(new TxOut(number, Script.EMPTY)),
        0);
  }

  @Test
  void aPeerGetsOneTransactionOnly() {
    queue.add(transaction(1), 0);
    queue.add(transaction(2), 0);
    assertThat(queue.pick(7, SOMEWHERE, 1)).contains(transaction(1));
    assertThat(queue.pick(7, SOMEWHERE, 2)).isEmpty();
    assertThat(queue.pickedFor(7)).contains(transaction(1));
    assertThat(queue.pickedFor(8)).isEmpty();
  }

  @Test
  void whatWasSentLeastOftenIsNext() {
    queue.add(transaction(1), 0);
    queue.add(transaction(2), 0);
    assertThat(queue.pick(1, SOMEWHERE, 10)).contains(transaction(1));
    assertThat(queue.pick(2, SOMEWHERE, 11)).contains(transaction(2));
    queue.confirmed(1, 12);
    // Both were sent once; the other one was confirmed by nobody.
    assertThat(queue.pick(3, SOMEWHERE, 13)).contains(transaction(2));
    assertThat(queue.pick(4, SOMEWHERE, 14)).contains(transaction(1));
  }

  @Test
  void whatDoesNotComeBackIsStale() {
    queue.add(transaction(1), 0);
    assertThat(queue.stale(PrivateBroadcast.FIRST_STALE_MILLIS)).isEmpty();
    assertThat(queue.stale(PrivateBroadcast.FIRST_STALE_MILLIS + 1))
        .containsExactly(transaction(1));
    queue.pick(1, SOMEWHERE, 400_000);
    queue.confirmed(1, 400_000);
    assertThat(queue.stale(400_000 + PrivateBroadcast.STALE_MILLIS)).isEmpty();
    assertThat(queue.stale(400_001 + PrivateBroadcast.STALE_MILLIS))
        .containsExactly(transaction(1));
  }

  @Test
  void whatIsForgottenTellsHowManyHaveIt() {
    queue.add(transaction(1), 0);
    queue.pick(1, SOMEWHERE, 1);
    queue.pick(2, SOMEWHERE, 1);
    queue.confirmed(2, 3);
    queue.confirmed(2, 4);
    assertThat(queue.remove(transaction(1).wtxid())).isEqualTo(OptionalInt.of(1));
    assertThat(queue.remove(transaction(1).wtxid())).isEmpty();
    assertThat(queue.pickedFor(1)).isEmpty();
    assertThat(queue.hasPending()).isFalse();
  }

  @Test
  void itTellsWhatWasSentWhereAndWhen() {
    queue.add(transaction(1), 5);
    queue.pick(1, SOMEWHERE, 6);
    queue.confirmed(1, 7);
    PrivateBroadcast.Progress progress = queue.all().get(0);
    assertThat(progress.addedMillis()).isEqualTo(5);
    assertThat(progress.attemptsRemaining()).isEqualTo(PrivateBroadcast.MAX_ATTEMPTS - 1);
    PrivateBroadcast.Delivery delivery = progress.deliveries().get(0);
    assertThat(delivery.address()).isEqualTo(SOMEWHERE);
    assertThat(delivery.sentMillis()).isEqualTo(6);
    assertThat(delivery.receivedMillis()).hasValue(7);
  }

  @Test
  void thereIsRoomForSoManyOnly() {
    for (int i = 0; i < PrivateBroadcast.MAX_TRANSACTIONS; i++) {
      assertThat(queue.add(transaction(i), 0)).isEqualTo(Addition.ADDED);
    }
    assertThat(queue.add(transaction(-1), 0)).isEqualTo(Addition.FULL);
    assertThat(queue.add(transaction(0), 0)).isEqualTo(Addition.PRESENT);
    queue.remove(transaction(0).wtxid());
    assertThat(queue.add(transaction(-1), 0)).isEqualTo(Addition.ADDED);
  }

  @Test
  void whatWasSentAsOftenAsMayBeWaitsToBeAddedAgain() {
    queue.add(transaction(1), 0);
    for (int i = 0; i < PrivateBroadcast.MAX_ATTEMPTS; i++) {
      assertThat(queue.pick(i, SOMEWHERE, i)).isPresent();
    }
    assertThat(queue.pick(-1, SOMEWHERE, 0)).isEmpty();
    assertThat(queue.hasPending()).isFalse();
    assertThat(queue.stale(Long.MAX_VALUE)).isEmpty();
    assertThat(queue.all().get(0).attemptsRemaining()).isZero();
    assertThat(queue.add(transaction(1), 9)).isEqualTo(Addition.ADDED);
    assertThat(queue.pick(-1, SOMEWHERE, 10)).isPresent();
  }
}
