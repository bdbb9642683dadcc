package org.farthing.node.sync;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.farthing.consensus.primitives.Amount;
import org.farthing.node.config.NetPermission;
import org.farthing.node.mempool.Mempool;
import org.farthing.node.peer.ConnectionKind;
import org.farthing.node.peer.Outbox;
import org.farthing.node.peer.Peer;
import org.farthing.node.time.Poisson;
import org.farthing.node.wire.FeeFilter;
import org.farthing.node.wire.Version;

/**
 * Tells peers below which fee rate we want to hear of no transaction (BIP-0133).
 *
 * <ul>
 *   <li>The rate is that of our mempool when it is full, at least our minimum for relay, and
 *       rounded. During the initial download it is the highest one: nothing could be judged.
 *   <li>A peer is told again after ten minutes on average, and within five where the rate changed
 *       by more than a fourth; at once when the initial download is over.
 *   <li>Peers with the permission {@code forcerelay} are told nothing, nor those that must send no
 *       transactions.
 * </ul>
 */
final class FeeFilters {
  private static final int FIRST_VERSION = 70_013;
  private static final long INTERVAL_MILLIS = 10 * 60_000L;
  private static final int MAX_CHANGE_DELAY_MILLIS = 5 * 60_000;

  private static final class State {
    long sentSatPerKvb;
    long nextAtMillis;
  }

  private final Mempool mempool;
  private final InitialDownload initialDownload;
  private final Outbox outbox;
  private final Random random;
  private final FeeRounder rounder;
  private final Map<Peer, State> states = new LinkedHashMap<>();

  FeeFilters(Mempool mempool, InitialDownload initialDownload, Outbox outbox, Random random) {
    this.mempool = mempool;
    this.initialDownload = initialDownload;
    this.outbox = outbox;
    this.random = random;
    this.rounder = new FeeRounder(random);
  }

  /**
   * @param wantsTransactions of strangers
   */
  void ready(Peer peer, boolean wantsTransactions) {
    boolean understands =
        peer.version().map(Version::protocol).filter(it -> it >= FIRST_VERSION).isPresent();
    if (wantsTransactions
        && understands
        && peer.kind() != ConnectionKind.BLOCK_RELAY
        && !peer.may(NetPermission.FORCERELAY)) {
      states.put(peer, new State());
    }
  }

  void left(Peer peer) {
    states.remove(peer);
  }

  void tick(long nowMillis) {
    long room = roomSatPerKvb(nowMillis);
    states.forEach((peer, state) -> tick(peer, state, room, nowMillis));
  }

  /** Tells this peer, if it is to be told now. */
  void serve(Peer peer, long nowMillis) {
    State state = states.get(peer);
    if (state != null) {
      tick(peer, state, roomSatPerKvb(nowMillis), nowMillis);
    }
  }

  /** What a transaction has to pay that is to find room in the mempool. */
  private long roomSatPerKvb(long nowMillis) {
    return mempool.snapshot().roomFee(nowMillis).satPerKvb();
  }

  private void tick(Peer peer, State state, long roomSatPerKvb, long nowMillis) {
    long current = roomSatPerKvb;
    if (initialDownload.isRunning()) {
      current = Amount.MAX_MONEY;
    } else if (state.sentSatPerKvb == FeeRounder.HIGHEST) {
      state.nextAtMillis = 0;
    }
    if (nowMillis > state.nextAtMillis) {
      long least = mempool.options().fees().minimumRelay().satPerKvb();
      long satPerKvb = Math.max(rounder.round(current), least);
      if (satPerKvb != state.sentSatPerKvb) {
        state.sentSatPerKvb = satPerKvb;
        outbox.send(peer, new FeeFilter(satPerKvb));
      }
      state.nextAtMillis = nowMillis + Poisson.delayMillis(random, INTERVAL_MILLIS);
    } else if (nowMillis + MAX_CHANGE_DELAY_MILLIS < state.nextAtMillis
        && (current < 3 * state.sentSatPerKvb / 4 || current > 4 * state.sentSatPerKvb / 3)) {
      state.nextAtMillis = nowMillis + random.nextInt(MAX_CHANGE_DELAY_MILLIS);
    }
  }
}
