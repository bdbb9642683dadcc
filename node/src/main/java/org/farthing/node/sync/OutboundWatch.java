package org.farthing.node.sync;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.farthing.consensus.chain.ChainState;
import org.farthing.node.peer.ConnectionKind;
import org.farthing.node.peer.ConnectionPlanner;
import org.farthing.node.peer.Dialer;
import org.farthing.node.peer.Outbox;
import org.farthing.node.peer.Peer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the peers that we chose, so that nobody who surrounds us stays unnoticed. The rules
 * are Bitcoin Core's:
 *
 * <ul>
 *   <li>Where no block has come for three times as long as one takes, and none is awaited, one more
 *       peer is wanted; this is looked at every {@value #STALE_CHECK_MILLIS} ms.
 *   <li>Of too many peers for blocks alone the youngest goes, or the one before it if the youngest
 *       gave us a block later than that.
 *   <li>Of too many others the one goes that longest told us no news of a block, of several the
 *       youngest. Peers that {@link ChainSyncEviction} spares stay, and so does the only one of its
 *       network.
 *   <li>Nobody goes in the first {@value #LEAST_MILLIS} ms, nor while it owes us a block.
 *   <li>When our chain is current for the first time, strangers are asked from then on.
 * </ul>
 */
final class OutboundWatch {
  private static final Logger LOG = LoggerFactory.getLogger(OutboundWatch.class);

  static final long CHECK_MILLIS = 45_000;
  static final long STALE_CHECK_MILLIS = 600_000;
  static final long LEAST_MILLIS = 30_000;
  private static final int STALE_BLOCKS = 3;

  /**
   * Who there is, and what can be done about it.
   *
   * @param peers all connections, oldest first
   * @param dialer says how many there may be
   */
  record World(
      Supplier<Collection<Peer>> peers, Dialer dialer, Outbox outbox, ConnectionPlanner planner) {}

  /** What is known of blocks that come. */
  interface Blocks {
    /** Whether any is awaited. */
    boolean isFetching();

    boolean owesUs(Peer peer);

    /** It stays even when it brings nothing new. */
    boolean isSpared(Peer peer);

    /** Whether our tip is young. */
    boolean isNearTip(long nowMillis);
  }

  private final World world;
  private final Blocks blocks;
  private final long staleMillis;
  private Optional<Long> lastTipMillis = Optional.empty();
  private Optional<Long> nextCheckMillis = Optional.empty();
  private long nextStaleCheckMillis;
  private boolean wasCurrent;

  OutboundWatch(ChainState chain, World world, Blocks blocks) {
    this.world = world;
    this.blocks = blocks;
    staleMillis = STALE_BLOCKS * 1000L * chain.params().difficulty().spacingSeconds();
  }

  /** Our chain has changed. */
  void tipChanged(long nowMillis) {
    lastTipMillis = Optional.of(nowMillis);
  }

  void tick(long nowMillis) {
    if (nextCheckMillis.isEmpty() || nowMillis < nextCheckMillis.get() - CHECK_MILLIS) {
      nextCheckMillis = Optional.of(nowMillis + CHECK_MILLIS);
    } else if (nowMillis >= nextCheckMillis.get()) {
      nextCheckMillis = Optional.of(nowMillis + CHECK_MILLIS);
      check(nowMillis);
    }
  }

  private void check(long nowMillis) {
    dropBlockRelay(nowMillis);
    dropFullRelay(nowMillis);
    if (nowMillis > nextStaleCheckMillis) {
      lookForStaleTip(nowMillis);
      nextStaleCheckMillis = nowMillis + STALE_CHECK_MILLIS;
    }
    if (!wasCurrent && blocks.isNearTip(nowMillis)) {
      wasCurrent = true;
      world.planner().current();
    }
  }

  private void lookForStaleTip(long nowMillis) {
    boolean hasNetwork = world.dialer().slots(ConnectionKind.OUTBOUND) > 0;
    if (hasNetwork && world.planner().choosesPeers() && isStale(nowMillis)) {
      LOG.info(
          "Potential stale tip detected, will try using extra outbound peer (last tip update: {}"
              + " seconds ago)",
          (nowMillis - lastTipMillis.orElseThrow()) / 1000);
      world.planner().wantAnother(true);
    } else if (world.planner().wantsAnother()) {
      world.planner().wantAnother(false);
    }
  }

  private boolean isStale(long nowMillis) {
    if (lastTipMillis.isEmpty()) {
      lastTipMillis = Optional.of(nowMillis);
    }
    return lastTipMillis.get() < nowMillis - staleMillis && !blocks.isFetching();
  }

  /** Peers of this kind that are not about to go, the oldest first. */
  private List<Peer> peers(ConnectionKind kind) {
    List<Peer> peers = new ArrayList<>();
    for (Peer peer : world.peers().get()) {
      if (peer.kind() == kind && !peer.isGone()) {
        peers.add(peer);
      }
    }
    return peers;
  }

  private boolean areTooMany(List<Peer> peers, ConnectionKind kind) {
    return peers.stream().filter(Peer::isReady).count() > world.dialer().slots(kind);
  }

  private void dropBlockRelay(long nowMillis) {
    List<Peer> peers = peers(ConnectionKind.BLOCK_RELAY);
    if (!areTooMany(peers, ConnectionKind.BLOCK_RELAY)) {
      return;
    }
    Peer worst = peers.get(peers.size() - 1);
    if (peers.size() > 1) {
      Peer before = peers.get(peers.size() - 2);
      worst = worst.lastBlockMillis() > before.lastBlockMillis() ? before : worst;
    }
    if (nowMillis - worst.connectedAtMillis() >= LEAST_MILLIS && !blocks.owesUs(worst)) {
      LOG.debug(
          "disconnecting extra block-relay-only {} (last block received at time {})",
          worst,
          worst.lastBlockMillis() / 1000);
      world.outbox().disconnect(worst, "one peer for blocks alone too many");
    } else {
      keeps("block-relay-only", worst);
    }
  }

  private void dropFullRelay(long nowMillis) {
    List<Peer> peers = peers(ConnectionKind.OUTBOUND);
    if (!areTooMany(peers, ConnectionKind.OUTBOUND)) {
      return;
    }
    Optional<Peer> worst =
        peers.stream()
            .filter(peer -> !blocks.isSpared(peer) && !isAloneInItsNetwork(peer, peers))
            .min(
                Comparator.comparingLong(Peer::lastAnnouncementMillis)
                    .thenComparing(Comparator.comparingLong(Peer::id).reversed()));
    if (worst.isEmpty()) {
      return;
    }
    Peer peer = worst.get();
    if (nowMillis - peer.connectedAtMillis() > LEAST_MILLIS && !blocks.owesUs(peer)) {
      LOG.debug(
          "disconnecting extra outbound {} (last block announcement received at time {})",
          peer,
          peer.lastAnnouncementMillis() / 1000);
      world.outbox().disconnect(peer, "one peer too many that we chose");
      // Whoever was to be tried was. The next one is when the tip looks stale again.
      world.planner().wantAnother(false);
    } else {
      keeps("outbound", peer);
    }
  }

  private boolean isAloneInItsNetwork(Peer peer, List<Peer> chosen) {
    long manual =
        peers(ConnectionKind.MANUAL).stream().filter(each -> isInNetworkOf(each, peer)).count();
    return manual + chosen.stream().filter(each -> isInNetworkOf(each, peer)).count() <= 1;
  }

  private static boolean isInNetworkOf(Peer one, Peer other) {
    return one.address().network() == other.address().network();
  }

  private void keeps(String kind, Peer peer) {
    LOG.debug(
        "keeping {} {} chosen for eviction (connect time: {}, owes blocks: {})",
        kind,
        peer,
        peer.connectedAtMillis() / 1000,
        blocks.owesUs(peer));
  }
}
