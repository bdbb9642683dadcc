package org.farthing.node.sync;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.farthing.consensus.crypto.SipHash;
import org.farthing.node.config.NetPermission;
import org.farthing.node.peer.AddressBook;
import org.farthing.node.peer.ConnectionKind;
import org.farthing.node.peer.LocalAddresses;
import org.farthing.node.peer.Peer;
import org.farthing.node.peer.PeerTable;
import org.farthing.node.peer.RecentSet;
import org.farthing.node.time.Poisson;
import org.farthing.node.wire.Addr;
import org.farthing.node.wire.AddrV2;
import org.farthing.node.wire.AddressNetwork;
import org.farthing.node.wire.GetAddr;
import org.farthing.node.wire.Message;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.Services;
import org.farthing.node.wire.TimedAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spreads the addresses of nodes.
 *
 * <ul>
 *   <li>Each peer is told our own address when it can be, and again about once a day; those that we
 *       chose are asked for what they know.
 *   <li>A few fresh addresses that come unasked are passed on to two peers, which a keyed hash
 *       chooses anew each day, so that nobody spreads an address further by telling it often; those
 *       of networks that we don't reach to one or two.
 *   <li>What is passed on waits half a minute on average, and goes out together.
 *   <li>A peer may tell one address in ten seconds, beside the answer that we asked for: what comes
 *       faster is ignored.
 *   <li>Who asks gets an answer once, and only if it called us, so that nobody learns from our
 *       answers whom we know at which time. All who ask at one place in a day get the same.
 * </ul>
 */
public final class AddressRelay {
  private static final Logger LOG = LoggerFactory.getLogger(AddressRelay.class);

  static final int FAN_OUT = 2;
  static final int MAX_FRESH = 10;
  static final long FRESH_SECONDS = 10 * 60;
  private static final double TOKENS_PER_SECOND = 0.1;
  private static final double MAX_TOKENS = TimedAddress.MAX_ADDRESSES;
  private static final int KNOWN_CAPACITY = 2_500;
  private static final long DAY_SECONDS = 24 * 60 * 60;
  private static final long SELF_MILLIS = DAY_SECONDS * 1000;
  private static final long BATCH_MILLIS = 30_000;
  private static final long PENALTY_SECONDS = 2 * 60 * 60;
  private static final long MAX_AHEAD_SECONDS = 10 * 60;
  private static final long DOUBTFUL_AGE_SECONDS = 5 * DAY_SECONDS;
  private static final long FIRST_PLAUSIBLE_SECONDS = 100_000_000;

  private static final class State {
    RecentSet<NetAddress> known = new RecentSet<>(KNOWN_CAPACITY);
    final List<TimedAddress> waiting = new ArrayList<>();
    final TokenBucket tokens = new TokenBucket(TOKENS_PER_SECOND, 1, MAX_TOKENS);
    long selfAtMillis = Long.MIN_VALUE;
    long batchAtMillis = Long.MIN_VALUE;
    boolean enabled;
    boolean asked;
    boolean answered;
    long processed;
    long limited;
  }

  /**
   * What is told.
   *
   * @param services that this node offers
   * @param isSettled false while the node still catches up and would be of no use to others
   */
  public record Self(LocalAddresses addresses, long services, BooleanSupplier isSettled) {}

  private final AddressBook book;
  private final PeerTable peers;
  private final Self self;
  private final Random random;
  private final AddressAnswers answers;
  private final long key0;
  private final long key1;
  private final Map<Peer, State> states = new LinkedHashMap<>();

  public AddressRelay(AddressBook book, PeerTable peers, Self self, Random random) {
    this.book = book;
    this.peers = peers;
    this.self = self;
    this.random = random;
    this.answers = new AddressAnswers(book, peers::isWelcome, self.addresses().shares(), random);
    this.key0 = random.nextLong();
    this.key1 = random.nextLong();
  }

  /**
   * The handshake is over. Whom we called is told and asked at once, unless for blocks alone; who
   * called us when he shows that he is no such one himself.
   */
  public void ready(Peer peer, long nowMillis) {
    State state = new State();
    state.tokens.fill(nowMillis);
    states.put(peer, state);
    if (!peer.isInbound() && enable(peer, state)) {
      state.tokens.add(MAX_TOKENS);
      state.asked = true;
      peers.send(peer, new GetAddr());
      flush(peer, nowMillis);
    }
  }

  /** From now on addresses are exchanged; false if the connection is not for that. */
  private boolean enable(Peer peer, State state) {
    state.enabled |= peer.kind().gossips();
    return state.enabled;
  }

  /** Whether addresses are exchanged with this peer. */
  public boolean isEnabled(Peer peer) {
    State state = states.get(peer);
    return state != null && state.enabled;
  }

  public void left(Peer peer) {
    states.remove(peer);
  }

  /** Sends what is due. */
  public void tick(long nowMillis) {
    states.keySet().forEach(peer -> flush(peer, nowMillis));
  }

  /** Sends what is due to one peer. */
  public void flush(Peer peer, long nowMillis) {
    State state = states.get(peer);
    if (state == null || !state.enabled || peer.isGone()) {
      return;
    }
    if (self.isSettled().getAsBoolean() && nowMillis > state.selfAtMillis) {
      tellSelf(peer, state, nowMillis);
    }
    if (nowMillis <= state.batchAtMillis) {
      return;
    }
    state.batchAtMillis = nowMillis + Poisson.delayMillis(random, BATCH_MILLIS);
    List<TimedAddress> news =
        state.waiting.stream().filter(told -> state.known.add(told.address())).toList();
    state.waiting.clear();
    if (!news.isEmpty()) {
      send(peer, news);
    }
  }

  private void tellSelf(Peer peer, State state, long nowMillis) {
    boolean isFirst = state.selfAtMillis == Long.MIN_VALUE;
    state.selfAtMillis = nowMillis + Poisson.delayMillis(random, SELF_MILLIS);
    if (!isFirst) {
      state.known = new RecentSet<>(KNOWN_CAPACITY);
    }
    Optional<NetAddress> address =
        self.addresses().tellTo(peer).filter(found -> isReadable(peer, found));
    if (address.isEmpty()) {
      return;
    }
    LOG.debug("Advertising address {} to {}", address.get(), peer);
    TimedAddress told =
        new TimedAddress(Math.floorDiv(nowMillis, 1000L), self.services(), address.get());
    if (isFirst) {
      // Alone: who takes few addresses from us takes this one.
      send(peer, List.of(told));
    } else {
      push(peer, state, told);
    }
  }

  /** Addresses came. */
  public void addresses(Peer peer, List<TimedAddress> addresses, long nowMillis) {
    State state = states.get(peer);
    if (!enable(peer, state)) {
      LOG.debug("ignoring addr message from {} {}", peer.kind().label(), peer);
      return;
    }
    state.tokens.fill(nowMillis);
    List<TimedAddress> shuffled = new ArrayList<>(addresses);
    Collections.shuffle(shuffled, random);
    boolean passOn = !state.asked && addresses.size() <= MAX_FRESH;
    long processed = state.processed;
    long limited = state.limited;
    int added = 0;
    for (TimedAddress told : shuffled) {
      if (!state.tokens.takeIfThere(1) && !peer.may(NetPermission.ADDR)) {
        state.limited++;
        continue;
      }
      if (take(peer, state, believed(told, nowMillis), passOn, nowMillis)) {
        added++;
      }
    }
    LOG.debug(
        "Received addr: {} addresses ({} processed, {} rate-limited) from {}",
        addresses.size(),
        state.processed - processed,
        state.limited - limited,
        peer);
    if (added > 0) {
      LOG.debug("Added {} addresses (of {}) from {}", added, addresses.size(), peer.address());
    }
    state.asked &= addresses.size() >= TimedAddress.MAX_ADDRESSES;
    // One alone is the peer's own.
    if (peer.kind() == ConnectionKind.ADDR_FETCH && addresses.size() > 1) {
      peers.refuse(peer, "addrfetch connection completed");
    }
  }

  private static TimedAddress believed(TimedAddress told, long nowMillis) {
    long nowSeconds = Math.floorDiv(nowMillis, 1000L);
    long seconds = told.timeSeconds();
    boolean plausible =
        seconds > FIRST_PLAUSIBLE_SECONDS && seconds <= nowSeconds + MAX_AHEAD_SECONDS;
    return plausible
        ? told
        : new TimedAddress(
            Math.max(0, nowSeconds - DOUBTFUL_AGE_SECONDS), told.services(), told.address());
  }

  /** True where the address was not known. */
  private boolean take(Peer peer, State state, TimedAddress told, boolean passOn, long nowMillis) {
    if (!Services.haveBlocks(told.services())) {
      return false;
    }
    NetAddress address = told.address();
    state.known.add(address);
    if (!peers.isWelcome(address)) {
      return false;
    }
    state.processed++;
    boolean reachable = peers.isReachable(address.network());
    boolean isFresh = told.timeSeconds() > Math.floorDiv(nowMillis, 1000L) - FRESH_SECONDS;
    if (isFresh && passOn && (address.isRoutable() || !peer.address().isRoutable())) {
      passOn(peer, told, reachable, nowMillis);
    }
    return reachable && book.add(told, peer.address(), PENALTY_SECONDS, nowMillis);
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

  /** The peer wants to know addresses. */
  public void asked(Peer peer, long nowMillis) {
    State state = states.get(peer);
    if (!peer.isInbound()) {
      LOG.debug("Ignoring \"getaddr\" from {} connection. {}", peer.kind().label(), peer);
      return;
    }
    enable(peer, state);
    if (state.answered) {
      LOG.debug("Ignoring repeated \"getaddr\". {}", peer);
      return;
    }
    state.answered = true;
    state.waiting.clear();
    answers.to(peer, peers.networkOf(peer), nowMillis).forEach(told -> push(peer, state, told));
    flush(peer, nowMillis);
  }

  private void passOn(Peer from, TimedAddress told, boolean reachable, long nowMillis) {
    NetAddress address = told.address();
    if (!reachable && address.network() == AddressNetwork.CJDNS) {
      return;
    }
    long hash = SipHash.hash(0, 0, address.key());
    long day = Long.divideUnsigned(Math.floorDiv(nowMillis, 1000L) + (hash >>> 1), DAY_SECONDS);
    long coin = SipHash.hash(key0, key1, new long[] {hash, day});
    int count = reachable || (coin & 1) != 0 ? FAN_OUT : 1;
    states.entrySet().stream()
        .filter(each -> each.getValue().enabled && !each.getKey().equals(from))
        .filter(each -> isReadable(each.getKey(), address))
        .sorted(
            Comparator.comparingLong(
                each -> SipHash.hash(key0, key1, new long[] {hash, day, each.getKey().id()})))
        .limit(count)
        .forEach(each -> push(each.getKey(), each.getValue(), told));
  }

  /** Puts an address to those that wait to be sent; where too many do, it replaces one. */
  private void push(Peer peer, State state, TimedAddress told) {
    if (state.known.contains(told.address()) || !isReadable(peer, told.address())) {
      return;
    }
    if (state.waiting.size() >= TimedAddress.MAX_ADDRESSES) {
      state.waiting.set(random.nextInt(state.waiting.size()), told);
    } else {
      state.waiting.add(told);
    }
  }

  /** Whether the peer can be told an address of this network. */
  private static boolean isReadable(Peer peer, NetAddress address) {
    return peer.handshake().addrV2() || address.network().hasSockets();
  }

  private void send(Peer peer, List<TimedAddress> addresses) {
    Message message = peer.handshake().addrV2() ? new AddrV2(addresses) : new Addr(addresses);
    peers.send(peer, message);
  }
}
