package org.farthing.node.sync;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.farthing.node.peer.AddressBook;
import org.farthing.node.peer.ConnectionKind;
import org.farthing.node.peer.Outbox;
import org.farthing.node.peer.Peer;
import org.farthing.node.peer.RecentSet;
import org.farthing.node.wire.Addr;
import org.farthing.node.wire.AddrV2;
import org.farthing.node.wire.GetAddr;
import org.farthing.node.wire.Message;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.TimedAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spreads the addresses of nodes.
 *
 * <ul>
 *   <li>Each peer is told our own address once, and those that we chose are asked for what they
 *       know.
 *   <li>A few fresh addresses that come unasked are passed on to {@value #FAN_OUT} peers that have
 *       not seen them; long lists are only remembered.
 *   <li>A peer may tell one address in ten seconds, beside the answer that we asked for: what comes
 *       faster is ignored.
 *   <li>Who asks gets an answer once, and only if it called us, so that nobody learns from our
 *       answers whom we know at which time.
 * </ul>
 */
public final class AddressRelay {
  private static final Logger LOG = LoggerFactory.getLogger(AddressRelay.class);

  static final int FAN_OUT = 2;
  static final int MAX_FRESH = 10;
  static final long FRESH_SECONDS = 10 * 60;
  private static final double TOKENS_PER_MILLI = 0.1 / 1000;
  private static final double MAX_TOKENS = TimedAddress.MAX_ADDRESSES;
  private static final int MAX_ANSWER_PERCENT = 23;
  private static final int KNOWN_CAPACITY = 5_000;

  private static final class State {
    final RecentSet<NetAddress> known = new RecentSet<>(KNOWN_CAPACITY);
    double tokens = 1;
    long filledAtMillis;
    TimedAddress self;
    boolean enabled;
    boolean answered;
    long processed;
    long limited;
  }

  private final AddressBook book;
  private final Predicate<NetAddress> isWelcome;
  private final Outbox outbox;
  private final Random random;
  private final Map<Peer, State> states = new LinkedHashMap<>();

  /**
   * @param isWelcome whether an address is worth to be remembered and told
   */
  public AddressRelay(
      AddressBook book, Predicate<NetAddress> isWelcome, Outbox outbox, Random random) {
    this.book = book;
    this.isWelcome = isWelcome;
    this.outbox = outbox;
    this.random = random;
  }

  /**
   * The handshake is over. Whom we called is told and asked at once, unless for blocks alone; who
   * called us when he shows that he is no such one himself.
   *
   * @param self where this peer could reach us, or null if nobody can
   */
  public void ready(Peer peer, TimedAddress self, long nowMillis) {
    State state = new State();
    state.self = self;
    state.filledAtMillis = nowMillis;
    states.put(peer, state);
    if (!peer.isInbound() && enable(peer, state)) {
      state.tokens += MAX_TOKENS;
      outbox.send(peer, new GetAddr());
    }
  }

  /** From now on addresses are exchanged; false if the connection is not for that. */
  private boolean enable(Peer peer, State state) {
    if (!peer.kind().gossips()) {
      return false;
    }
    if (!state.enabled) {
      state.enabled = true;
      if (state.self != null) {
        send(peer, List.of(state.self));
      }
    }
    return true;
  }

  /** Whether addresses are exchanged with this peer. */
  public boolean isEnabled(Peer peer) {
    State state = states.get(peer);
    return state != null && state.enabled;
  }

  public void left(Peer peer) {
    states.remove(peer);
  }

  public void addresses(Peer peer, List<TimedAddress> addresses, long nowMillis) {
    State state = states.get(peer);
    if (!enable(peer, state)) {
      LOG.debug("ignoring addr message from {} {}", peer.kind().label(), peer);
      return;
    }
    refill(state, nowMillis);
    boolean passOn = addresses.size() <= MAX_FRESH;
    int added = 0;
    for (TimedAddress told : addresses) {
      if (state.tokens < 1) {
        state.limited++;
        continue;
      }
      state.tokens--;
      state.processed++;
      state.known.add(told.address());
      if (!isWelcome.test(told.address())) {
        continue;
      }
      added += book.add(told, peer.address(), nowMillis) ? 1 : 0;
      if (passOn && isFresh(told, nowMillis)) {
        passOn(peer, told);
      }
    }
    LOG.debug("Added {} addresses (of {}) from {}", added, addresses.size(), peer);
    // One alone is the peer's own.
    if (peer.kind() == ConnectionKind.ADDR_FETCH && addresses.size() > 1) {
      outbox.disconnect(peer, "addrfetch connection completed");
    }
  }

  /** Addresses of this peer that were taken in. */
  public long processedOf(Peer peer) {
    State state = states.get(peer);
    return state == null ? 0 : state.processed;
  }

  /** Addresses of this peer that were ignored because they came too fast. */
  public long limitedOf(Peer peer) {
    State state = states.get(peer);
    return state == null ? 0 : state.limited;
  }

  public void asked(Peer peer, long nowMillis) {
    State state = states.get(peer);
    if (!peer.isInbound() || state.answered) {
      return;
    }
    enable(peer, state);
    state.answered = true;
    List<TimedAddress> answer =
        book
            .sample(TimedAddress.MAX_ADDRESSES, MAX_ANSWER_PERCENT, Optional.empty(), nowMillis)
            .stream()
            .filter(told -> isWelcome.test(told.address()))
            .toList();
    if (!answer.isEmpty()) {
      answer.forEach(told -> state.known.add(told.address()));
      send(peer, answer);
    }
  }

  private void refill(State state, long nowMillis) {
    double earned = Math.max(0, nowMillis - state.filledAtMillis) * TOKENS_PER_MILLI;
    if (state.tokens < MAX_TOKENS) {
      state.tokens = Math.min(MAX_TOKENS, state.tokens + earned);
    }
    state.filledAtMillis = nowMillis;
  }

  private static boolean isFresh(TimedAddress told, long nowMillis) {
    return told.timeSeconds() > Math.floorDiv(nowMillis, 1000L) - FRESH_SECONDS;
  }

  private void passOn(Peer from, TimedAddress told) {
    List<Peer> others = new ArrayList<>(states.keySet());
    others.removeIf(other -> other.equals(from) || !states.get(other).enabled);
    Collections.shuffle(others, random);
    int sent = 0;
    for (Peer other : others) {
      if (sent == FAN_OUT) {
        return;
      }
      if (states.get(other).known.add(told.address())) {
        send(other, List.of(told));
        sent++;
      }
    }
  }

  private void send(Peer peer, List<TimedAddress> addresses) {
    Message message = peer.handshake().addrV2() ? new AddrV2(addresses) : new Addr(addresses);
    outbox.send(peer, message);
  }
}
