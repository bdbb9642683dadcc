package org.farthing.node.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.farthing.node.peer.ConnectionKind;
import org.farthing.node.peer.Outbox;
import org.farthing.node.peer.Peer;
import org.farthing.node.wire.Message;
import org.farthing.node.wire.SendCmpct;
import org.junit.jupiter.api.Test;

class CompactPeersTest {
  private final List<String> done = new ArrayList<>();
  private final Outbox outbox =
      new Outbox() {
        @Override
        public void send(Peer peer, Message message) {
          done.add(peer.id() + " " + ((SendCmpct) message).announce());
        }

        @Override
        public void disconnect(Peer peer, String reason) {
          done.add(peer.id() + " " + reason);
        }

        @Override
        public void punish(Peer peer, String reason) {
          done.add(peer.id() + " " + reason);
        }
      };
  private final CompactPeers peers = new CompactPeers(outbox, true);
  private long ids;

  private Peer peer(ConnectionKind kind) {
    Peer peer = new Peer(new SilentConnection(++ids), kind, Set.of(), null, 0);
    peers.said(peer, new SendCmpct(0, SendCmpct.WITH_WITNESSES));
    return peer;
  }

  private List<Peer> chosen(Peer... all) {
    return List.of(all).stream().filter(peers::isChosen).toList();
  }

  @Test
  void theLastThreeWhoGaveBlocksAreChosen() {
    Peer a = peer(ConnectionKind.OUTBOUND);
    Peer b = peer(ConnectionKind.OUTBOUND);
    Peer c = peer(ConnectionKind.OUTBOUND);
    Peer d = peer(ConnectionKind.OUTBOUND);
    List.of(a, b, c, a, d).forEach(peers::gaveTip);
    // The second time of a counts, so that b is the one that goes.
    assertThat(chosen(a, b, c, d)).containsExactly(a, c, d);
    assertThat(done).containsExactly("1 1", "2 1", "3 1", "4 1", "2 0");
  }

  @Test
  void theOnlyOneThatWeCalledStays() {
    Peer called = peer(ConnectionKind.OUTBOUND);
    List<Peer> callers = new ArrayList<>();
    peers.gaveTip(called);
    for (int i = 0; i < 5; i++) {
      callers.add(peer(ConnectionKind.INBOUND));
      peers.gaveTip(callers.get(i));
      assertThat(peers.isChosen(called)).isTrue();
    }
    assertThat(callers.stream().filter(peers::isChosen))
        .containsExactly(callers.get(3), callers.get(4));
    // Whom we call takes any place.
    Peer another = peer(ConnectionKind.BLOCK_RELAY);
    peers.gaveTip(another);
    assertThat(peers.isChosen(another)).isTrue();
  }

  @Test
  void whoLeavesMakesRoom() {
    Peer a = peer(ConnectionKind.INBOUND);
    Peer b = peer(ConnectionKind.INBOUND);
    Peer c = peer(ConnectionKind.INBOUND);
    Peer d = peer(ConnectionKind.INBOUND);
    List.of(a, b, c).forEach(peers::gaveTip);
    peers.left(b);
    peers.gaveTip(d);
    assertThat(chosen(a, b, c, d)).containsExactly(a, c, d);
    assertThat(done).doesNotContain("1 0", "2 0", "3 0");
  }

  @Test
  void onlyWhoKnowsOurEncodingCounts() {
    Peer peer = new Peer(new SilentConnection(9), ConnectionKind.INBOUND, Set.of(), null, 0);
    assertThat(peers.understands(peer)).isFalse();
    peers.said(peer, new SendCmpct(1, 1));
    peers.said(peer, new SendCmpct(1, 3));
    peers.gaveTip(peer);
    assertThat(peers.understands(peer)).isFalse();
    assertThat(peers.wants(peer)).isFalse();
    assertThat(done).isEmpty();
    peers.said(peer, new SendCmpct(1, SendCmpct.WITH_WITNESSES));
    assertThat(peers.wants(peer)).isTrue();
    peers.said(peer, new SendCmpct(0, 1));
    assertThat(peers.wants(peer)).isTrue();
    peers.said(peer, new SendCmpct(0, SendCmpct.WITH_WITNESSES));
    assertThat(peers.wants(peer)).isFalse();
    assertThat(peers.understands(peer)).isTrue();
  }

  @Test
  void anythingButYesAndNoIsPunished() {
    Peer peer = new Peer(new SilentConnection(9), ConnectionKind.INBOUND, Set.of(), null, 0);
    peers.said(peer, new SendCmpct(2, SendCmpct.WITH_WITNESSES));
    assertThat(done).containsExactly("9 invalid sendcmpct announce field");
    assertThat(peers.understands(peer)).isFalse();
  }

  @Test
  void whoKnowsNoTransactionsWantsNoShortForms() {
    CompactPeers blocksOnly = new CompactPeers(outbox, false);
    Peer peer = new Peer(new SilentConnection(9), ConnectionKind.INBOUND, Set.of(), null, 0);
    blocksOnly.said(peer, new SendCmpct(1, SendCmpct.WITH_WITNESSES));
    blocksOnly.gaveTip(peer);
    assertThat(done).isEmpty();
    assertThat(blocksOnly.understands(peer)).isFalse();
    // It gets them all the same.
    assertThat(blocksOnly.wants(peer)).isTrue();
  }
}
