package org.farthing.node.sync;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.node.mempool.MempoolResult;
import org.farthing.node.peer.AddressBook;
import org.farthing.node.peer.Call;
import org.farthing.node.peer.ConnectionKind;
import org.farthing.node.peer.Peer;
import org.farthing.node.peer.PeerTable;
import org.farthing.node.peer.Routes;
import org.farthing.node.transport.Proxy;
import org.farthing.node.wire.AddressNetwork;
import org.farthing.node.wire.GetData;
import org.farthing.node.wire.Inv;
import org.farthing.node.wire.InvItem;
import org.farthing.node.wire.InvType;
import org.farthing.node.wire.Message;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.Pong;
import org.farthing.node.wire.Services;
import org.farthing.node.wire.TxMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends transactions over connections of their own, through Tor or I2P.
 *
 * <ul>
 *   <li>Each goes to three peers, picked at random from the address book. A connection says nothing
 *       of the node that makes it, carries one transaction, and ends when the peer has it.
 *   <li>Peers of IPv4 and IPv6 are called through Tor too, once it is known to work.
 *   <li>A transaction that comes back from the network has reached it: no more is done for it. One
 *       that does not, and that the mempool would still take, goes to one more peer each time.
 *   <li>What such a connection shows is remembered nowhere: the address book could tell it.
 * </ul>
 */
public final class PrivateBroadcaster {
  /** To how many peers a transaction is sent, if they confirm it. */
  static final int PEERS_PER_TRANSACTION = 3;

  /** How many such connections there may be. */
  static final int MAX_CONNECTIONS = 64;

  private static final int CALLS_AT_ONCE = 4;
  private static final long RETRY_MILLIS = 2 * 60_000L;
  private static final int RETRY_SPREAD_MILLIS = 60_000;

  private static final Logger LOG = LoggerFactory.getLogger(PrivateBroadcaster.class);

  private final PrivateBroadcast queue = new PrivateBroadcast();
  private final PeerTable peers;
  private final Routes routes;
  private final AddressBook book;
  private final boolean encrypts;
  private final BiFunction<Transaction, Long, MempoolResult> wouldBeTaken;
  private final Random random;

  /** The calls that were made, and whether the peer has confirmed. */
  private final Map<NetAddress, Boolean> calls = new LinkedHashMap<>();

  private int toOpen;
  private boolean torWorks;
  private long nextRetryAtMillis = Long.MIN_VALUE;

  /**
   * @param encrypts whether this node speaks the encrypted protocol (BIP-0324)
   * @param wouldBeTaken what the mempool would say of a transaction, at a time
   */
  PrivateBroadcaster(
      PeerTable peers,
      AddressBook book,
      boolean encrypts,
      BiFunction<Transaction, Long, MempoolResult> wouldBeTaken,
      Random random) {
    this.peers = peers;
    this.routes = peers.routes();
    this.book = book;
    this.encrypts = encrypts;
    this.random = random;
    this.wouldBeTaken = wouldBeTaken;
  }

  /** Whether there is a network in which nobody sees who we are. */
  public boolean canHide() {
    return routes.isReachable(AddressNetwork.TORV3) || routes.isReachable(AddressNetwork.I2P);
  }

  /**
   * Sends a transaction from now on.
   *
   * @return false where there are too many already
   */
  public boolean send(Transaction transaction, long nowMillis) {
    String name = name(transaction);
    return switch (queue.add(transaction, nowMillis)) {
      case ADDED -> {
        LOG.debug("Requesting {} new connections due to {}", PEERS_PER_TRANSACTION, name);
        toOpen += PEERS_PER_TRANSACTION;
        yield true;
      }
      case PRESENT -> {
        LOG.debug(
            "Ignoring unnecessary request to schedule an already scheduled transaction: {}", name);
        yield true;
      }
      case FULL -> {
        LOG.debug(
            "Rejecting private broadcast, queue full (cap={}): {}",
            PrivateBroadcast.MAX_TRANSACTIONS,
            name);
        yield false;
      }
    };
  }

  private static String name(Transaction transaction) {
    return "txid=" + transaction.txid() + ", wtxid=" + transaction.wtxid();
  }

  /**
   * Sends a transaction no more.
   *
   * @param id in hex: a wtxid, or a txid for all that have it
   * @return what was being sent
   */
  public List<Transaction> abort(String id) {
    List<Transaction> removed = new ArrayList<>();
    for (PrivateBroadcast.Progress progress : queue.all()) {
      Transaction transaction = progress.transaction();
      if (id.equals(transaction.txid().toString()) || id.equals(transaction.wtxid().toString())) {
        forget(transaction);
        removed.add(transaction);
      }
    }
    return removed;
  }

  /** All that is being sent. */
  public List<PrivateBroadcast.Progress> all() {
    return queue.all();
  }

  /** True where it was being sent. The connections that it needs no more are not made. */
  private boolean forget(Transaction transaction) {
    OptionalInt confirmed = queue.remove(transaction.wtxid());
    confirmed.ifPresent(
        count -> toOpen = Math.max(0, toOpen - Math.max(0, PEERS_PER_TRANSACTION - count)));
    return confirmed.isPresent();
  }

  /** A peer has sent a transaction. */
  void cameBack(Peer peer, Transaction transaction) {
    if (forget(transaction)) {
      LOG.debug(
          "Received our privately broadcast transaction (txid={}) from the network from {};"
              + " stopping private broadcast attempts",
          transaction.txid(),
          peer);
    }
  }

  /** A peer that we called has said who it is. */
  void introduced(Peer peer) {
    torWorks |= !peer.isInbound() && peer.address().network() == AddressNetwork.TORV3;
  }

  /** One of our connections can be used. */
  void ready(Peer peer, long nowMillis) {
    introduced(peer);
    Optional<Transaction> picked = queue.pick(peer.id(), peer.address(), nowMillis);
    if (picked.isEmpty()) {
      hangUp(peer, "no more transactions for private broadcast (connected in vain)");
      return;
    }
    LOG.debug("P2P handshake completed, sending INV for {}, {}", name(picked.get()), peer);
    peers.send(peer, new Inv(List.of(new InvItem(InvType.TX, picked.get().txid()))));
  }

  /** A message on one of our connections. */
  void received(Peer peer, Message message, long nowMillis) {
    if (message instanceof GetData wanted) {
      asked(peer, wanted.items(), nowMillis);
    } else if (message instanceof Pong pong
        && peer.ping().pong(pong.nonce(), nowMillis).isEmpty()) {
      queue.confirmed(peer.id(), nowMillis);
      calls.replace(peer.address(), true);
      LOG.debug(
          "Got a PONG (the transaction will probably reach the network), marking for disconnect,"
              + " {}",
          peer);
      peers.disconnect(peer, "it has the transaction");
    } else {
      LOG.debug("Ignoring incoming message '{}', {}", message.command(), peer);
    }
  }

  private void asked(Peer peer, List<InvItem> items, long nowMillis) {
    Optional<Transaction> picked = queue.pickedFor(peer.id());
    if (picked.isEmpty()) {
      hangUp(peer, "got GETDATA without sending an INV");
    } else if (items.size() == 1 && isFor(items.get(0), picked.get())) {
      peers.send(peer, new TxMessage(picked.get()));
      peers.send(peer, peer.ping().next(random, nowMillis));
    } else {
      hangUp(peer, "got an unexpected GETDATA message");
    }
  }

  private static boolean isFor(InvItem item, Transaction transaction) {
    return (item.type() == InvType.TX || item.type() == InvType.WITNESS_TX)
        && item.hash().equals(transaction.txid());
  }

  private void hangUp(Peer peer, String reason) {
    LOG.debug("Disconnecting: {}, {}", reason, peer);
    peers.disconnect(peer, reason);
  }

  void tick(long nowMillis) {
    countEnded();
    if (nowMillis >= nextRetryAtMillis) {
      nextRetryAtMillis = nowMillis + RETRY_MILLIS + random.nextInt(RETRY_SPREAD_MILLIS);
      retry(nowMillis);
    }
    for (int i = 0; i < CALLS_AT_ONCE && toOpen > 0 && calls.size() < MAX_CONNECTIONS; i++) {
      if (!call(nowMillis)) {
        return;
      }
    }
  }

  /** A connection that ended before the peer had all is made up for. */
  private void countEnded() {
    Iterator<Map.Entry<NetAddress, Boolean>> each = calls.entrySet().iterator();
    while (each.hasNext()) {
      Map.Entry<NetAddress, Boolean> call = each.next();
      if (peers.isTaken(call.getKey())) {
        continue;
      }
      each.remove();
      if (!call.getValue() && queue.hasPending()) {
        toOpen++;
        LOG.debug(
            "Failed to send to {}, will retry to a different address; remaining connections to"
                + " open: {}",
            call.getKey(),
            toOpen);
      }
    }
  }

  private void retry(long nowMillis) {
    for (Transaction transaction : queue.stale(nowMillis)) {
      MempoolResult result = wouldBeTaken.apply(transaction, nowMillis);
      if (result.isAccepted()) {
        LOG.debug(
            "Reattempting broadcast of stale txid={} wtxid={}",
            transaction.txid(),
            transaction.wtxid());
        toOpen++;
      } else {
        LOG.debug(
            "Giving up broadcast attempts for txid={} wtxid={}: {}",
            transaction.txid(),
            transaction.wtxid(),
            result);
        queue.remove(transaction.wtxid());
      }
    }
  }

  /** False where nobody could be called. */
  private boolean call(long nowMillis) {
    List<AddressNetwork> networks = networks();
    if (!peers.isActive() || networks.isEmpty()) {
      return false;
    }
    AddressNetwork network = networks.get(random.nextInt(networks.size()));
    Optional<NetAddress> address =
        book.select(false, Set.of(network), nowMillis)
            .map(AddressBook.Choice::address)
            .filter(each -> !peers.isTaken(each) && peers.isWelcome(each));
    if (address.isEmpty()) {
      return true;
    }
    Optional<Proxy> proxy =
        network.hasSockets() ? routes.proxy(AddressNetwork.TORV3) : Optional.empty();
    boolean encrypted = encrypts && Services.has(book.services(address.get()), Services.P2P_V2);
    toOpen--;
    calls.put(address.get(), false);
    peers.dial(
        new Call(
            address.get(),
            ConnectionKind.PRIVATE_BROADCAST,
            address.get().toString(),
            encrypted,
            proxy));
    LOG.debug("Calling {}; remaining connections to open: {}", address.get(), toOpen);
    return true;
  }

  /** Networks in which peers do not see who calls them. */
  private List<AddressNetwork> networks() {
    List<AddressNetwork> networks = new ArrayList<>();
    if (routes.isReachable(AddressNetwork.TORV3)) {
      networks.add(AddressNetwork.TORV3);
      if (torWorks && routes.proxy(AddressNetwork.TORV3).isPresent()) {
        List.of(AddressNetwork.IPV4, AddressNetwork.IPV6).stream()
            .filter(routes::isReachable)
            .forEach(networks::add);
      }
    }
    if (routes.isReachable(AddressNetwork.I2P)) {
      networks.add(AddressNetwork.I2P);
    }
    return networks;
  }
}
