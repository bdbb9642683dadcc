package org.farthing.node.sync;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.farthing.consensus.chain.ChainState;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.node.peer.ConnectionKind;
import org.farthing.node.peer.Outbox;
import org.farthing.node.peer.Peer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps us from being surrounded by peers on an old or a worse chain. The rules are Bitcoin Core's.
 *
 * <ul>
 *   <li>A peer that we chose, and whose best block has less work than our tip, has {@value
 *       #TIMEOUT_MILLIS} ms to reach what was our tip then; reaching it begins a new term, reaching
 *       our present tip ends it.
 *   <li>When the term is over it is asked once for headers, and {@value #RESPONSE_MILLIS} ms later
 *       it is dropped.
 *   <li>Up to {@value #PROTECTED} peers that once had our work are spared: should the rest of the
 *       world be wrong, not all of the connections change. Those for blocks alone never are.
 * </ul>
 */
final class ChainSyncEviction {
  private static final Logger LOG = LoggerFactory.getLogger(ChainSyncEviction.class);

  static final long TIMEOUT_MILLIS = 20 * 60_000L;
  static final long RESPONSE_MILLIS = HeaderSync.RESPONSE_MILLIS;
  static final int PROTECTED = 4;

  private static final class State {
    boolean spared;
    HeaderNode goal;
    long deadlineMillis;
    boolean asked;
  }

  private final ChainState chain;
  private final HeaderSync headers;
  private final Outbox outbox;
  private final Map<Peer, State> states = new LinkedHashMap<>();

  ChainSyncEviction(ChainState chain, HeaderSync headers, Outbox outbox) {
    this.chain = chain;
    this.headers = headers;
    this.outbox = outbox;
  }

  void ready(Peer peer) {
    if (peer.kind() == ConnectionKind.OUTBOUND || peer.kind() == ConnectionKind.BLOCK_RELAY) {
      states.put(peer, new State());
    }
  }

  void left(Peer peer) {
    states.remove(peer);
  }

  /** The peer stays even when its chain is old. */
  boolean isSpared(Peer peer) {
    State state = states.get(peer);
    return state != null && state.spared;
  }

  /** The peer told us of headers, which may be a reason to spare it. */
  void heard(Peer peer) {
    State state = states.get(peer);
    if (state == null || state.spared || peer.isGone() || peer.kind() != ConnectionKind.OUTBOUND) {
      return;
    }
    boolean room = states.values().stream().filter(each -> each.spared).count() < PROTECTED;
    if (room && hasWorkOf(chain.snapshot().tip(), headers.bestKnown(peer))) {
      LOG.debug("Protecting outbound {} from eviction", peer);
      state.spared = true;
    }
  }

  void tick(long nowMillis) {
    List.copyOf(states.keySet()).forEach(peer -> consider(peer, nowMillis));
  }

  /** Lets time act on this peer. */
  void consider(Peer peer, long nowMillis) {
    State state = states.get(peer);
    if (state == null || state.spared || peer.isGone() || !headers.isStarted(peer)) {
      return;
    }
    HeaderNode tip = chain.snapshot().tip();
    Optional<HeaderNode> best = headers.bestKnown(peer);
    if (hasWorkOf(tip, best)) {
      state.goal = null;
    } else if (state.goal == null || hasWorkOf(state.goal, best)) {
      state.goal = tip;
      state.deadlineMillis = nowMillis + TIMEOUT_MILLIS;
      state.asked = false;
    } else if (nowMillis > state.deadlineMillis) {
      overdue(peer, state, best, nowMillis);
    }
  }

  private static boolean hasWorkOf(HeaderNode goal, Optional<HeaderNode> best) {
    return best.isPresent() && best.get().chainWork().compareTo(goal.chainWork()) >= 0;
  }

  private void overdue(Peer peer, State state, Optional<HeaderNode> best, long nowMillis) {
    String known = best.map(node -> node.hash().toString()).orElse("<none>");
    if (state.asked) {
      LOG.info("Outbound peer has old chain, best known block = {}, disconnecting {}", known, peer);
      outbox.disconnect(peer, "old chain");
      return;
    }
    HeaderNode from = state.goal.parent() == null ? state.goal : state.goal.parent();
    headers.ask(peer, Locator.of(from), nowMillis);
    LOG.debug(
        "sending getheaders to outbound {} to verify chain work (current best known block:{},"
            + " benchmark blockhash: {})",
        peer,
        known,
        state.goal.hash());
    state.asked = true;
    state.deadlineMillis = nowMillis + RESPONSE_MILLIS;
  }
}
