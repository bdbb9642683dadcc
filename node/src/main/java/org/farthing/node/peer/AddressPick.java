package org.farthing.node.peer;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.farthing.node.wire.AddressNetwork;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.Services;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses an address of the book for a connection that is wanted. The rules are Bitcoin Core's:
 *
 * <ul>
 *   <li>of peers that stay no two are of one group ({@link OutboundView#hasNeighbourOf});
 *   <li>a peer that stays has to offer blocks with witnesses, and who is only looked for any
 *       blocks: then it knows addresses;
 *   <li>nobody is called who was in the last ten minutes, unless thirty others would not do, nor at
 *       a port of something else, unless fifty would not;
 *   <li>whom the operator named is left to the connection that is made for that;
 *   <li>a feeler tests an address whose place another wants, and otherwise one never reached.
 * </ul>
 */
final class AddressPick {
  private static final Logger LOG = LoggerFactory.getLogger(AddressPick.class);

  /** So often another address is drawn where one will not do. */
  private static final int MAX_TRIES = 100;

  private static final int PATIENT_TRIES = 30;
  private static final int CHOOSY_TRIES = 50;
  private static final long PATIENCE_SECONDS = 10 * 60;
  private static final long MIN_RETRY_SECONDS = 5;

  private final AddressBook book;
  private final Dialer dialer;
  private final Predicate<NetAddress> isNamed;

  /**
   * @param isNamed whether the operator named a peer at this address
   */
  AddressPick(AddressBook book, Dialer dialer, Predicate<NetAddress> isNamed) {
    this.book = book;
    this.dialer = dialer;
    this.isNamed = isNamed;
  }

  /** An address for the wish, if a good one was found. */
  Optional<NetAddress> pick(OutboundSchedule.Wish wish, OutboundView view, long nowMillis) {
    Set<AddressNetwork> networks = wish.network().map(Set::of).orElseGet(this::reachable);
    for (int i = 1; i <= MAX_TRIES; i++) {
      Optional<AddressBook.Choice> choice = draw(wish, networks, nowMillis);
      if (choice.isEmpty()) {
        return Optional.empty();
      }
      NetAddress address = choice.get().address();
      long idleSeconds = Math.floorDiv(nowMillis, 1000L) - choice.get().lastTrySeconds();
      if (idleSeconds >= (i < PATIENT_TRIES ? PATIENCE_SECONDS : MIN_RETRY_SECONDS)
          && isCallable(address, choice.get().told().services(), wish, view)
          && (i >= CHOOSY_TRIES || hasUsualPort(address))
          && !isLeftToOperator(address, wish)) {
        return Optional.of(address);
      }
    }
    return Optional.empty();
  }

  private Optional<AddressBook.Choice> draw(
      OutboundSchedule.Wish wish, Set<AddressNetwork> networks, long nowMillis) {
    if (!wish.isFeeler()) {
      return book.select(false, networks, nowMillis);
    }
    Optional<AddressBook.Choice> tested = book.selectCollision();
    if (tested.isPresent() && dialer.isTaken(tested.get().address())) {
      // It need not be called to know that it is there.
      book.succeeded(tested.get().address(), nowMillis);
      tested = Optional.empty();
    }
    return tested.isPresent() ? tested : book.select(true, networks, nowMillis);
  }

  private Set<AddressNetwork> reachable() {
    Set<AddressNetwork> networks = EnumSet.allOf(AddressNetwork.class);
    networks.removeIf(network -> !dialer.isReachable(network));
    return networks;
  }

  /** Whether an address can be called for this wish, wherever it is from. */
  boolean isCallable(
      NetAddress address, long services, OutboundSchedule.Wish wish, OutboundView view) {
    boolean isUseful = wish.isFeeler() ? Services.haveBlocks(services) : dialer.suits(services);
    return isUseful
        && (wish.isFeeler() || !view.hasNeighbourOf(address))
        && dialer.isReachable(address.network())
        && !dialer.isTaken(address)
        && dialer.isWelcome(address);
  }

  private static boolean hasUsualPort(NetAddress address) {
    return !address.network().hasSockets() || !UnusualPorts.contains(address.port());
  }

  private boolean isLeftToOperator(NetAddress address, OutboundSchedule.Wish wish) {
    boolean isLeft = isNamed.test(address);
    if (isLeft) {
      LOG.debug(
          "Not making automatic {}{} connection to {} peer selected for manual (addnode)"
              + " connection: {}",
          wish.network().isPresent() ? "network-specific " : "",
          wish.kind().label(),
          address.network().label(),
          address);
    }
    return isLeft;
  }
}
