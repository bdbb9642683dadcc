package org.farthing.node.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.farthing.consensus.primitives.Block;
import org.farthing.node.peer.ConnectionKind;
import org.farthing.node.peer.Outbox;
import org.farthing.node.peer.Peer;
import org.farthing.node.wire.GetHeaders;
import org.farthing.node.wire.Headers;
import org.farthing.node.wire.Message;
import org.farthing.node.wire.Services;
import org.farthing.testing.ChainBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Peers that we chose, and that stay behind; and headers from one of them first. */
class ChainSyncEvictionTest {
  private static final long MINUTE = 60_000;

  private final ChainBuilder here = ChainBuilder.regtest();
  private final List<Message> sent = new ArrayList<>();
  private final Set<Peer> dropped = new LinkedHashSet<>();
  private final Outbox outbox =
      new Outbox() {
        @Override
        public void send(Peer peer, Message message) {
          sent.add(message);
        }

        @Override
        public void disconnect(Peer peer, String reason) {
          dropped.add(peer);
        }

        @Override
        public void punish(Peer peer, String reason) {
          dropped.add(peer);
        }
      };

  private HeaderSync headers;
  private ChainSyncEviction eviction;
  private long now;
  private long ids;

  @BeforeEach
  void start() {
    here.mine(10);
    now = here.nowSeconds() * 1000;
    InitialDownload caughtUp = new InitialDownload(BigInteger.ZERO, 1000);
    caughtUp.restore(false);
    headers = new HeaderSync(here.chain(), outbox, caughtUp, new Random(1), () -> false);
    eviction = new ChainSyncEviction(here.chain(), headers, outbox);
  }

  @AfterEach
  void close() {
    here.close();
  }

  private Peer joined(ConnectionKind kind) {
    Peer peer = TestPeers.introduced(++ids, kind, Services.NETWORK | Services.WITNESS, now);
    eviction.ready(peer);
    headers.ready(peer, now);
    eviction.consider(peer, now);
    return peer;
  }

  /** The peer shows the block at this height. */
  private void shows(Peer peer, int height) {
    Block block = here.block(height);
    headers.headers(peer, new Headers(List.of(block.header())), now);
    eviction.heard(peer);
    eviction.consider(peer, now);
  }

  private void pass(long millis) {
    now += millis;
    eviction.tick(now);
  }

  private long questions() {
    return sent.stream().filter(GetHeaders.class::isInstance).count();
  }

  @Test
  void whoShowsNoChainIsAskedOnceAndGoes() {
    Peer peer = joined(ConnectionKind.OUTBOUND);
    pass(20 * MINUTE);
    long before = questions();
    pass(1);
    assertThat(questions()).isEqualTo(before + 1);
    pass(2 * MINUTE);
    assertThat(dropped).isEmpty();
    pass(1);
    assertThat(dropped).containsExactly(peer);
    assertThat(questions()).isEqualTo(before + 1);
  }

  @Test
  void whoReachesWhatWasOurTipGetsANewTerm() {
    Peer peer = joined(ConnectionKind.BLOCK_RELAY);
    for (int round = 0; round < 5; round++) {
      int wasTip = here.tip().height();
      here.mine(1);
      pass(20 * MINUTE + 1);
      shows(peer, wasTip);
    }
    pass(20 * MINUTE + 1);
    assertThat(dropped).isEmpty();
    pass(2 * MINUTE + 1);
    assertThat(dropped).containsExactly(peer);
  }

  @Test
  void fourThatHadOurWorkAreSparedAndThoseForBlocksAloneNever() {
    List<Peer> peers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      peers.add(joined(ConnectionKind.OUTBOUND));
    }
    Peer blocks = joined(ConnectionKind.BLOCK_RELAY);
    peers.add(blocks);
    peers.forEach(peer -> shows(peer, 10));
    here.mine(1);
    pass(1);
    pass(20 * MINUTE + 1);
    pass(2 * MINUTE + 1);
    assertThat(dropped).containsExactlyElementsOf(peers.subList(4, 7));
    assertThat(peers.stream().filter(eviction::isSpared)).hasSize(4);
  }

  @Test
  void nobodyIsDroppedWhoCalledUs() {
    joined(ConnectionKind.INBOUND);
    pass(60 * MINUTE);
    pass(60 * MINUTE);
    assertThat(dropped).isEmpty();
  }

  @Test
  void whileTheHeadersAreOldOnePeerIsAskedAndAnotherBesideItWhenItIsSilent() {
    now += 2 * 24 * 60 * MINUTE;
    Peer first = joined(ConnectionKind.OUTBOUND);
    Peer second = joined(ConnectionKind.OUTBOUND);
    Peer third = joined(ConnectionKind.OUTBOUND);
    assertThat(headers.isStarted(first)).isTrue();
    assertThat(headers.isStarted(second)).isFalse();
    now += 2 * MINUTE + 1;
    headers.tick(now);
    assertThat(headers.isStarted(second)).isTrue();
    assertThat(headers.isStarted(third)).isFalse();
    headers.headers(second, new Headers(List.of()), now);
    now += 14 * MINUTE;
    headers.tick(now);
    assertThat(dropped).containsExactly(first);
    assertThat(headers.isStarted(third)).isFalse();
  }
}
