package org.farthing.node.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Sequence;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.junit.jupiter.api.Test;

class OrphanageTest {
  private static final long ONE = 1;
  private static final long OTHER = 2;
  private static final Transaction PARENT = transaction(0, List.of(new OutPoint(Txid.ZERO, 0)));

  private final Orphanage orphanage = new Orphanage(new Random(3));

  private static Transaction transaction(int number, List<OutPoint> spent) {
    return new Transaction(
        2,
        spent.stream().map(each -> new TxIn(each, Script.EMPTY, Sequence.FINAL)).toList(),
        List.of(new TxOut(number, Script.EMPTY)),
        0);
  }

  private static Transaction child(int number) {
    return transaction(number, List.of(PARENT.outPoint(0)));
  }

  private static Transaction withInputs(int number, int inputs) {
    List<OutPoint> spent = new ArrayList<>();
    for (int i = 0; i < inputs; i++) {
      spent.add(new OutPoint(PARENT.txid(), i + 1));
    }
    return transaction(number, spent);
  }

  @Test
  void childrenAreDueOnceTheirParentIsHere() {
    Transaction orphan = child(1);
    assertThat(orphanage.add(orphan, ONE)).isTrue();
    assertThat(orphanage.add(orphan, ONE)).isFalse();
    assertThat(orphanage.hasDue(ONE)).isFalse();
    orphanage.parentArrived(PARENT);
    orphanage.parentArrived(PARENT);
    assertThat(orphanage.hasDue(ONE)).isTrue();
    assertThat(orphanage.nextDue(ONE)).contains(orphan);
    assertThat(orphanage.nextDue(ONE)).isEmpty();
    assertThat(orphanage.contains(orphan.wtxid())).as("it may lack another parent").isTrue();
  }

  @Test
  void anOrphanIsDueForOneOfThoseWhoAnnouncedIt() {
    Set<Long> drawn = new LinkedHashSet<>();
    for (int i = 0; i < 50; i++) {
      Transaction orphan = child(i);
      orphanage.add(orphan, ONE);
      assertThat(orphanage.alsoFrom(orphan.wtxid(), OTHER)).isTrue();
      orphanage.parentArrived(PARENT);
      assertThat(orphanage.hasDue(ONE)).isNotEqualTo(orphanage.hasDue(OTHER));
      drawn.add(orphanage.hasDue(ONE) ? ONE : OTHER);
      orphanage.remove(orphan.wtxid());
    }
    assertThat(drawn).containsExactlyInAnyOrder(ONE, OTHER);
  }

  @Test
  void anOrphanStaysAsLongAsSomebodyHasIt() {
    Transaction orphan = child(1);
    orphanage.add(orphan, OTHER);
    assertThat(orphanage.alsoFrom(orphan.wtxid(), ONE)).isTrue();
    assertThat(orphanage.alsoFrom(orphan.wtxid(), ONE)).isFalse();
    assertThat(orphanage.all()).containsExactly(new Orphanage.Orphan(orphan, List.of(ONE, OTHER)));
    orphanage.disconnected(OTHER);
    assertThat(orphanage.isFrom(orphan.wtxid(), ONE)).isTrue();
    assertThat(orphanage.isFrom(orphan.wtxid(), OTHER)).isFalse();
    orphanage.disconnected(ONE);
    assertThat(orphanage.size()).isZero();
    assertThat(orphanage.totalWeight()).isZero();
    assertThat(orphanage.totalLatency()).isZero();
    assertThat(orphanage.alsoFrom(orphan.wtxid(), ONE)).isFalse();
  }

  @Test
  void childrenOfOnePeerComeNewestFirstAndDueOnesBefore() {
    Transaction due = transaction(1, List.of(PARENT.outPoint(0), new OutPoint(Txid.ZERO, 7)));
    Transaction old = child(2);
    Transaction young = child(3);
    orphanage.add(due, ONE);
    orphanage.parentArrived(transaction(0, List.of(new OutPoint(Txid.ZERO, 0))));
    orphanage.add(old, ONE);
    orphanage.add(young, ONE);
    orphanage.add(child(4), OTHER);
    assertThat(orphanage.childrenFrom(ONE, PARENT.txid())).containsExactly(due, young, old);
    assertThat(orphanage.childrenFrom(ONE, Txid.ZERO)).containsExactly(due);
  }

  @Test
  void blocksTakeOrphansAndTheirRivals() {
    Transaction orphan = child(1);
    Transaction rival = child(2);
    Transaction stranger = withInputs(3, 1);
    List.of(orphan, stranger).forEach(each -> orphanage.add(each, ONE));
    orphanage.confirmed(List.of(rival));
    assertThat(orphanage.all()).extracting(Orphanage.Orphan::transaction).containsExactly(stranger);
  }

  @Test
  void aLoudPeerLosesItsOwnOldestOnesAndNobodyElseAny() {
    Transaction quiet = child(0);
    orphanage.add(quiet, ONE);
    for (int i = 1; i <= 2 * Orphanage.MAX_LATENCY; i++) {
      orphanage.add(child(i), OTHER);
    }
    assertThat(orphanage.totalLatency()).isEqualTo(Orphanage.MAX_LATENCY);
    assertThat(orphanage.contains(quiet.wtxid())).isTrue();
    assertThat(orphanage.contains(child(1).wtxid())).isFalse();
    assertThat(orphanage.contains(child(2 * Orphanage.MAX_LATENCY).wtxid())).isTrue();
  }

  @Test
  void whatIsDueGoesLast() {
    Orphanage small = new Orphanage(3, Orphanage.WEIGHT_PER_PEER, new Random(1));
    Transaction due = child(1);
    small.add(due, ONE);
    small.parentArrived(PARENT);
    for (int i = 2; i <= 5; i++) {
      small.add(withInputs(i, 1), ONE);
    }
    assertThat(small.size()).isEqualTo(3);
    assertThat(small.contains(due.wtxid())).isTrue();
  }

  @Test
  void manyInputsCostMore() {
    orphanage.add(withInputs(1, 9), ONE);
    assertThat(orphanage.totalLatency()).isEqualTo(1);
    orphanage.add(withInputs(2, 25), ONE);
    assertThat(orphanage.totalLatency()).isEqualTo(4);
    orphanage.alsoFrom(withInputs(2, 25).wtxid(), OTHER);
    assertThat(orphanage.totalLatency()).as("inputs count once").isEqualTo(5);
  }

  @Test
  void largeOnesAreNotKeptAndWeightIsShared() {
    assertThat(orphanage.add(withInputs(1, 3000), ONE)).isFalse();
    assertThat(orphanage.size()).isZero();
    for (int i = 0; i < 10; i++) {
      orphanage.add(withInputs(i, 500), ONE);
      orphanage.add(child(i), OTHER);
    }
    assertThat(orphanage.totalWeight()).isLessThanOrEqualTo(2 * Orphanage.WEIGHT_PER_PEER);
    assertThat(orphanage.countOf(OTHER)).isEqualTo(10);
    orphanage.disconnected(OTHER);
    assertThat(orphanage.totalWeight()).isLessThanOrEqualTo(Orphanage.WEIGHT_PER_PEER);
  }

  /** Whatever happens: limits hold, and nobody within his share loses anything to others. */
  @Test
  void randomEventsKeepTheLimitsAndTheShares() {
    Random random = new Random(9);
    Orphanage small = new Orphanage(40, 8_000, random);
    for (int step = 0; step < 20_000; step++) {
      long peer = random.nextInt(5);
      Transaction orphan = withInputs(random.nextInt(60), 1 + random.nextInt(14));
      switch (random.nextInt(10)) {
        case 0 -> small.remove(orphan.wtxid());
        case 1 -> {
          if (random.nextInt(20) == 0) {
            small.disconnected(peer);
          }
        }
        case 2 -> small.parentArrived(PARENT);
        case 3 -> small.nextDue(peer);
        case 4, 5 -> small.alsoFrom(orphan.wtxid(), peer);
        default -> small.add(orphan, peer);
      }
      assertThat(small.totalLatency()).isLessThanOrEqualTo(40);
      assertThat(small.totalWeight()).isLessThanOrEqualTo(small.allowedWeight());
      long weight = small.all().stream().mapToLong(each -> each.transaction().weight()).sum();
      assertThat(small.totalWeight()).isEqualTo(weight);
      long announced = small.all().stream().mapToLong(each -> each.peers().size()).sum();
      int counted = 0;
      for (long each = 0; each < 5; each++) {
        counted += small.countOf(each);
      }
      assertThat(counted).isEqualTo((int) announced);
    }
  }
}
