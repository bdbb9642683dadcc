package org.farthing.node.peer;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.farthing.node.wire.AddressNetwork;
import org.farthing.node.wire.NetAddress;

/**
 * The connections that we made, as they count when the next one is chosen.
 *
 * @param all also those that are being made
 * @param neighboursDiffer whether addresses that only this machine or its private network reach are
 *     not taken for one group: they would be of one operator in any case
 */
record OutboundView(List<Outgoing> all, boolean neighboursDiffer) {
  OutboundView {
    all = List.copyOf(all);
  }

  int count(ConnectionKind kind) {
    return count(each -> each.kind() == kind);
  }

  /** Those that we chose ourselves, of all kinds. */
  int automatic() {
    return count(
        each ->
            each.kind() != ConnectionKind.MANUAL
                && each.kind() != ConnectionKind.PRIVATE_BROADCAST);
  }

  /** Peers that transactions and addresses come from, and that are known to be there. */
  int readyFullRelay() {
    return count(each -> each.kind() == ConnectionKind.OUTBOUND && each.isReady());
  }

  /** Whether one of those that stay is, or will be, in this network. */
  boolean hasFullRelayIn(AddressNetwork network) {
    return count(each -> isFullRelay(each.kind()) && each.address().network() == network) > 0;
  }

  private static boolean isFullRelay(ConnectionKind kind) {
    return kind == ConnectionKind.OUTBOUND || kind == ConnectionKind.MANUAL;
  }

  /**
   * Whether a peer that stays is of the same group, so that one operator may have both. Groups of
   * Tor, I2P and CJDNS say nothing of who is there.
   */
  boolean hasNeighbourOf(NetAddress address) {
    Optional<String> group = groupOf(address);
    return group.isPresent() && groups(any -> true).contains(group.get());
  }

  /**
   * In how many places of the world there are peers that stay. With less than two the network of
   * this machine may be down, and a call that fails says nothing of who was called.
   */
  int places() {
    Predicate<Outgoing> stands = each -> each.stage() != Outgoing.Stage.DIALING;
    int hidden = count(each -> stands.test(each) && stays(each) && !isGrouped(each.address()));
    return groups(stands).size() + hidden;
  }

  private Set<String> groups(Predicate<Outgoing> which) {
    Set<String> groups = new HashSet<>();
    all.stream()
        .filter(each -> stays(each) && which.test(each))
        .forEach(each -> groupOf(each.address()).ifPresent(groups::add));
    return groups;
  }

  private Optional<String> groupOf(NetAddress address) {
    return isGrouped(address) ? Optional.of(address.group()) : Optional.empty();
  }

  private boolean isGrouped(NetAddress address) {
    return address.network().hasSockets() && (address.isRoutable() || !neighboursDiffer);
  }

  private static boolean stays(Outgoing each) {
    return isFullRelay(each.kind()) || each.kind() == ConnectionKind.BLOCK_RELAY;
  }

  private int count(Predicate<Outgoing> which) {
    return (int) all.stream().filter(which).count();
  }
}
