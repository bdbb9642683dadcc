package org.farthing.node.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.farthing.node.wire.Message;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.Ping;
import org.farthing.node.wire.SendAddrV2;
import org.farthing.node.wire.SendTxRcncl;
import org.farthing.node.wire.Verack;
import org.farthing.node.wire.Version;
import org.farthing.node.wire.WtxidRelay;
import org.junit.jupiter.api.Test;

class HandshakeTest {
  private static final long OUR_NONCE = 42;

  private static Version version(int protocol, long nonce) {
    return new Version(
        protocol,
        LocalIdentity.ALL_BLOCKS,
        1_000,
        Version.Endpoint.NONE,
        Version.Endpoint.NONE,
        nonce,
        new Version.Client("/test/", 0, true));
  }

  private static Handshake handshake(boolean inbound) {
    return new Handshake(
        inbound, version(Version.PROTOCOL, OUR_NONCE), nonce -> nonce == OUR_NONCE);
  }

  private static List<Message> replies(Handshake.Step step) {
    assertThat(step).isInstanceOf(Handshake.Step.Continue.class);
    return ((Handshake.Step.Continue) step).replies();
  }

  @Test
  void theCallerSpeaksFirst() {
    assertThat(handshake(false).opening()).containsExactly(version(Version.PROTOCOL, OUR_NONCE));
    assertThat(handshake(true).opening()).isEmpty();
  }

  @Test
  void featuresAreNamedBetweenVersionAndVerack() {
    Handshake caller = handshake(false);
    Handshake called = handshake(true);
    Version theirs = version(Version.PROTOCOL, 7);
    List<Message> features = List.of(new WtxidRelay(), new SendAddrV2(), new Verack());
    assertThat(replies(caller.received(theirs))).isEqualTo(features);
    assertThat(replies(called.received(theirs)))
        .startsWith(version(Version.PROTOCOL, OUR_NONCE))
        .endsWith(features.toArray(Message[]::new))
        .hasSize(4);
    caller.received(new WtxidRelay());
    caller.received(new SendAddrV2());
    assertThat(caller.isDone()).isFalse();
    assertThat(caller.received(new Verack())).isEqualTo(new Handshake.Step.Done());
    assertThat(caller.isDone()).isTrue();
    assertThat(caller.wtxidRelay()).isTrue();
    assertThat(caller.addrV2()).isTrue();
  }

  @Test
  void anOldPeerIsNotBotheredWithFeatures() {
    assertThat(replies(handshake(false).received(version(70_015, 7))))
        .containsExactly(new Verack());
  }

  @Test
  void whatComesBeforeTheVersionIsIgnored() {
    Handshake handshake = handshake(true);
    assertThat(replies(handshake.received(new Verack()))).isEmpty();
    assertThat(replies(handshake.received(new Ping(1)))).isEmpty();
    assertThat(handshake.isDone()).isFalse();
  }

  @Test
  void weDoNotTalkToOurselvesNorToThePast() {
    assertThat(handshake(true).received(version(Version.PROTOCOL, OUR_NONCE)))
        .isEqualTo(new Handshake.Step.Refused("connected to self"));
    assertThat(handshake(true).received(version(Version.MIN_PROTOCOL - 1, 7)))
        .isInstanceOf(Handshake.Step.Refused.class);
    assertThat(handshake(true).received(version(Version.MIN_PROTOCOL, 7)))
        .isInstanceOf(Handshake.Step.Continue.class);
  }

  @Test
  void receiverOfAnAddressIsPartOfTheVersion() {
    LocalIdentity identity =
        new LocalIdentity(LocalIdentity.ALL_BLOCKS, "/test/", () -> 5, () -> true, () -> 9_000);
    Version version = identity.version(NetAddress.NONE, 3, false, Set.of());
    assertThat(version.client().startHeight()).isEqualTo(5);
    assertThat(version.timeSeconds()).isEqualTo(9);
    assertThat(version.client().relay()).isFalse();
  }

  private static Handshake reconciling(boolean enabled, boolean mayReconcile) {
    return new Handshake(
        true,
        version(Version.PROTOCOL, OUR_NONCE),
        nonce -> false,
        new Reconciliation(1, true, enabled, mayReconcile, 77));
  }

  @Test
  void reconciliationIsOfferedBeforeTheVerackAndAgreedOnWithWtxids() {
    Handshake handshake = reconciling(true, true);
    List<Message> replies = replies(handshake.received(version(Version.PROTOCOL, 7)));
    assertThat(replies).endsWith(new SendTxRcncl(1, 77), new Verack());
    handshake.received(new WtxidRelay());
    assertThat(replies(handshake.received(new SendTxRcncl(2, 5)))).isEmpty();
    assertThat(handshake.received(new SendTxRcncl(1, 5)))
        .as("twice is a breach")
        .isInstanceOf(Handshake.Step.Refused.class);
    handshake.received(new Verack());
    assertThat(handshake.reconciles()).isTrue();
    handshake.end();
    assertThat(handshake.reconciles()).isFalse();
  }

  @Test
  void reconciliationNeedsWtxidsAndAVersion() {
    Handshake handshake = reconciling(true, true);
    handshake.received(version(Version.PROTOCOL, 7));
    assertThat(handshake.received(new SendTxRcncl(0, 5)))
        .isInstanceOf(Handshake.Step.Refused.class);
    handshake.received(new SendTxRcncl(1, 5));
    handshake.received(new Verack());
    assertThat(handshake.reconciles()).isFalse();
    assertThat(handshake.received(new SendTxRcncl(1, 5)))
        .isInstanceOf(Handshake.Step.Refused.class);
  }

  @Test
  void whoDoesNotWantReconciliationNeitherOffersNorMindsIt() {
    Handshake off = reconciling(false, true);
    assertThat(replies(off.received(version(Version.PROTOCOL, 7)))).hasSize(4);
    assertThat(replies(off.received(new SendTxRcncl(1, 5)))).isEmpty();
    Handshake blocksOnly = reconciling(true, false);
    assertThat(replies(blocksOnly.received(version(Version.PROTOCOL, 7)))).hasSize(4);
    assertThat(replies(blocksOnly.received(new SendTxRcncl(1, 5)))).isEmpty();
    blocksOnly.received(new Verack());
    assertThat(blocksOnly.reconciles()).isFalse();
  }
}
