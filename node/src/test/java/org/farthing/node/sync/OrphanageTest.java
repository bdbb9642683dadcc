package org.farthing.node.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Sequence;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.junit.jupiter.api.Test;

class OrphanageTest {
  private final Orphanage orphanage = new Orphanage();

  private static Txid parent(int number) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) number;
    return Txid.of(bytes);
  }

  private static Transaction child(Txid parent, int number) {
    return new Transaction(
        2,
        List.of(new TxIn(new OutPoint(parent, 0), Script.EMPTY, Sequence.FINAL)),
        List.of(new TxOut(number, Script.EMPTY)),
        0);
  }

  @Test
  void childrenAreTakenWhenTheirParentComes() {
    orphanage.add(child(parent(1), 1), 7, 0);
    orphanage.add(child(parent(1), 2), 8, 0);
    orphanage.add(child(parent(2), 3), 7, 0);
    assertThat(orphanage.takeChildrenOf(parent(1)))
        .extracting(orphan -> orphan.transaction().outputs().get(0).valueSat())
        .containsExactly(1L, 2L);
    assertThat(orphanage.size()).isEqualTo(1);
  }

  @Test
  void aNoisyPeerPushesOutItsOwn() {
    Transaction quiet = child(parent(1), 0);
    orphanage.add(quiet, 1, 0);
    for (int i = 1; i <= 10 * Orphanage.MAX_ORPHANS; i++) {
      orphanage.add(child(parent(2), i), 2, 0);
    }
    assertThat(orphanage.size()).isEqualTo(Orphanage.MAX_ORPHANS);
    assertThat(orphanage.contains(quiet.wtxid())).isTrue();
  }

  @Test
  void orphansExpireAndLeaveWithTheirPeer() {
    Transaction early = child(parent(1), 1);
    orphanage.add(early, 1, 0);
    orphanage.add(child(parent(1), 2), 2, Orphanage.EXPIRY_MILLIS);
    assertThat(orphanage.contains(early.wtxid())).isFalse();
    orphanage.disconnected(2);
    assertThat(orphanage.size()).isZero();
  }

  @Test
  void anOrphanStaysAsLongAsSomebodyHasIt() {
    Transaction orphan = child(parent(1), 1);
    orphanage.add(orphan, 1, 0);
    assertThat(orphanage.alsoFrom(orphan.wtxid(), 2)).contains(orphan);
    assertThat(orphanage.alsoFrom(orphan.wtxid(), 2)).isEmpty();
    assertThat(orphanage.all().get(0).peers()).containsExactly(1L, 2L);
    orphanage.disconnected(1);
    assertThat(orphanage.all().get(0).peers()).containsExactly(2L);
    orphanage.disconnected(2);
    assertThat(orphanage.size()).isZero();
  }

  /** Who floods us cannot push out what others have too. */
  @Test
  void ofAnOrphanThatTwoHaveOnlyTheLoudestIsForgotten() {
    Transaction shared = child(parent(1), 0);
    orphanage.add(shared, 2, 0);
    orphanage.alsoFrom(shared.wtxid(), 1);
    for (int i = 1; i <= 10 * Orphanage.MAX_ORPHANS; i++) {
      orphanage.add(child(parent(2), i), 2, 0);
    }
    assertThat(orphanage.size()).isEqualTo(Orphanage.MAX_ORPHANS);
    assertThat(orphanage.all().get(0).transaction()).isEqualTo(shared);
    assertThat(orphanage.all().get(0).peers()).containsExactly(1L);
  }
}
