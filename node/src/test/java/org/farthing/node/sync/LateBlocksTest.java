package org.farthing.node.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.Block;
import org.farthing.node.peer.ConnectionKind;
import org.farthing.node.peer.Outbox;
import org.farthing.node.peer.Peer;
import org.farthing.node.wire.GetData;
import org.farthing.node.wire.Headers;
import org.farthing.node.wire.InvItem;
import org.farthing.node.wire.InvType;
import org.farthing.node.wire.Message;
import org.farthing.node.wire.SendCmpct;
import org.farthing.node.wire.Services;
import org.farthing.testing.ChainBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is asked for a new block that others owe us. */
class LateBlocksTest {
  private static final long LATE = LateBlocks.LATE_MILLIS;
  private static final long SPACING = 600_000;
  private static final int HEIGHT = 7;

  /** What a peer was asked for. */
  private record Asked(Peer peer, InvItem item) {}

  private final ChainBuilder elsewhere = ChainBuilder.regtest();
  private final ChainBuilder here = ChainBuilder.regtest();
  private final List<Asked> asked = new ArrayList<>();
  private final List<Peer> dropped = new ArrayList<>();
  private final Outbox outbox =
      new Outbox() {
        @Override
        public void send(Peer peer, Message message) {
          if (message instanceof GetData request) {
            request.items().forEach(item -> asked.add(new Asked(peer, item)));
          }
        }

        @Override
        public void disconnect(Peer peer, String reason) {
          dropped.add(peer);
        }

        @Override
        public void punish(Peer peer, String reason) {
          throw new AssertionError(reason);
        }
      };

  private final InitialDownload catchingUp =
      new InitialDownload(BigInteger.ZERO, InitialDownload.MAX_TIP_AGE_SECONDS);
  private final HeaderSync headers =
      new HeaderSync(here.chain(), outbox, catchingUp, new Random(1), () -> false);
  private final CompactPeers compactPeers = new CompactPeers(outbox, true);
  private final BlockRequests requests = new BlockRequests();
  private final BlockDownloader downloader =
      new BlockDownloader(here.chain(), headers, requests, compactPeers, catchingUp, outbox);
  private int peers;
  private long now;

  @BeforeEach
  void mine() {
    elsewhere.mine(HEIGHT);
    elsewhere.blocks().forEach(here::add);
    elsewhere.mine(2);
    now = elsewhere.nowSeconds() * 1000;
    catchingUp.update(here.chain().snapshot(), elsewhere.nowSeconds());
    assertThat(catchingUp.isRunning()).isFalse();
  }

  @AfterEach
  void close() {
    elsewhere.close();
    here.close();
  }

  private Peer peer(ConnectionKind kind) {
    Peer peer = TestPeers.introduced(peers++, kind, Services.NETWORK | Services.WITNESS, now);
    headers.ready(peer, now);
    downloader.ready(peer);
    return peer;
  }

  private HeaderNode node(int height) {
    return here.chain().headers().find(elsewhere.block(height).hash()).orElseThrow();
  }

  /** The peer announces these, as it does with headers. */
  private void announce(Peer peer, int... heights) {
    List<Block> blocks = new ArrayList<>();
    for (int height : heights) {
      blocks.add(elsewhere.block(height));
    }
    headers.headers(peer, new Headers(blocks.stream().map(Block::header).toList()), now);
    downloader.announced(peer, node(heights[heights.length - 1]), now);
  }

  private void tickAfter(long millis) {
    now += millis;
    downloader.tick(now);
  }

  private Asked whole(Peer peer, int height) {
    return new Asked(peer, new InvItem(InvType.WITNESS_BLOCK, elsewhere.block(height).hash()));
  }

  private Asked inShort(Peer peer, int height) {
    return new Asked(peer, new InvItem(InvType.COMPACT_BLOCK, elsewhere.block(height).hash()));
  }

  @Test
  void whoGaveBlocksHelpsFirstThenWhoWasCalled() {
    Peer silent = peer(ConnectionKind.OUTBOUND);
    Peer caller = peer(ConnectionKind.INBOUND);
    Peer called = peer(ConnectionKind.OUTBOUND);
    Peer giver = peer(ConnectionKind.INBOUND);
    giver.gaveBlock(now);
    List.of(silent, caller, called, giver).forEach(peer -> announce(peer, HEIGHT + 1));
    assertThat(asked).containsExactly(whole(silent, HEIGHT + 1));
    tickAfter(LATE);
    assertThat(asked).hasSize(1);
    tickAfter(1);
    assertThat(asked).hasSize(2).contains(whole(giver, HEIGHT + 1));
    tickAfter(2 * LATE);
    assertThat(asked).hasSize(2);
    tickAfter(1);
    assertThat(asked).hasSize(3).contains(whole(called, HEIGHT + 1));
    tickAfter(4 * LATE);
    assertThat(asked).hasSize(3);
    tickAfter(1);
    assertThat(asked).hasSize(4).contains(whole(caller, HEIGHT + 1));
    tickAfter(8 * LATE + 1);
    assertThat(asked).hasSize(4);
    assertThat(downloader.inFlight(silent)).containsExactly(node(HEIGHT + 1));
  }

  @Test
  void theShortFormIsWantedOfWhoKnowsIt() {
    Peer silent = peer(ConnectionKind.OUTBOUND);
    Peer other = peer(ConnectionKind.OUTBOUND);
    compactPeers.said(other, new SendCmpct(0, SendCmpct.WITH_WITNESSES));
    List.of(silent, other).forEach(peer -> announce(peer, HEIGHT + 1));
    tickAfter(LATE + 1);
    assertThat(asked).containsExactly(whole(silent, HEIGHT + 1), inShort(other, HEIGHT + 1));
    // It is asked for the missing transactions too, as the first is.
    assertThat(requests.first(elsewhere.block(HEIGHT + 1).hash())).contains(other);
  }

  @Test
  void onlyTheNextBlockIsLate() {
    Peer silent = peer(ConnectionKind.OUTBOUND);
    Peer other = peer(ConnectionKind.OUTBOUND);
    List.of(silent, other).forEach(peer -> announce(peer, HEIGHT + 1, HEIGHT + 2));
    assertThat(asked).containsExactly(whole(silent, HEIGHT + 1), whole(silent, HEIGHT + 2));
    tickAfter(LATE + 1);
    assertThat(asked).hasSize(3).contains(whole(other, HEIGHT + 1));
  }

  /** A slow line that brings one block after the other is no reason to ask others. */
  @Test
  void theTimeBeginsAnewWithEachBlockThatComes() {
    Peer slow = peer(ConnectionKind.OUTBOUND);
    Peer other = peer(ConnectionKind.OUTBOUND);
    List.of(slow, other).forEach(peer -> announce(peer, HEIGHT + 1, HEIGHT + 2));
    now += LATE;
    downloader.settled(slow, elsewhere.block(HEIGHT + 1).hash(), now);
    here.add(elsewhere.block(HEIGHT + 1));
    tickAfter(LATE);
    assertThat(asked).hasSize(2);
    tickAfter(1);
    assertThat(asked).hasSize(3).contains(whole(other, HEIGHT + 2));
  }

  @Test
  void whoDidNotAnnounceTheBlockIsNotAsked() {
    Peer silent = peer(ConnectionKind.OUTBOUND);
    Peer behind = peer(ConnectionKind.OUTBOUND);
    announce(silent, HEIGHT + 1);
    announce(behind, HEIGHT);
    tickAfter(LATE + 1);
    assertThat(asked).containsExactly(whole(silent, HEIGHT + 1));
  }

  @Test
  void whoOwesAnotherBlockIsNotAsked() {
    Peer silent = peer(ConnectionKind.OUTBOUND);
    Peer busy = peer(ConnectionKind.OUTBOUND);
    announce(silent, HEIGHT + 1);
    announce(busy, HEIGHT + 1, HEIGHT + 2);
    assertThat(asked).containsExactly(whole(silent, HEIGHT + 1), whole(busy, HEIGHT + 2));
    tickAfter(LATE + 1);
    assertThat(asked).hasSize(2);
  }

  @Test
  void whatCameIsAskedOfNobodyElse() {
    Peer silent = peer(ConnectionKind.OUTBOUND);
    Peer second = peer(ConnectionKind.OUTBOUND);
    Peer third = peer(ConnectionKind.OUTBOUND);
    List.of(silent, second, third).forEach(peer -> announce(peer, HEIGHT + 1));
    tickAfter(LATE + 1);
    here.add(elsewhere.block(HEIGHT + 1));
    downloader.arrived(elsewhere.block(HEIGHT + 1).hash(), now);
    tickAfter(2 * LATE + 1);
    assertThat(asked).hasSize(2);
    assertThat(downloader.inFlight(silent)).isEmpty();
    assertThat(downloader.inFlight(second)).isEmpty();
  }

  private Peer silentWhileAnotherGives() {
    Peer silent = peer(ConnectionKind.OUTBOUND);
    Peer other = peer(ConnectionKind.OUTBOUND);
    List.of(silent, other).forEach(peer -> announce(peer, HEIGHT + 1));
    tickAfter(LATE + 1);
    downloader.settled(other, elsewhere.block(HEIGHT + 1).hash(), now);
    here.add(elsewhere.block(HEIGHT + 1));
    downloader.arrived(elsewhere.block(HEIGHT + 1).hash(), now);
    tickAfter(SPACING - LATE - 1);
    assertThat(dropped).isEmpty();
    return silent;
  }

  /** As it would be if nobody else had given the block. */
  @Test
  void whoStaysSilentIsDroppedAllTheSame() {
    Peer silent = silentWhileAnotherGives();
    tickAfter(1);
    assertThat(dropped).containsExactly(silent);
  }

  @Test
  void whoGivesTheBlockInTheEndStays() {
    Peer silent = silentWhileAnotherGives();
    downloader.settled(silent, elsewhere.block(HEIGHT + 1).hash(), now);
    tickAfter(SPACING);
    assertThat(dropped).isEmpty();
  }

  /** While we catch up, slow peers are dropped where they hold the window back. */
  @Test
  void nothingIsLateDuringTheInitialDownload() {
    catchingUp.restore(true);
    Peer silent = peer(ConnectionKind.OUTBOUND);
    Peer other = peer(ConnectionKind.OUTBOUND);
    List.of(silent, other).forEach(peer -> announce(peer, HEIGHT + 1));
    tickAfter(LATE + 1);
    assertThat(asked).containsExactly(whole(silent, HEIGHT + 1));
  }
}
