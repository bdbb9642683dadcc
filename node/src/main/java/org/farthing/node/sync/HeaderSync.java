package org.farthing.node.sync;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.ChainState;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.node.config.NetPermission;
import org.farthing.node.peer.ConnectionKind;
import org.farthing.node.peer.Outbox;
import org.farthing.node.peer.Peer;
import org.farthing.node.wire.GetHeaders;
import org.farthing.node.wire.Headers;
import org.farthing.node.wire.Services;
import org.farthing.node.wire.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Learns the tree of headers, and which part of it each peer has.
 *
 * <ul>
 *   <li>Only who serves blocks is asked: a light client would not answer.
 *   <li>While the best header is more than a day old one peer is asked for all of them, one that we
 *       chose where there is any, and with each block that is announced one more; when the headers
 *       are recent, all are asked for what they have beyond.
 *   <li>The only peer that was asked is dropped when the headers are not recent after 15 minutes
 *       and a millisecond for each that should be there, if there is another one that we chose. One
 *       that has not answered at all for {@value #RESPONSE_MILLIS} ms stays for so long, but
 *       another is asked beside it.
 *   <li>No question is asked while one is open, for {@value #RESPONSE_MILLIS} ms.
 *   <li>A branch with too little work ({@link ChainState#headerWorkThreshold}) is not remembered.
 *       Where the peer may have more of it, it is weighed first ({@link LowWorkSync}).
 *   <li>Headers that do not connect are answered by asking for those between; headers that break a
 *       rule cost the connection. A header from the future is only not taken.
 *   <li>While we catch up, a peer that we chose has to have the work that is expected of the chain.
 * </ul>
 */
public final class HeaderSync {
  private static final Logger LOG = LoggerFactory.getLogger(HeaderSync.class);

  /** How long a question for headers may stay open before another one is asked. */
  static final long RESPONSE_MILLIS = 2 * 60_000L;

  static final long TIMEOUT_MILLIS = 15 * 60_000L;
  private static final long TIMEOUT_MILLIS_FOR_EACH = 1;
  private static final long RECENT_SECONDS = 24 * 60 * 60;
  private static final long NEVER = -1;

  private static final class State {
    boolean started;
    boolean answered;
    boolean askedByAnnouncement;

    /** It announced headers while others of its chain were weighed. */
    boolean hasMore;

    HeaderNode best;
    BlockHash announcedUnknown;
    long askedAtMillis = NEVER;

    /** By when the headers have to be recent. */
    long deadlineMillis = Long.MAX_VALUE;

    boolean isSilent(long nowMillis) {
      return started && !answered && nowMillis - askedAtMillis > RESPONSE_MILLIS;
    }
  }

  private final ChainState chain;
  private final Outbox outbox;
  private final InitialDownload initialDownload;
  private final BooleanSupplier isFetching;
  private final HeaderIntake intake;
  private final LowWorkSync lowWork;
  private final Map<Peer, State> states = new LinkedHashMap<>();

  /** All peers are asked and none has a deadline: there is nothing that time could change. */
  private boolean settled;

  /** The last block that made us ask one more peer. */
  private BlockHash lastAnnouncement;

  /**
   * @param isFetching whether blocks are awaited from anybody
   */
  public HeaderSync(
      ChainState chain,
      Outbox outbox,
      InitialDownload initialDownload,
      Random random,
      BooleanSupplier isFetching) {
    this.chain = chain;
    this.outbox = outbox;
    this.initialDownload = initialDownload;
    this.isFetching = isFetching;
    intake = new HeaderIntake(chain, outbox, initialDownload);
    lowWork = new LowWorkSync(chain, initialDownload, random);
  }

  /** Called with the last header of a message if it is new and fits, and with who sent it. */
  void onNew(BiConsumer<Peer, HeaderNode> listener) {
    intake.onNew(listener);
  }

  /** The handshake with this peer is over. */
  public void ready(Peer peer, long nowMillis) {
    states.put(peer, new State());
    settled = false;
    startWhereUseful(nowMillis);
  }

  public void left(Peer peer, long nowMillis) {
    states.remove(peer);
    lowWork.stop(peer);
    startWhereUseful(nowMillis);
  }

  /** The header with most work that the peer is known to have. */
  public Optional<HeaderNode> bestKnown(Peer peer) {
    State state = states.get(peer);
    if (state == null) {
      return Optional.empty();
    }
    if (state.announcedUnknown != null) {
      chain.headers().find(state.announcedUnknown).ifPresent(node -> note(state, node));
    }
    return Optional.ofNullable(state.best);
  }

  /** Up to which height the peer's chain has been weighed, while that is done. */
  public OptionalInt presyncHeight(Peer peer) {
    return lowWork.height(peer);
  }

  /** The peer was asked for all its headers. */
  public boolean isStarted(Peer peer) {
    State state = states.get(peer);
    return state != null && state.started;
  }

  /** No peer that we asked owes us an answer. */
  public boolean isQuiet() {
    return states.values().stream().allMatch(state -> state.askedAtMillis == NEVER);
  }

  public void tick(long nowMillis) {
    if (settled) {
      return;
    }
    for (Peer peer : List.copyOf(states.keySet())) {
      State state = states.get(peer);
      if (state != null && state.deadlineMillis != Long.MAX_VALUE) {
        checkDeadline(peer, state, nowMillis);
      }
    }
    startWhereUseful(nowMillis);
    settled =
        states.entrySet().stream().allMatch(each -> isSettled(each.getKey(), each.getValue()));
  }

  /** Time changes nothing for this peer any more. */
  private static boolean isSettled(Peer peer, State state) {
    return state.deadlineMillis == Long.MAX_VALUE && (state.started || !servesBlocks(peer));
  }

  private void checkDeadline(Peer peer, State state, long nowMillis) {
    if (isRecent(nowMillis)) {
      // We have caught up once; from now on nobody is blamed for that.
      state.deadlineMillis = Long.MAX_VALUE;
    } else if (nowMillis > state.deadlineMillis
        && (state.isSilent(nowMillis) || sources(nowMillis) == 1)
        && states.keySet().stream().anyMatch(other -> other != peer && isPreferred(other))) {
      if (peer.may(NetPermission.NOBAN)) {
        LOG.info("Timeout downloading headers from noban peer, not disconnecting {}", peer);
        state.started = false;
        state.deadlineMillis = Long.MAX_VALUE;
      } else {
        LOG.info("Timeout downloading headers, disconnecting {}", peer);
        outbox.disconnect(peer, "Timeout downloading headers");
      }
    }
  }

  /** The peer named a block by its hash alone. */
  public void announced(Peer peer, BlockHash hash, long nowMillis) {
    State state = states.get(peer);
    Optional<HeaderNode> known = chain.headers().find(hash);
    if (known.isPresent()) {
      note(state, known.get());
      return;
    }
    state.announcedUnknown = hash;
    if (!state.started && (state.askedByAnnouncement || hash.equals(lastAnnouncement))) {
      return;
    }
    HeaderNode best = chain.snapshot().bestHeader();
    if (ask(peer, Locator.of(best), nowMillis)) {
      LOG.debug("getheaders ({}) {} to {}", best.height(), hash, peer);
    }
    if (!state.started) {
      state.askedByAnnouncement = true;
      lastAnnouncement = hash;
    }
  }

  /** The peer's headers: an answer, or new ones. */
  public void headers(Peer peer, Headers message, long nowMillis) {
    State state = states.get(peer);
    List<BlockHeader> headers = message.headers();
    state.answered = true;
    if (headers.isEmpty()) {
      lowWork.stop(peer);
      state.askedAtMillis = NEVER;
      return;
    }
    Optional<String> breach = HeaderPresync.breach(headers, chain.params());
    if (breach.isPresent()) {
      outbox.punish(peer, breach.get());
      return;
    }
    boolean full = headers.size() >= Headers.MAX_HEADERS;
    if (!lowWork.isRunning(peer)) {
      learn(peer, headers, full, nowMillis);
    } else if (lowWork.isBeside(peer, headers)) {
      state.hasMore = true;
      learn(peer, headers, false, nowMillis);
    } else {
      weighed(peer, headers, full, nowMillis);
    }
  }

  /** The headers go on where those ended that were weighed. */
  private void weighed(Peer peer, List<BlockHeader> headers, boolean full, long nowMillis) {
    LowWorkSync.Outcome outcome = weigh(peer, headers, full, nowMillis);
    if (!outcome.valid()) {
      learn(peer, headers, full, nowMillis);
    } else if (!outcome.ready().isEmpty()) {
      take(peer, outcome.ready(), full, nowMillis);
    }
    State state = states.get(peer);
    if (state != null && state.hasMore && !lowWork.isRunning(peer)) {
      state.hasMore = false;
      ask(peer, Locator.of(chain.snapshot().bestHeader()), nowMillis);
    }
  }

  /** Takes in headers of unknown work if they are worth it. */
  private void learn(Peer peer, List<BlockHeader> headers, boolean full, long nowMillis) {
    State state = states.get(peer);
    Optional<HeaderNode> start = chain.headers().find(headers.get(0).previous());
    if (start.isEmpty()) {
      unconnecting(peer, state, headers, nowMillis);
      return;
    }
    // While a chain is weighed the open question is for the next part of it.
    state.askedAtMillis = lowWork.isRunning(peer) ? state.askedAtMillis : NEVER;
    if (isWorthIt(peer, headers, start.get())) {
      take(peer, headers, full, nowMillis);
    } else {
      tooLittleWork(peer, headers, start.get(), nowMillis);
    }
  }

  /** Takes the headers in, and what they say of the peer. */
  private void take(Peer peer, List<BlockHeader> headers, boolean full, long nowMillis) {
    HeaderNode tip = chain.snapshot().tip();
    Optional<HeaderIntake.Taken> taken = intake.accept(peer, headers, nowMillis);
    if (taken.isEmpty() || peer.isGone()) {
      return;
    }
    HeaderNode last = taken.get().last();
    note(states.get(peer), last);
    if (taken.get().isNew() && last.chainWork().compareTo(tip.chainWork()) > 0) {
      peer.announcedBlock(nowMillis);
    }
    if (full && !lowWork.isRunning(peer) && ask(peer, Locator.of(last), nowMillis)) {
      LOG.debug("more getheaders ({}) to end to {}", last.height(), peer);
    }
    if (!full && lacksWork(peer)) {
      LOG.info("outbound peer headers chain has insufficient work, disconnecting {}", peer);
      outbox.disconnect(peer, "headers chain has insufficient work");
    }
  }

  /** We catch up, and its chain, of which it has no more, is not what we look for. */
  private boolean lacksWork(Peer peer) {
    boolean chosen =
        peer.kind() == ConnectionKind.OUTBOUND || peer.kind() == ConnectionKind.BLOCK_RELAY;
    BigInteger minimum = chain.options().minimumChainWork();
    return initialDownload.isRunning()
        && chosen
        && bestKnown(peer).filter(best -> best.chainWork().compareTo(minimum) < 0).isPresent();
  }

  /** Goes on with a chain that is being weighed. */
  private LowWorkSync.Outcome weigh(
      Peer peer, List<BlockHeader> headers, boolean full, long nowMillis) {
    LowWorkSync.Outcome outcome = lowWork.next(peer, headers, full, nowMillis);
    if (outcome.valid()) {
      states.get(peer).askedAtMillis = NEVER;
    }
    if (outcome.wantsMore()) {
      send(peer, outcome.nextLocator(), nowMillis);
      LOG.debug("more getheaders (from {}) to {}", outcome.nextLocator().get(0), peer);
    }
    return outcome;
  }

  /** The branch of these headers is one of ours, or has enough work to be remembered. */
  private boolean isWorthIt(Peer peer, List<BlockHeader> headers, HeaderNode start) {
    if (peer.may(NetPermission.NOBAN)) {
      return true;
    }
    Optional<HeaderNode> last = chain.headers().find(headers.get(headers.size() - 1).hash());
    ChainSnapshot snapshot = chain.snapshot();
    if (last.isPresent()
        && (snapshot.isActive(last.get()) || last.get().isAncestorOf(snapshot.bestHeader()))) {
      return true;
    }
    return HeaderPresync.work(start, headers).compareTo(chain.headerWorkThreshold()) >= 0;
  }

  private void tooLittleWork(
      Peer peer, List<BlockHeader> headers, HeaderNode start, long nowMillis) {
    if (headers.size() < Headers.MAX_HEADERS) {
      int height = start.height() + headers.size();
      LOG.debug("Ignoring low-work chain (height={}) from {}", height, peer);
    } else if (lowWork.start(peer, start, chain.headerWorkThreshold(), nowMillis)) {
      weigh(peer, headers, true, nowMillis);
    }
  }

  private void unconnecting(Peer peer, State state, List<BlockHeader> headers, long nowMillis) {
    BlockHeader first = headers.get(0);
    HeaderNode best = chain.snapshot().bestHeader();
    if (ask(peer, Locator.of(best), nowMillis)) {
      LOG.debug(
          "received header {}: missing prev block {}, sending getheaders ({}) to end ({})",
          first.hash(),
          first.previous(),
          best.height(),
          peer);
    }
    // Should others tell us of it, the peer can be asked for the block.
    state.announcedUnknown = headers.get(headers.size() - 1).hash();
  }

  private static boolean servesBlocks(Peer peer) {
    long services = peer.version().orElseThrow().services();
    return peer.kind().hasChain() && Services.haveBlocks(services);
  }

  /** We or the operator chose the peer, and it knows what the chain is. */
  static boolean isPreferred(Peer peer) {
    return servesBlocks(peer) && (!peer.isInbound() || peer.may(NetPermission.NOBAN));
  }

  /** How many were asked for all headers, those aside that have not said a word. */
  private long sources(long nowMillis) {
    return states.values().stream()
        .filter(state -> state.started && !state.isSilent(nowMillis))
        .count();
  }

  private boolean isRecent(long nowMillis) {
    long bestSeconds = chain.snapshot().bestHeader().header().timeSeconds();
    return bestSeconds > Math.floorDiv(nowMillis, 1000L) - RECENT_SECONDS;
  }

  private void startWhereUseful(long nowMillis) {
    boolean recent = isRecent(nowMillis);
    if (!recent && sources(nowMillis) > 0) {
      return;
    }
    boolean anyPreferred = states.keySet().stream().anyMatch(HeaderSync::isPreferred);
    for (Map.Entry<Peer, State> each : states.entrySet()) {
      Peer peer = each.getKey();
      if (each.getValue().started || !peer.isReady() || !servesBlocks(peer)) {
        continue;
      }
      if (recent || isPreferred(peer) || !anyPreferred || !isFetching.getAsBoolean()) {
        start(peer, each.getValue(), nowMillis);
        if (!recent && sources(nowMillis) > 0) {
          return;
        }
      }
    }
  }

  /** Asks from one before our best header on, so that a peer with the same chain has an answer. */
  private void start(Peer peer, State state, long nowMillis) {
    HeaderNode best = chain.snapshot().bestHeader();
    HeaderNode from = best.parent() == null ? best : best.parent();
    if (!ask(peer, Locator.of(from), nowMillis)) {
      return;
    }
    LOG.debug("initial getheaders ({}) to {}", from.height(), peer);
    state.started = true;
    long missing =
        (Math.floorDiv(nowMillis, 1000L) - best.header().timeSeconds())
            / chain.params().difficulty().spacingSeconds();
    state.deadlineMillis =
        nowMillis + TIMEOUT_MILLIS + TIMEOUT_MILLIS_FOR_EACH * Math.max(0, missing);
  }

  /**
   * Asks for the headers after those of the locator, unless a question is open.
   *
   * @return whether it was asked
   */
  boolean ask(Peer peer, List<BlockHash> locator, long nowMillis) {
    State state = states.get(peer);
    if (state.askedAtMillis != NEVER && nowMillis - state.askedAtMillis <= RESPONSE_MILLIS) {
      return false;
    }
    // Should the answer to the last question come at last, it would not be known for that.
    lowWork.stop(peer);
    send(peer, locator, nowMillis);
    return true;
  }

  private void send(Peer peer, List<BlockHash> locator, long nowMillis) {
    states.get(peer).askedAtMillis = nowMillis;
    outbox.send(peer, new GetHeaders(Version.PROTOCOL, locator, BlockHash.ZERO));
  }

  private static void note(State state, HeaderNode node) {
    // Of two with the same work the later one is what the peer has now.
    if (state.best == null || node.chainWork().compareTo(state.best.chainWork()) >= 0) {
      state.best = node;
    }
    if (node.hash().equals(state.announcedUnknown)) {
      state.announcedUnknown = null;
    }
  }
}
