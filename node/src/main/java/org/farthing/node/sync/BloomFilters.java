package org.farthing.node.sync;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.farthing.consensus.filter.BloomFilter;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.MerkleBlock;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.config.NetPermission;
import org.farthing.node.peer.Outbox;
import org.farthing.node.peer.Peer;
import org.farthing.node.wire.FilterAdd;
import org.farthing.node.wire.FilterLoad;
import org.farthing.node.wire.MerkleBlockMessage;
import org.farthing.node.wire.TxMessage;

/**
 * Clients that want to hear only of what passes their filter (BIP-0037). It is theirs to ask if we
 * offer that to all (BIP-0111), or the operator to them; others lose the connection. One filter for
 * each peer, of at most {@value BloomFilter#MAX_SIZE} bytes.
 */
public final class BloomFilters {
  private final boolean offeredToAll;
  private final Outbox outbox;
  private final Map<Peer, BloomFilter> filters = new HashMap<>();

  public BloomFilters(boolean offeredToAll, Outbox outbox) {
    this.offeredToAll = offeredToAll;
    this.outbox = outbox;
  }

  /** Whether we filter for this peer. */
  public boolean isOfferedTo(Peer peer) {
    return offeredToAll || peer.may(NetPermission.BLOOMFILTER);
  }

  public void left(Peer peer) {
    filters.remove(peer);
  }

  /**
   * The peer sets its filter.
   *
   * @return true where it wants to hear of transactions from now on
   */
  public boolean load(Peer peer, FilterLoad message) {
    if (!mayAsk(peer, "filterload")) {
      return false;
    }
    if (message.bits().size() > BloomFilter.MAX_SIZE
        || message.hashFunctions() > BloomFilter.MAX_HASH_FUNCTIONS) {
      outbox.punish(peer, "too-large bloom filter");
      return false;
    }
    if (peer.kind().gossips()) {
      filters.put(
          peer,
          new BloomFilter(
              message.bits(), (int) message.hashFunctions(), message.tweak(), message.flags()));
    }
    return peer.kind().gossips();
  }

  public void add(Peer peer, FilterAdd message) {
    if (!mayAsk(peer, "filteradd")) {
      return;
    }
    BloomFilter filter = filters.get(peer);
    boolean isTooLong = message.element().size() > BloomFilter.MAX_ELEMENT_SIZE;
    if (isTooLong || (filter == null && peer.kind().gossips())) {
      outbox.punish(peer, "bad filteradd message");
    } else if (filter != null) {
      filter.add(message.element().toByteArray());
    }
  }

  /**
   * The peer wants no filter any more.
   *
   * @return true where it wants to hear of transactions from now on
   */
  public boolean clear(Peer peer) {
    if (!mayAsk(peer, "filterclear")) {
      return false;
    }
    filters.remove(peer);
    return peer.kind().gossips();
  }

  private boolean mayAsk(Peer peer, String command) {
    if (!isOfferedTo(peer)) {
      outbox.disconnect(
          peer, command + " received despite not offering bloom services, disconnecting " + peer);
    }
    return isOfferedTo(peer);
  }

  /** Whether the peer wants to hear of the transaction. What passes may make the filter grow. */
  public boolean passes(Peer peer, Transaction transaction) {
    BloomFilter filter = filters.get(peer);
    return filter == null || filter.passes(transaction);
  }

  /**
   * Gives the peer what passes of a block, and the proof that it is in there; nothing, if it has
   * set no filter.
   */
  void send(Peer peer, Block block) {
    Optional.ofNullable(filters.get(peer)).ifPresent(filter -> send(peer, block, filter));
  }

  private void send(Peer peer, Block block, BloomFilter filter) {
    // In the order of the block: what passes makes what spends it pass too.
    List<Transaction> passing = block.transactions().stream().filter(filter::passes).toList();
    Set<Txid> txids = new HashSet<>();
    passing.forEach(transaction -> txids.add(transaction.txid()));
    outbox.send(peer, new MerkleBlockMessage(MerkleBlock.of(block, txids)));
    for (Transaction transaction : passing) {
      outbox.send(peer, new TxMessage(transaction.withoutWitness()));
    }
  }
}
