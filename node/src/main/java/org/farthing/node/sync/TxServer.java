package org.farthing.node.sync;

import java.util.Optional;
import org.farthing.consensus.primitives.Hash256;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.primitives.Wtxid;
import org.farthing.node.mempool.Mempool;
import org.farthing.node.mempool.MempoolEntry;
import org.farthing.node.peer.Outbox;
import org.farthing.node.peer.Peer;
import org.farthing.node.wire.InvItem;
import org.farthing.node.wire.InvType;
import org.farthing.node.wire.TxMessage;

/**
 * Gives peers the transactions that they ask for: those that waited already when they were last
 * told of any, so that nobody learns when a transaction came to us, and those of the last block,
 * which somebody may still need to rebuild it.
 */
final class TxServer {
  private final Mempool mempool;
  private final Announcer announcer;
  private final Outbox outbox;
  private final RecentBlock recent;

  TxServer(Mempool mempool, Announcer announcer, RecentBlock recent, Outbox outbox) {
    this.mempool = mempool;
    this.announcer = announcer;
    this.recent = recent;
    this.outbox = outbox;
  }

  /** Sends the transaction; false if there is none for this peer, and it should be told so. */
  boolean serve(Peer peer, InvItem item) {
    if (!announcer.talksTo(peer)) {
      // Who wants no transactions is owed no answer.
      return true;
    }
    Optional<Transaction> found = find(peer, item.hash());
    found
        .map(transaction -> item.type() == InvType.TX ? transaction.withoutWitness() : transaction)
        .ifPresent(
            transaction -> {
              outbox.send(peer, new TxMessage(transaction));
              mempool.wasBroadcast(transaction.txid());
            });
    return found.isPresent();
  }

  private Optional<Transaction> find(Peer peer, Hash256 hash) {
    Optional<MempoolEntry> entry =
        hash instanceof Wtxid wtxid ? mempool.get(wtxid) : mempool.get((Txid) hash);
    return entry
        .filter(waiting -> announcer.mayAsk(peer, waiting.txid()))
        .map(MempoolEntry::transaction)
        .or(() -> recent.transaction(hash));
  }
}
