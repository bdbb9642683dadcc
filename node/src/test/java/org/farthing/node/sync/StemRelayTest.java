package org.farthing.node.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.farthing.consensus.chain.Owner;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Wtxid;
import org.farthing.node.mempool.Mempool;
import org.farthing.node.mempool.MempoolChain;
import org.farthing.node.mempool.MempoolOptions;
import org.farthing.node.peer.ConnectionKind;
import org.farthing.node.peer.Outbox;
import org.farthing.node.peer.Peer;
import org.farthing.node.wire.InvItem;
import org.farthing.node.wire.InvType;
import org.farthing.node.wire.Message;
import org.farthing.node.wire.Services;
import org.farthing.node.wire.StemTx;
import org.farthing.testing.ChainBuilder;
import org.farthing.testing.TestKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StemRelayTest {
  private static final int PAYMENTS = 12;

  private final ChainBuilder chain = ChainBuilder.regtest();
  private final Mempool mempool;
  private final List<Peer> handedTo = new ArrayList<>();
  private final Set<Wtxid> announced = new HashSet<>();
  private long now;

  private final Outbox outbox =
      new Outbox() {
        @Override
        public void send(Peer peer, Message message) {
          assertThat(message).isInstanceOf(StemTx.class);
          handedTo.add(peer);
        }

        @Override
        public void disconnect(Peer peer, String reason) {
          throw new AssertionError(reason);
        }

        @Override
        public void punish(Peer peer, String reason) {
          throw new AssertionError(reason);
        }
      };

  StemRelayTest() {
    chain.mine(PAYMENTS + chain.params().coinbaseMaturity());
    now = chain.nowSeconds() * 1000;
    mempool =
        new Mempool(MempoolChain.of(chain.chain()), MempoolOptions.defaults(), Owner.UNCHECKED);
  }

  @AfterEach
  void close() {
    chain.close();
  }

  private static Peer peer(long id, ConnectionKind kind, long services) {
    return TestPeers.introduced(id, kind, services, 0);
  }

  private static Peer stemmer(long id) {
    return peer(id, ConnectionKind.OUTBOUND, Services.STEMS);
  }

  private StemRelay relay(boolean enabled, Peer... peers) {
    StemRelay relay =
        new StemRelay(enabled, mempool, outbox, (wtxid, at) -> announced.add(wtxid), new Random(5));
    List.of(peers).forEach(relay::ready);
    relay.tick(now);
    return relay;
  }

  private Transaction payment(int height) {
    long value = chain.params().subsidy().at(height) - 1_000;
    return chain.spend(chain.coinbase(height), new TxOut(value, TestKey.number(9).p2wpkh()));
  }

  private void submit(StemRelay relay, Transaction transaction) {
    relay.submit(transaction, now, () -> mempool.accept(transaction, now));
  }

  @Test
  void ourOwnTakesOneStepAndIsKeptQuiet() {
    StemRelay relay = relay(true, stemmer(1), stemmer(2), stemmer(3));
    Transaction payment = payment(1);
    submit(relay, payment);
    assertThat(handedTo).hasSize(1);
    assertThat(mempool.contains(payment.txid())).isTrue();
    assertThat(relay.isQuiet(payment.wtxid())).isTrue();
    assertThat(
            relay.visible(
                List.of(
                    new InvItem(InvType.WTX, payment.wtxid()),
                    new InvItem(InvType.TX, payment.txid()))))
        .isEmpty();
  }

  @Test
  void allOfOursGoTheSameWayInAnEpoch() {
    StemRelay relay = relay(true, stemmer(1), stemmer(2), stemmer(3));
    for (int i = 1; i <= PAYMENTS; i++) {
      submit(relay, payment(i));
    }
    assertThat(new HashSet<>(handedTo)).hasSize(1);
    assertThat(handedTo).hasSize(PAYMENTS);
  }

  @Test
  void itIsAnnouncedWhenItsTimeIsOver() {
    StemRelay relay = relay(true, stemmer(1));
    submit(relay, payment(1));
    relay.tick(now + StemRelay.MIN_EMBARGO_MILLIS - 1);
    assertThat(announced).isEmpty();
    relay.tick(now + StemRelay.MIN_EMBARGO_MILLIS + 30 * StemRelay.MEAN_EMBARGO_MILLIS);
    assertThat(announced).containsExactly(payment(1).wtxid());
    assertThat(relay.isQuiet(payment(1).wtxid())).isFalse();
  }

  @Test
  void itIsAnnouncedWhenOthersDo() {
    StemRelay relay = relay(true, stemmer(1));
    submit(relay, payment(1));
    submit(relay, payment(2));
    relay.heard(List.of(payment(1).wtxid()), now);
    relay.heard(List.of(payment(2).txid()), now);
    assertThat(announced).containsExactlyInAnyOrder(payment(1).wtxid(), payment(2).wtxid());
  }

  @Test
  void whatComesByAgainIsAnnounced() {
    StemRelay relay = relay(true, stemmer(1));
    submit(relay, payment(1));
    relay.received(peer(9, ConnectionKind.INBOUND, Services.STEMS), payment(1), now);
    assertThat(announced).containsExactly(payment(1).wtxid());
  }

  @Test
  void whatOthersHandUsEndsHereInSomeEpochs() {
    Peer from = peer(9, ConnectionKind.INBOUND, Services.STEMS);
    StemRelay relay = relay(true, stemmer(1), stemmer(2));
    for (int i = 1; i <= PAYMENTS; i++) {
      now += 2 * StemRelay.EPOCH_MILLIS;
      relay.tick(now);
      announced.clear();
      int before = handedTo.size();
      relay.received(from, payment(i), now);
      // Either the one or the other, and never both.
      assertThat(handedTo.size() > before).isEqualTo(!announced.contains(payment(i).wtxid()));
    }
    assertThat(handedTo).isNotEmpty();
  }

  @Test
  void whatComesFromAPeerNeverGoesBackToIt() {
    Peer only = stemmer(1);
    StemRelay relay = relay(true, only);
    relay.received(only, payment(1), now);
    assertThat(handedTo).isEmpty();
    assertThat(announced).containsExactly(payment(1).wtxid());
  }

  @Test
  void whoCannotOrCalledUsIsNotNext() {
    StemRelay relay =
        relay(
            true,
            peer(1, ConnectionKind.OUTBOUND, Services.NETWORK),
            peer(2, ConnectionKind.INBOUND, Services.STEMS),
            peer(3, ConnectionKind.BLOCK_RELAY, Services.STEMS));
    submit(relay, payment(1));
    assertThat(handedTo).isEmpty();
    assertThat(relay.isQuiet(payment(1).wtxid())).isFalse();
  }

  @Test
  void whoLeavesIsNextNoMore() {
    Peer first = stemmer(1);
    Peer second = stemmer(2);
    StemRelay relay = relay(true, first, second);
    submit(relay, payment(1));
    Peer next = handedTo.get(0);
    relay.left(next);
    submit(relay, payment(2));
    assertThat(handedTo).hasSize(2).endsWith(next.equals(first) ? second : first);
  }

  @Test
  void whatTheMempoolRefusesIsNotHandedOn() {
    StemRelay relay = relay(true, stemmer(1));
    // Its parent, a coinbase, is too young.
    Transaction early = payment(PAYMENTS + chain.params().coinbaseMaturity());
    relay.received(peer(9, ConnectionKind.INBOUND, Services.STEMS), early, now);
    assertThat(handedTo).isEmpty();
    assertThat(announced).isEmpty();
    assertThat(relay.isQuiet(early.wtxid())).isFalse();
  }

  @Test
  void nothingIsKeptQuietUnlessItIsWanted() {
    StemRelay relay = relay(false, stemmer(1));
    submit(relay, payment(1));
    relay.received(stemmer(1), payment(2), now);
    assertThat(handedTo).isEmpty();
    assertThat(relay.isQuiet(payment(1).wtxid())).isFalse();
    assertThat(mempool.contains(payment(1).txid())).isTrue();
    assertThat(mempool.contains(payment(2).txid())).isFalse();
  }
}
