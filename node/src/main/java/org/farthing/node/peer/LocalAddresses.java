package org.farthing.node.peer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.farthing.node.wire.AddressNetwork;
import org.farthing.node.wire.NetAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * At which addresses others reach this node, as far as it is known: what the operator said, what
 * the machine has, and what peers say that they see. Each has a score; the better known it is, the
 * higher. Owned by the node thread.
 */
public final class LocalAddresses {
  private static final Logger LOG = LoggerFactory.getLogger(LocalAddresses.class);

  /** An address of this machine. */
  public static final int OF_INTERFACE = 1;

  /** One that the node listens on. */
  public static final int BOUND = 2;

  /** One that the operator named. */
  public static final int MANUAL = 4;

  private static final int OF_SAME_NETWORK = 2;

  /**
   * @param discovers whether it counts what nobody named
   * @param shares whether others are told addresses that only this machine or its private network
   *     can reach; then whoever comes from there is told those
   */
  public record Options(boolean discovers, boolean shares) {}

  /** An address with its score. */
  public record Known(NetAddress address, int score) {}

  private final Options options;
  private final Routes routes;
  private final Random random;
  private final Map<NetAddress, Known> known = new LinkedHashMap<>();
  private int port;

  public LocalAddresses(Options options, Routes routes, Random random) {
    this.options = options;
    this.routes = routes;
    this.random = random;
  }

  /** Whether this is a node of a network of few, who tell each other what they can. */
  public boolean shares() {
    return options.shares();
  }

  /** Others can connect to this port. Without it, nobody is told anything. */
  public void listeningAt(int newPort) {
    port = newPort;
  }

  /**
   * Another address of ours.
   *
   * @param evenIfUnreachable also if this node calls nobody in that network
   */
  public void add(NetAddress address, int score, boolean evenIfUnreachable) {
    if (!address.isRoutable()
        || (!options.discovers() && score < MANUAL)
        || !(evenIfUnreachable || routes.isReachable(address.network()))) {
      return;
    }
    LOG.info("AddLocal({},{})", address, score);
    Known before = known.get(address.withPort(0));
    if (before == null) {
      known.put(address.withPort(0), new Known(address, score));
    } else if (score >= before.score()) {
      known.put(address.withPort(0), new Known(address, score + 1));
    }
  }

  /** It is not ours any more. */
  public void remove(NetAddress address) {
    known.remove(address.withPort(0));
  }

  /** Whether this node is known to be there, whatever the port. */
  public boolean isOwn(NetAddress address) {
    return known.containsKey(address.withPort(0));
  }

  /** Somebody who called us saw us at this address. */
  public void seen(NetAddress address) {
    known.computeIfPresent(
        address.withPort(0), (host, one) -> new Known(one.address(), one.score() + 1));
  }

  public List<Known> all() {
    List<Known> all = new ArrayList<>(known.values());
    routes.ownOnion().ifPresent(onion -> all.add(new Known(onion, MANUAL)));
    return all;
  }

  /** Where the peer is told that it, and those whom it tells, can reach us. */
  public Optional<NetAddress> tellTo(Peer peer) {
    if (port == 0) {
      return Optional.empty();
    }
    Optional<Known> best = bestFor(routes.networkOf(peer.connection()));
    Optional<NetAddress> seen = seenBy(peer);
    if (seen.isPresent() && (best.isEmpty() || prefersSeen(best.get().score()))) {
      int seenPort =
          peer.isInbound() ? seen.get().port() : best.map(one -> one.address().port()).orElse(port);
      return Optional.of(seen.get().withPort(seenPort));
    }
    if (best.isPresent()) {
      return best.map(Known::address);
    }
    NetAddress socket = peer.connection().local().withPort(port);
    boolean isNear =
        !routes.hidesUs(peer.connection())
            && routes.networkOf(peer.connection()) == peer.address().network()
            && (socket.isRoutable() || !peer.address().isRoutable());
    return isNear && options.shares() ? Optional.of(socket) : Optional.empty();
  }

  private boolean prefersSeen(int score) {
    return random.nextInt(score > MANUAL ? 8 : 2) == 0;
  }

  /** Our address as the peer sees it, if that can be true. */
  private Optional<NetAddress> seenBy(Peer peer) {
    return peer.version()
        .map(version -> version.receiver().address())
        .filter(
            address ->
                options.discovers()
                    && !routes.hidesUs(peer.connection())
                    && peer.address().isRoutable()
                    && address.isRoutable()
                    && routes.isReachable(address.network()));
  }

  private Optional<Known> bestFor(AddressNetwork theirs) {
    Known best = null;
    int bestReach = -1;
    for (Known one : all()) {
      int reach = reach(one.address().network(), theirs);
      if (reach >= 0 && (reach > bestReach || (reach == bestReach && one.score() > best.score()))) {
        best = one;
        bestReach = reach;
      }
    }
    return Optional.ofNullable(best);
  }

  /** How well one network is reached from another; less than nothing if it had better not be. */
  private static int reach(AddressNetwork ours, AddressNetwork theirs) {
    if (ours == theirs) {
      return OF_SAME_NETWORK;
    }
    // Who is told both addresses knows that they are of one node.
    return isPrivate(ours) || isPrivate(theirs) ? -1 : 1;
  }

  private static boolean isPrivate(AddressNetwork network) {
    return network == AddressNetwork.TORV3 || network == AddressNetwork.I2P;
  }
}
