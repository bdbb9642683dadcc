package org.farthing.node.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Wtxid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The figures are those of Bitcoin Core 31 (its {@code -txsendrate} and what belongs to it). */
class AnnouncementBacklogTest {
  private static final int GATHERED_SECONDS = 30;
  private static final int ADVANCE_SECONDS = 5;

  private final RelayWorld world = new RelayWorld();

  @AfterEach
  void close() {
    world.close();
  }

  private List<Wtxid> payments(AnnouncementBacklog backlog, int count) {
    List<Wtxid> added = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Wtxid wtxid = world.payment(1_000 + 100 * i).wtxid();
      backlog.add(wtxid);
      added.add(wtxid);
    }
    return added;
  }

  @Test
  void aLittleGoesOnAtOnceWhatPaysBestFirst() {
    AnnouncementBacklog backlog = new AnnouncementBacklog(14, 1);
    backlog.fill(world.now);
    List<Wtxid> added = payments(backlog, 3);
    assertThat(backlog.take(world.mempool))
        .containsExactly(added.get(2), added.get(1), added.get(0));
    assertThat(backlog.size()).isZero();
    assertThat(backlog.take(world.mempool)).isEmpty();
  }

  @Test
  void nothingIsTakenTwice() {
    AnnouncementBacklog backlog = new AnnouncementBacklog(14, 1);
    backlog.fill(world.now);
    Wtxid wtxid = payments(backlog, 1).get(0);
    backlog.add(wtxid);
    assertThat(backlog.take(world.mempool)).containsExactly(wtxid);
  }

  @Test
  void whatIsTooMuchWaitsAndTheBestGoes() {
    AnnouncementBacklog backlog = new AnnouncementBacklog(1, 1);
    backlog.fill(world.now);
    List<Wtxid> added = payments(backlog, GATHERED_SECONDS + ADVANCE_SECONDS + 2);
    List<Wtxid> taken = backlog.take(world.mempool);
    assertThat(taken).hasSize(GATHERED_SECONDS + ADVANCE_SECONDS);
    assertThat(taken).doesNotContain(added.get(0), added.get(1));
    assertThat(backlog.size()).isEqualTo(2);
    assertThat(backlog.status().countTokens()).isEqualTo(-ADVANCE_SECONDS);
    assertThat(backlog.take(world.mempool)).as("nothing is left").isEmpty();
    backlog.fill(world.now + ADVANCE_SECONDS * 1_000);
    assertThat(backlog.take(world.mempool)).as("nothing is left yet").isEmpty();
    backlog.fill(world.now + ADVANCE_SECONDS * 1_000 + 1_000);
    assertThat(backlog.take(world.mempool)).hasSize(2);
  }

  @Test
  void whoIsToldMoreHasMoreTokens() {
    AnnouncementBacklog backlog = new AnnouncementBacklog(2, 2.5);
    backlog.fill(world.now);
    payments(backlog, 30);
    backlog.take(world.mempool);
    assertThat(backlog.status().countTokens()).isEqualTo(2 * GATHERED_SECONDS - 30);
    backlog.fill(world.now + 2_000);
    assertThat(backlog.status().countTokens()).isEqualTo(2 * GATHERED_SECONDS - 30 + 10);
    backlog.fill(world.now + 1_000_000);
    assertThat(backlog.status().countTokens()).as("more does not gather").isEqualTo(60);
  }

  @Test
  void bytesCountToo() {
    AnnouncementBacklog backlog = new AnnouncementBacklog(14, 1);
    backlog.fill(world.now);
    double before = backlog.status().byteTokens();
    Transaction payment = world.payment(1_000);
    backlog.add(payment.wtxid());
    backlog.take(world.mempool);
    assertThat(backlog.status().byteTokens()).isEqualTo(before - payment.totalSize());
    backlog.fill(world.now + 10);
    assertThat(backlog.status().byteTokens()).isEqualTo(before - payment.totalSize() + 200);
  }

  @Test
  void whatWaitsInNoMempoolIsDropped() {
    AnnouncementBacklog backlog = new AnnouncementBacklog(14, 1);
    backlog.fill(world.now);
    backlog.add(Wtxid.of(new byte[Wtxid.SIZE]));
    Wtxid there = payments(backlog, 1).get(0);
    assertThat(backlog.take(world.mempool)).containsExactly(there);
    assertThat(backlog.size()).isZero();
    payments(backlog, 2);
    backlog.clear();
    assertThat(backlog.take(world.mempool)).isEmpty();
  }
}
