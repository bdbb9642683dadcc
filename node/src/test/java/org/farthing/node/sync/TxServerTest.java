package org.farthing.node.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Wtxid;
import org.farthing.node.peer.ConnectionKind;
import org.farthing.node.peer.Peer;
import org.farthing.node.wire.InvItem;
import org.farthing.node.wire.InvType;
import org.farthing.node.wire.TxMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TxServerTest {
  private static final long ANY_WAIT = 60 * Announcer.INBOUND_MILLIS;

  private final RelayWorld world = new RelayWorld();
  private final Announcer announcer = new Announcer(world.mempool, world, new Random(2), 14);
  private final RecentBlock recent = new RecentBlock(new Random(3));
  private final TxServer server = new TxServer(world.mempool, announcer, recent, world);
  private final Peer peer = world.peer(ConnectionKind.INBOUND);

  @AfterEach
  void close() {
    world.close();
  }

  private Transaction announced() {
    announcer.ready(peer, false, world.now);
    Transaction payment = world.payment(1_000);
    announcer.announce(payment.wtxid(), world.now);
    world.now += ANY_WAIT;
    announcer.tick(world.now);
    assertThat(world.announcedTo(peer)).isNotEmpty();
    return payment;
  }

  private static InvItem item(InvType type, Transaction transaction) {
    return new InvItem(type, type == InvType.WTX ? transaction.wtxid() : transaction.txid());
  }

  @Test
  void whatWasAnnouncedIsGivenInTheFormThatIsAskedFor() {
    Transaction payment = announced();
    assertThat(payment.hasWitness()).isTrue();
    assertThat(server.serve(peer, item(InvType.WTX, payment))).isTrue();
    assertThat(server.serve(peer, item(InvType.WITNESS_TX, payment))).isTrue();
    assertThat(server.serve(peer, item(InvType.TX, payment))).isTrue();
    assertThat(world.sentTo(peer))
        .containsExactly(
            new TxMessage(payment),
            new TxMessage(payment),
            new TxMessage(payment.withoutWitness()));
  }

  @Test
  void whatCameLaterIsNotGivenYet() {
    announced();
    Transaction later = world.payment(1_000);
    assertThat(server.serve(peer, item(InvType.WTX, later))).isFalse();
    assertThat(world.sentTo(peer)).isEmpty();
  }

  @Test
  void whatNobodyKnowsIsSaidToBeMissing() {
    announced();
    InvItem nobodys = new InvItem(InvType.WTX, Wtxid.of(new byte[Wtxid.SIZE]));
    assertThat(server.serve(peer, nobodys)).isFalse();
    assertThat(world.sentTo(peer)).isEmpty();
  }

  @Test
  void thoseOfTheLastBlockAreGivenToAnybody() {
    announced();
    Transaction later = world.payment(1_000);
    Block block = world.chain.draft().with(List.of(later)).build();
    recent.is(block);
    assertThat(server.serve(peer, item(InvType.WTX, later))).isTrue();
    assertThat(server.serve(peer, item(InvType.WITNESS_TX, later))).isTrue();
    assertThat(world.sentTo(peer)).hasSize(2).containsOnly(new TxMessage(later));
    recent.forget();
    assertThat(server.serve(peer, item(InvType.WTX, later))).isFalse();
  }

  @Test
  void whoWantsNoTransactionsIsOwedNoAnswer() {
    Transaction payment = announced();
    Peer silent = world.peer(ConnectionKind.BLOCK_RELAY);
    announcer.ready(silent, false, world.now);
    assertThat(server.serve(silent, item(InvType.WTX, payment))).isTrue();
    assertThat(world.sentTo(silent)).isEmpty();
  }

  @Test
  void whatOthersHaveAskedForNeedNotBeToldAgain() {
    Transaction payment = announced();
    world.mempool.toBeBroadcast(payment.txid());
    assertThat(world.mempool.snapshot().unbroadcast()).containsExactly(payment.txid());
    server.serve(peer, item(InvType.WTX, payment));
    assertThat(world.mempool.snapshot().unbroadcast()).isEmpty();
  }
}
