package org.farthing.node.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.farthing.node.peer.ConnectionKind;
import org.farthing.node.peer.Peer;
import org.farthing.node.wire.FeeFilter;
import org.farthing.node.wire.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FeeFiltersTest {
  private static final long MINUTE = 60_000;

  /** Every random wait of ten minutes on average is over, but for once in e^60 times. */
  private static final long ANY_WAIT = 600 * MINUTE;

  private final RelayWorld world = new RelayWorld();
  private final InitialDownload download = new InitialDownload(BigInteger.ZERO, 24 * 60 * 60);
  private final FeeFilters filters = new FeeFilters(world.mempool, download, world, new Random(3));

  @AfterEach
  void close() {
    world.close();
  }

  private Peer joined(ConnectionKind kind) {
    Peer peer = world.peer(kind);
    filters.ready(peer, true);
    filters.serve(peer, world.now);
    return peer;
  }

  private void tickAfter(long millis) {
    world.now += millis;
    filters.tick(world.now);
  }

  private long minimum() {
    return world.mempool.options().fees().minimumRelay().satPerKvb();
  }

  private static long rate(Message message) {
    return ((FeeFilter) message).satPerKvb();
  }

  @Test
  void anEmptyMempoolWantsWhatIsRelayedAtAll() {
    download.restore(false);
    Peer peer = joined(ConnectionKind.OUTBOUND);
    List<Message> sent = world.sentTo(peer);
    assertThat(sent).hasSize(1);
    assertThat(rate(sent.get(0))).isEqualTo(minimum());
  }

  @Test
  void theSameRateIsNotToldTwice() {
    download.restore(false);
    Peer peer = joined(ConnectionKind.INBOUND);
    world.sentTo(peer);
    tickAfter(ANY_WAIT);
    tickAfter(ANY_WAIT);
    assertThat(world.sentTo(peer)).isEmpty();
  }

  @Test
  void nothingIsWantedUntilWeHaveCaughtUp() {
    Peer peer = joined(ConnectionKind.OUTBOUND);
    assertThat(world.sentTo(peer)).containsExactly(new FeeFilter(FeeRounder.HIGHEST));
    tickAfter(1);
    assertThat(world.sentTo(peer)).isEmpty();
    download.restore(false);
    tickAfter(1);
    List<Message> sent = world.sentTo(peer);
    assertThat(sent).as("at once").hasSize(1);
    assertThat(rate(sent.get(0))).isEqualTo(minimum());
  }

  @Test
  void whoMaySendNothingIsToldNothing() {
    download.restore(false);
    assertThat(world.sentTo(joined(ConnectionKind.BLOCK_RELAY))).isEmpty();
    Peer peer = world.peer(ConnectionKind.OUTBOUND);
    filters.ready(peer, false);
    filters.serve(peer, world.now);
    tickAfter(ANY_WAIT);
    assertThat(world.sentTo(peer)).isEmpty();
  }

  @Test
  void whoHasLeftIsToldNothing() {
    Peer peer = joined(ConnectionKind.OUTBOUND);
    world.sentTo(peer);
    filters.left(peer);
    download.restore(false);
    tickAfter(ANY_WAIT);
    filters.serve(peer, world.now);
    assertThat(world.sentTo(peer)).isEmpty();
  }
}
