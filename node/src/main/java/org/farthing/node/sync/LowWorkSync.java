package org.farthing.node.sync;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.farthing.consensus.chain.ChainState;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.node.peer.Peer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which peers' chains are being weighed before anything of them is remembered ({@link
 * HeaderPresync}). All of them together may take a bounded amount of memory: of the peers that
 * called us only {@value #MAX_INBOUND} may have theirs weighed at a time, so that a crowd of
 * strangers cannot fill it; those that we chose always may.
 */
final class LowWorkSync {
  private static final Logger LOG = LoggerFactory.getLogger(LowWorkSync.class);

  static final int MAX_INBOUND = 32;
  private static final long REPORT_MILLIS = 250;

  /** What became of headers that continue a chain which is being weighed. */
  record Outcome(boolean valid, List<BlockHeader> ready, List<BlockHash> nextLocator) {
    boolean wantsMore() {
      return !nextLocator.isEmpty();
    }
  }

  private final ChainState chain;
  private final InitialDownload initialDownload;
  private final Random random;
  private final Map<Peer, HeaderPresync> running = new LinkedHashMap<>();
  private long reportedAtMillis = -REPORT_MILLIS;

  LowWorkSync(ChainState chain, InitialDownload initialDownload, Random random) {
    this.chain = chain;
    this.initialDownload = initialDownload;
    this.random = random;
  }

  boolean isRunning(Peer peer) {
    return running.containsKey(peer);
  }

  /**
   * Whether these headers are no answer, but new ones that the peer announces meanwhile: they do
   * not follow those that came, and are few. Its chain is weighed on.
   */
  boolean isBeside(Peer peer, List<BlockHeader> headers) {
    HeaderPresync sync = running.get(peer);
    return sync != null
        && headers.size() <= BlockAnnouncer.MAX_HEADERS
        && !sync.continuesAfter(headers.get(0).previous());
  }

  /** The height up to which the peer's chain has been weighed, while that is done. */
  OptionalInt height(Peer peer) {
    HeaderPresync sync = running.get(peer);
    return sync == null ? OptionalInt.empty() : OptionalInt.of(sync.presyncHeight());
  }

  void stop(Peer peer) {
    running.remove(peer);
  }

  /**
   * Begins to weigh a chain that branches off after {@code start}; false where there is no room.
   */
  boolean start(Peer peer, HeaderNode start, BigInteger minimumWork, long nowMillis) {
    if (peer.isInbound()
        && running.keySet().stream().filter(Peer::isInbound).count() >= MAX_INBOUND) {
      LOG.debug("Too many chains of unknown work are being weighed; that of {} is not", peer);
      return false;
    }
    HeaderPresync sync =
        new HeaderPresync(
            chain.params(), start, minimumWork, random, Math.floorDiv(nowMillis, 1000L));
    LOG.debug(
        "Initial headers sync started with {}: height={}, max_commitments={}, min_work={}",
        peer,
        sync.startHeight(),
        sync.maxBits(),
        "%064x".formatted(minimumWork));
    running.put(peer, sync);
    return true;
  }

  /**
   * The peer's next headers.
   *
   * @param full the message could not have held more
   */
  Outcome next(Peer peer, List<BlockHeader> headers, boolean full, long nowMillis) {
    HeaderPresync sync = running.get(peer);
    HeaderPresync.Phase before = sync.phase();
    HeaderPresync.Step step = sync.next(headers, full);
    if (!step.ended().isEmpty()) {
      LOG.debug("Initial headers sync aborted with {}: {}", peer, step.ended());
    } else if (sync.phase() == HeaderPresync.Phase.OVER) {
      LOG.debug(
          "Initial headers sync complete with {}: releasing all at height={} (redownload phase)",
          peer,
          sync.height());
    } else if (sync.phase() != before) {
      LOG.debug(
          "Initial headers sync transition with {}: reached sufficient work at height={},"
              + " redownloading from height={}",
          peer,
          sync.presyncHeight(),
          sync.startHeight());
    }
    if (sync.phase() == HeaderPresync.Phase.OVER) {
      running.remove(peer);
    } else if (sync.phase() == HeaderPresync.Phase.PRESYNC) {
      report(sync, nowMillis);
    }
    return new Outcome(step.valid(), step.ready(), step.wantsMore() ? sync.locator() : List.of());
  }

  /** Only of the heaviest chain, and not of those beside the one that we have: anybody could. */
  private void report(HeaderPresync sync, long nowMillis) {
    boolean hasChain =
        chain.snapshot().bestHeader().chainWork().compareTo(chain.options().minimumChainWork())
            >= 0;
    boolean heaviest =
        running.values().stream().allMatch(other -> other.work().compareTo(sync.work()) <= 0);
    if (hasChain
        || !heaviest
        || !initialDownload.isRunning()
        || nowMillis - reportedAtMillis < REPORT_MILLIS) {
      return;
    }
    reportedAtMillis = nowMillis;
    LOG.info(
        "Pre-synchronizing blockheaders, {}",
        HeaderIntake.progress(
            sync.presyncHeight(),
            sync.lastTimeSeconds(),
            Math.floorDiv(nowMillis, 1000L),
            chain.params().difficulty().spacingSeconds()));
  }
}
