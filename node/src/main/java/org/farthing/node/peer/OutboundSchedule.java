package org.farthing.node.peer;

import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.farthing.node.time.Poisson;
import org.farthing.node.wire.AddressNetwork;

/**
 * Which kind of connection to make next, as Bitcoin Core decides it; the first that applies:
 *
 * <ol>
 *   <li>for blocks alone, to a peer of the last run ({@link Wish#anchor});
 *   <li>with all that is relayed, while there are not enough;
 *   <li>for blocks alone, while there are not enough;
 *   <li>one more with all that is relayed, while our tip looks stale;
 *   <li>one more for blocks alone, about every {@value #EXTRA_BLOCK_RELAY_MILLIS} ms once the chain
 *       was current: whoever has surrounded us is found out by the first stranger that is asked;
 *   <li>a feeler, about every {@value #FEELER_MILLIS} ms, which only looks whether somebody is
 *       there;
 *   <li>one more in a network in which we have no peer, about every {@value #NETWORK_MILLIS} ms.
 * </ol>
 *
 * Who is one too many is told to go by {@code sync.OutboundWatch}.
 */
final class OutboundSchedule {
  static final long FEELER_MILLIS = 120_000;
  static final long EXTRA_BLOCK_RELAY_MILLIS = 300_000;
  static final long NETWORK_MILLIS = 300_000;

  /**
   * A connection that is wanted.
   *
   * @param anchor to a peer of the last run
   * @param network only in this one
   */
  record Wish(ConnectionKind kind, boolean anchor, Optional<AddressNetwork> network) {
    static Wish of(ConnectionKind kind) {
      return new Wish(kind, false, Optional.empty());
    }

    boolean isFeeler() {
      return kind == ConnectionKind.FEELER;
    }
  }

  /**
   * How many there may be.
   *
   * @param automatic of all kinds together
   */
  record Limits(int fullRelay, int blockRelay, int automatic) {}

  private final Random random;
  private boolean started;
  private long feelerAtMillis;
  private long extraBlockRelayAtMillis;
  private long networkAtMillis;
  private boolean wantsAnother;
  private boolean isCurrent;

  OutboundSchedule(Random random) {
    this.random = random;
  }

  /** Whether one more peer is wanted than usual, since the tip looks stale. */
  void wantAnother(boolean wanted) {
    wantsAnother = wanted;
  }

  boolean wantsAnother() {
    return wantsAnother;
  }

  /** The chain was current once: from now on strangers are asked for headers. */
  void current() {
    isCurrent = true;
  }

  /**
   * Decides.
   *
   * @param hasAnchors whether peers of the last run are left to try
   * @param missing a network in which we could have a peer and have none, if there is any
   */
  Optional<Wish> next(
      OutboundView view,
      Limits limits,
      boolean hasAnchors,
      Supplier<Optional<AddressNetwork>> missing,
      long nowMillis) {
    start(nowMillis);
    if (view.automatic() >= limits.automatic()) {
      return Optional.empty();
    }
    int fullRelay = view.count(ConnectionKind.OUTBOUND);
    boolean lacksBlockRelay = view.count(ConnectionKind.BLOCK_RELAY) < limits.blockRelay();
    if (hasAnchors && lacksBlockRelay) {
      return Optional.of(new Wish(ConnectionKind.BLOCK_RELAY, true, Optional.empty()));
    }
    if (fullRelay < limits.fullRelay()) {
      return Optional.of(Wish.of(ConnectionKind.OUTBOUND));
    }
    if (lacksBlockRelay) {
      return Optional.of(Wish.of(ConnectionKind.BLOCK_RELAY));
    }
    if (wantsAnother) {
      return Optional.of(Wish.of(ConnectionKind.OUTBOUND));
    }
    Optional<Wish> timed = timed(nowMillis);
    boolean usual = fullRelay == limits.fullRelay() && fullRelay == Slots.FULL_RELAY;
    return timed.isEmpty() && usual ? inOtherNetwork(missing, nowMillis) : timed;
  }

  private void start(long nowMillis) {
    if (!started) {
      started = true;
      feelerAtMillis = nowMillis + Poisson.delayMillis(random, FEELER_MILLIS);
      extraBlockRelayAtMillis = nowMillis + Poisson.delayMillis(random, EXTRA_BLOCK_RELAY_MILLIS);
      networkAtMillis = nowMillis + Poisson.delayMillis(random, NETWORK_MILLIS);
    }
  }

  private Optional<Wish> timed(long nowMillis) {
    if (isCurrent && nowMillis > extraBlockRelayAtMillis) {
      extraBlockRelayAtMillis = nowMillis + Poisson.delayMillis(random, EXTRA_BLOCK_RELAY_MILLIS);
      return Optional.of(Wish.of(ConnectionKind.BLOCK_RELAY));
    }
    if (nowMillis > feelerAtMillis) {
      feelerAtMillis = nowMillis + Poisson.delayMillis(random, FEELER_MILLIS);
      return Optional.of(Wish.of(ConnectionKind.FEELER));
    }
    return Optional.empty();
  }

  private Optional<Wish> inOtherNetwork(
      Supplier<Optional<AddressNetwork>> missing, long nowMillis) {
    if (nowMillis <= networkAtMillis) {
      return Optional.empty();
    }
    Optional<AddressNetwork> network = missing.get();
    if (network.isEmpty()) {
      return Optional.empty();
    }
    networkAtMillis = nowMillis + Poisson.delayMillis(random, NETWORK_MILLIS);
    return Optional.of(new Wish(ConnectionKind.OUTBOUND, false, network));
  }
}
