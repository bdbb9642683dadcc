package org.farthing.node.peer;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.farthing.node.wire.AddressNetwork;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.Services;
import org.farthing.node.wire.TimedAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whom to connect to.
 *
 * <ul>
 *   <li>Hosts that the operator named are called for ever ({@link NamedHosts}).
 *   <li>Where they are to be the only ones ({@code --connect}), nobody else is called.
 *   <li>Otherwise peers are chosen from the address book twice a second: of which kind {@link
 *       OutboundSchedule} says, and which address {@link AddressPick}.
 *   <li>While few addresses are known, {@link Sources} fills the book.
 * </ul>
 */
public final class ConnectionPlanner {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionPlanner.class);

  /** So many peers for blocks alone are called first in the next run. */
  static final int MAX_ANCHORS = 2;

  static final long STEP_MILLIS = 500;

  /** Connections that are begun in one step at most. */
  private static final int DIALS_AT_ONCE = 4;

  /** Feelers wait up to so long, that nodes which were started together don't call together. */
  private static final int FEELER_SPREAD_MILLIS = 1_000;

  /** With fewer peers a call that fails may be due to our own network. */
  private static final int ENOUGH_PLACES = 2;

  /**
   * What the operator said.
   *
   * @param choosesPeers whether peers are chosen from the address book too
   * @param connect hosts to connect to in any case
   * @param added the same, of which some only are connected at a time
   * @param sources of addresses
   * @param defaultPort of an address without one
   * @param encrypts whether the encrypted protocol (BIP-0324) is tried where it may be known
   * @param neighboursDiffer whether peers of the same machine or private network may be many
   */
  public record Plan(
      boolean choosesPeers,
      List<String> connect,
      List<String> added,
      PeerSources sources,
      int defaultPort,
      boolean encrypts,
      boolean neighboursDiffer) {
    public Plan {
      connect = List.copyOf(connect);
      added = List.copyOf(added);
    }
  }

  /** A call that is due a little later. */
  private record Later(NetAddress address, long atMillis) {}

  private final Plan plan;
  private final AddressBook book;
  private final Dialer dialer;
  private final Random random;
  private final NamedHosts named;
  private final Sources sources;
  private final OutboundSchedule schedule;
  private final AddressPick pick;
  private final Predicate<NetAddress> isOwn;
  private final Deque<TimedAddress> anchors = new ArrayDeque<>();
  private Optional<Later> feeler = Optional.empty();
  private boolean stepped;
  private long lastStepMillis;

  /**
   * @param isOwn whether an address is known to be one of this node
   */
  public ConnectionPlanner(
      Plan plan, AddressBook book, Dialer dialer, Predicate<NetAddress> isOwn, Random random) {
    this.plan = plan;
    this.book = book;
    this.dialer = dialer;
    this.random = random;
    this.isOwn = isOwn;
    named = new NamedHosts(dialer, plan.defaultPort());
    sources = new Sources(plan.sources(), plan.defaultPort(), book, dialer, random);
    schedule = new OutboundSchedule(random);
    pick = new AddressPick(book, dialer, named::contains);
    plan.connect().forEach(host -> named.add(host, plan.encrypts(), false));
    plan.added().forEach(host -> named.add(host, plan.encrypts(), true));
  }

  /** Whether peers are chosen from the address book. */
  public boolean choosesPeers() {
    return plan.choosesPeers();
  }

  /**
   * Names a host that is to be connected to from now on; false where it was named before, if only
   * in another form.
   *
   * @param encrypted whether to try the encrypted protocol first
   */
  public boolean addNode(String host, boolean encrypted) {
    return named.add(host, encrypted, true);
  }

  /** False where the host was not named. */
  public boolean removeNode(String host) {
    return named.remove(host);
  }

  /** Hosts that the operator named, each with the address that it was last found at. */
  public Map<String, Optional<NetAddress>> namedHosts() {
    return named.all();
  }

  /**
   * Peers that the last run had for blocks alone, which are called before all others: who makes a
   * node start again does not get all of its connections.
   */
  public void useAnchors(List<TimedAddress> addresses) {
    addresses.stream().limit(MAX_ANCHORS).forEach(anchors::push);
    LOG.info("{} block-relay-only anchors will be tried for connections.", anchors.size());
  }

  /** Peers for blocks alone that the next run is to begin with. */
  public List<TimedAddress> anchors(long nowMillis) {
    return dialer.outgoing().stream()
        .filter(each -> each.kind() == ConnectionKind.BLOCK_RELAY)
        .filter(each -> each.stage() != Outgoing.Stage.DIALING)
        .limit(MAX_ANCHORS)
        .map(each -> anchor(each.address(), nowMillis))
        .toList();
  }

  private TimedAddress anchor(NetAddress address, long nowMillis) {
    return new TimedAddress(Math.floorDiv(nowMillis, 1000L), book.services(address), address);
  }

  /** Whether one more peer that relays everything is wanted than usual: the tip looks stale. */
  public void wantAnother(boolean wanted) {
    LOG.debug("setting try another outbound peer={}", wanted);
    schedule.wantAnother(wanted);
  }

  public boolean wantsAnother() {
    return schedule.wantsAnother();
  }

  /** The chain was current once: strangers are asked for headers from now on. */
  public void current() {
    LOG.debug("enabling extra block-relay-only peers");
    schedule.current();
  }

  /** A peer that we called has said who it is. */
  public void succeeded(NetAddress address, long services, long nowMillis) {
    book.offers(address, services);
    book.succeeded(address, nowMillis);
    named.succeeded(address, nowMillis);
  }

  /**
   * A peer is gone whose handshake was over. Others are told of it as of one that was seen just now
   * if we called it, but not where that would show whom we have for blocks alone.
   */
  public void left(Peer peer, long nowMillis) {
    if (!peer.isInbound() && peer.kind() != ConnectionKind.BLOCK_RELAY) {
      book.connected(peer.address(), nowMillis);
    }
  }

  /** Begins what is due; to be called often. */
  public void tick(long nowMillis) {
    named.tick(nowMillis);
    boolean isDue =
        !stepped || nowMillis < lastStepMillis || nowMillis >= lastStepMillis + STEP_MILLIS;
    if (isDue) {
      if (!stepped) {
        begin();
      }
      stepped = true;
      lastStepMillis = nowMillis;
    }
    if (isDue || sources.hasAnswer()) {
      sources.askNames(view(), nowMillis);
    }
    if (plan.choosesPeers()) {
      feeler
          .filter(call -> nowMillis >= call.atMillis())
          .ifPresent(call -> callFeeler(call.address(), nowMillis));
      if (isDue) {
        step(nowMillis);
      }
    }
  }

  /** Programs wait for Bitcoin Core's words before they let its clock go on. */
  private void begin() {
    LOG.debug("addcon thread start");
    if (plan.choosesPeers()) {
      LOG.debug("opencon thread start");
    }
  }

  private OutboundView view() {
    return new OutboundView(dialer.outgoing(), plan.neighboursDiffer());
  }

  private void step(long nowMillis) {
    fetch(nowMillis);
    for (int i = 0; i < DIALS_AT_ONCE && feeler.isEmpty(); i++) {
      OutboundView view = view();
      Optional<OutboundSchedule.Wish> wish =
          schedule.next(view, limits(), !anchors.isEmpty(), () -> missingNetwork(view), nowMillis);
      if (wish.isEmpty() || !fulfil(wish.get(), view, nowMillis)) {
        return;
      }
    }
  }

  private OutboundSchedule.Limits limits() {
    return new OutboundSchedule.Limits(
        dialer.slots(ConnectionKind.OUTBOUND),
        dialer.slots(ConnectionKind.BLOCK_RELAY),
        dialer.slots(ConnectionKind.FEELER));
  }

  /** Calls somebody for addresses only. */
  private void fetch(long nowMillis) {
    OutboundView view = view();
    if (view.automatic() >= dialer.slots(ConnectionKind.ADDR_FETCH)) {
      return;
    }
    sources
        .toFetch(view, () -> !named.isEmpty(), nowMillis)
        .ifPresent(host -> dialer.resolve(host, addresses -> fetch(host, addresses)));
  }

  private void fetch(String host, List<NetAddress> addresses) {
    addresses.stream()
        .findFirst()
        .filter(address -> !dialer.isTaken(address))
        .ifPresent(
            address ->
                dialer.dial(new Call(address, ConnectionKind.ADDR_FETCH, host, plan.encrypts())));
  }

  /** A network that can be reached, and in which we know somebody and have no peer that stays. */
  private Optional<AddressNetwork> missingNetwork(OutboundView view) {
    List<AddressNetwork> networks = Arrays.asList(AddressNetwork.values());
    Collections.shuffle(networks, random);
    return networks.stream()
        .filter(dialer::isReachable)
        .filter(network -> !view.hasFullRelayIn(network))
        .filter(book::knows)
        .findFirst();
  }

  /** False where nobody was found to be called. */
  private boolean fulfil(OutboundSchedule.Wish wish, OutboundView view, long nowMillis) {
    book.resolveCollisions(nowMillis);
    Optional<NetAddress> address =
        wish.anchor()
            ? nextAnchor(wish, view)
            : pick.pick(wish, view, nowMillis).filter(isOwn.negate());
    if (address.isEmpty()) {
      return wish.anchor();
    }
    if (wish.isFeeler()) {
      feeler =
          Optional.of(new Later(address.get(), nowMillis + random.nextInt(FEELER_SPREAD_MILLIS)));
    } else {
      wish.network()
          .ifPresent(
              network ->
                  LOG.debug(
                      "Making network specific connection to {} on {}.",
                      address.get(),
                      network.label()));
      call(address.get(), wish.kind(), nowMillis);
    }
    return true;
  }

  private Optional<NetAddress> nextAnchor(OutboundSchedule.Wish wish, OutboundView view) {
    while (!anchors.isEmpty()) {
      TimedAddress anchor = anchors.pop();
      if (!isOwn.test(anchor.address())
          && pick.isCallable(anchor.address(), anchor.services(), wish, view)) {
        LOG.debug("Trying to make an anchor connection to {}", anchor.address());
        return Optional.of(anchor.address());
      }
    }
    return Optional.empty();
  }

  private void callFeeler(NetAddress address, long nowMillis) {
    feeler = Optional.empty();
    LOG.debug("Making feeler connection to {}", address);
    call(address, ConnectionKind.FEELER, nowMillis);
  }

  private void call(NetAddress address, ConnectionKind kind, long nowMillis) {
    int places = Math.min(dialer.slots(ConnectionKind.FEELER) - 1, ENOUGH_PLACES);
    book.attempted(address, view().places() >= places, nowMillis);
    boolean encrypted = plan.encrypts() && Services.has(book.services(address), Services.P2P_V2);
    dialer.dial(Call.to(address, kind).encrypted(encrypted));
  }
}
