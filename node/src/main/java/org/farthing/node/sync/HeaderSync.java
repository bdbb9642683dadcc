package org.farthing.node.sync;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.ChainState;
import org.farthing.consensus.chain.HeaderBatch;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.validation.HeaderChecks;
import org.farthing.consensus.validation.ProofOfWork;
import org.farthing.consensus.validation.Verdict;
import org.farthing.node.peer.Outbox;
import org.farthing.node.peer.Peer;
import org.farthing.node.wire.GetHeaders;
import org.farthing.node.wire.Headers;
import org.farthing.node.wire.Services;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Learns the tree of headers, and which part of it each peer has.
 *
 * <ul>
 *   <li>Only who serves blocks is asked: a light client would not answer.
 *   <li>While the best header is more than a day old one peer is asked for all of them; when it has
 *       no more, or the headers are recent, all others are asked for what they have beyond.
 *   <li>A peer that was asked first and is silent for {@value #SILENCE_MILLIS} ms is left for the
 *       next, if there is one.
 *   <li>A peer whose last headers end in a branch with too little work is not believed, and nothing
 *       of the branch is remembered ({@link ChainState#headerWorkThreshold}).
 *   <li>Headers that do not connect are answered by asking for those between, a few times; headers
 *       that break a rule cost the connection. A header from the future is only not taken.
 * </ul>
 */
public final class HeaderSync {
  private static final Logger LOG = LoggerFactory.getLogger(HeaderSync.class);

  static final long SILENCE_MILLIS = 60_000;
  static final int MAX_UNCONNECTING = 10;
  private static final long RECENT_SECONDS = 24 * 60 * 60;

  private static final class State {
    boolean started;
    HeaderNode best;
    BlockHash announcedUnknown;
    long askedAtMillis = -1;
    int unconnecting;
  }

  private final ChainState chain;
  private final Outbox outbox;
  private final int protocolVersion;
  private final Map<Peer, State> states = new LinkedHashMap<>();
  private Peer first;

  public HeaderSync(ChainState chain, Outbox outbox, int protocolVersion) {
    this.chain = chain;
    this.outbox = outbox;
    this.protocolVersion = protocolVersion;
  }

  /** The handshake with this peer is over. */
  public void ready(Peer peer, long nowMillis) {
    states.put(peer, new State());
    startWhereUseful(nowMillis);
  }

  public void left(Peer peer, long nowMillis) {
    states.remove(peer);
    if (peer.equals(first)) {
      first = null;
      startWhereUseful(nowMillis);
    }
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

  /** No peer that we asked owes us an answer. */
  public boolean isQuiet() {
    return states.values().stream().allMatch(state -> state.askedAtMillis < 0);
  }

  public void tick(long nowMillis) {
    if (first != null) {
      State state = states.get(first);
      boolean silent =
          state.askedAtMillis >= 0 && nowMillis - state.askedAtMillis >= SILENCE_MILLIS;
      if (silent && hasAnotherToAsk()) {
        outbox.disconnect(first, "no headers within " + SILENCE_MILLIS / 1000 + " s");
      }
    }
    startWhereUseful(nowMillis);
  }

  private boolean hasAnotherToAsk() {
    return states.entrySet().stream()
        .anyMatch(each -> !each.getValue().started && servesBlocks(each.getKey()));
  }

  /** The peer named blocks by their hashes alone. */
  public void announced(Peer peer, BlockHash hash, long nowMillis) {
    State state = states.get(peer);
    Optional<HeaderNode> known = chain.headers().find(hash);
    if (known.isPresent()) {
      note(state, known.get());
      return;
    }
    state.announcedUnknown = hash;
    ask(peer, chain.snapshot().bestHeader(), nowMillis);
  }

  public void headers(Peer peer, Headers message, long nowMillis) {
    State state = states.get(peer);
    state.askedAtMillis = -1;
    List<BlockHeader> headers = message.headers();
    if (headers.isEmpty()) {
      exhausted(peer, nowMillis);
      return;
    }
    Optional<String> breach = breach(headers);
    if (breach.isPresent()) {
      outbox.punish(peer, breach.get());
      return;
    }
    if (chain.headers().find(headers.get(0).previous()).isEmpty()) {
      unconnecting(peer, state, nowMillis);
      return;
    }
    state.unconnecting = 0;
    if (isAllThereIs(headers) && !isWorthIt(headers)) {
      exhausted(peer, nowMillis);
      return;
    }
    HeaderNode last = accept(peer, headers, nowMillis);
    if (last == null || peer.isGone()) {
      return;
    }
    note(state, last);
    if (isAllThereIs(headers)) {
      exhausted(peer, nowMillis);
    } else {
      ask(peer, last, nowMillis);
    }
  }

  /** What is wrong with headers by themselves, in Bitcoin Core's words. */
  private Optional<String> breach(List<BlockHeader> headers) {
    BlockHash previous = headers.get(0).previous();
    for (BlockHeader header : headers) {
      if (!HeaderChecks.inIsolation(header, chain.params()).isAccepted()) {
        return Optional.of("header with invalid proof of work");
      }
    }
    for (BlockHeader header : headers) {
      if (!header.previous().equals(previous)) {
        return Optional.of("non-continuous headers sequence");
      }
      previous = header.hash();
    }
    return Optional.empty();
  }

  /** The peer has no more; otherwise it would have filled its message. */
  private static boolean isAllThereIs(List<BlockHeader> headers) {
    return headers.size() < Headers.MAX_HEADERS;
  }

  /** The branch of these headers is one of ours, or has enough work to be remembered. */
  private boolean isWorthIt(List<BlockHeader> headers) {
    Optional<HeaderNode> last = chain.headers().find(headers.get(headers.size() - 1).hash());
    ChainSnapshot snapshot = chain.snapshot();
    if (last.isPresent()
        && (snapshot.isActive(last.get()) || last.get().isAncestorOf(snapshot.bestHeader()))) {
      return true;
    }
    BigInteger work = chain.headers().find(headers.get(0).previous()).orElseThrow().chainWork();
    for (BlockHeader header : headers) {
      work = work.add(ProofOfWork.work(header.bits()));
    }
    return work.compareTo(chain.headerWorkThreshold()) >= 0;
  }

  /** Takes the headers in turn; the last one that is now in the tree, or null. */
  private HeaderNode accept(Peer peer, List<BlockHeader> headers, long nowMillis) {
    HeaderBatch batch = chain.acceptHeaders(headers, Math.floorDiv(nowMillis, 1000L));
    if (batch.verdict() instanceof Verdict.Rejected rejected) {
      LOG.debug("AcceptBlockHeader: {}, {}", headers.get(batch.accepted()).hash(), rejected);
      if (Blame.fallsOn(peer, rejected.reason())) {
        outbox.punish(peer, "invalid header received: " + rejected);
      }
    }
    return batch.accepted() == 0
        ? null
        : chain.headers().find(headers.get(batch.accepted() - 1).hash()).orElseThrow();
  }

  private void unconnecting(Peer peer, State state, long nowMillis) {
    state.unconnecting++;
    if (state.unconnecting > MAX_UNCONNECTING) {
      outbox.disconnect(peer, "headers that do not connect, " + state.unconnecting + " times");
      return;
    }
    ask(peer, chain.snapshot().bestHeader(), nowMillis);
  }

  private void exhausted(Peer peer, long nowMillis) {
    if (peer.equals(first)) {
      first = null;
      states.forEach(
          (other, state) -> {
            if (!state.started && servesBlocks(other)) {
              start(other, state, nowMillis);
            }
          });
    }
  }

  private static boolean servesBlocks(Peer peer) {
    long services = peer.version().orElseThrow().services();
    return peer.kind().hasChain()
        && (Services.has(services, Services.NETWORK)
            || Services.has(services, Services.NETWORK_LIMITED));
  }

  private void startWhereUseful(long nowMillis) {
    long bestSeconds = chain.snapshot().bestHeader().header().timeSeconds();
    boolean recent = bestSeconds > Math.floorDiv(nowMillis, 1000L) - RECENT_SECONDS;
    for (Map.Entry<Peer, State> each : states.entrySet()) {
      if (each.getValue().started || !each.getKey().isReady() || !servesBlocks(each.getKey())) {
        continue;
      }
      if (recent) {
        start(each.getKey(), each.getValue(), nowMillis);
      } else if (first == null) {
        first = each.getKey();
        start(first, each.getValue(), nowMillis);
      }
    }
  }

  /** Asks from one before our best header on, so that a peer with the same chain has an answer. */
  private void start(Peer peer, State state, long nowMillis) {
    state.started = true;
    HeaderNode best = chain.snapshot().bestHeader();
    ask(peer, best.parent() == null ? best : best.parent(), nowMillis);
  }

  private void ask(Peer peer, HeaderNode from, long nowMillis) {
    State state = states.get(peer);
    if (state.askedAtMillis < 0) {
      state.askedAtMillis = nowMillis;
    }
    outbox.send(peer, new GetHeaders(protocolVersion, Locator.of(from), BlockHash.ZERO));
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
