package org.farthing.node.light;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.farthing.consensus.primitives.Hash256;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.wire.GetData;
import org.farthing.node.wire.Inv;
import org.farthing.node.wire.InvItem;
import org.farthing.node.wire.InvType;
import org.farthing.node.wire.NotFound;
import org.farthing.node.wire.Ping;
import org.farthing.node.wire.TxMessage;

/**
 * Transactions of our own: all peers are told of them, also those that come later, and get those
 * that they ask for. What is sent after a transaction is answered after it was taken in, so that a
 * pong tells that it has arrived.
 */
final class Delivery {
  private final Sources sources;
  private final Random random;
  private final Map<Txid, Parcel> parcels = new LinkedHashMap<>();
  private final Map<Long, Parcel> pings = new HashMap<>();

  private static final class Parcel {
    final Transaction transaction;
    final CompletableFuture<Boolean> delivered = new CompletableFuture<>();

    Parcel(Transaction transaction) {
      this.transaction = transaction;
    }
  }

  Delivery(Sources sources, Random random) {
    this.sources = sources;
    this.random = random;
  }

  /**
   * Announces a transaction.
   *
   * @return done when the first peer has it
   */
  CompletableFuture<Boolean> announce(Transaction transaction) {
    Parcel parcel = parcels.computeIfAbsent(transaction.txid(), key -> new Parcel(transaction));
    sources.all().forEach(source -> tell(source, parcel));
    return parcel.delivered;
  }

  void ready(Source source) {
    parcels.values().forEach(parcel -> tell(source, parcel));
  }

  /** It is in a block. */
  void forget(Txid txid) {
    parcels.remove(txid);
  }

  private void tell(Source source, Parcel parcel) {
    boolean byWtxid = source.peer().handshake().wtxidRelay();
    InvItem item =
        byWtxid
            ? new InvItem(InvType.WTX, parcel.transaction.wtxid())
            : new InvItem(InvType.TX, parcel.transaction.txid());
    sources.send(source, new Inv(List.of(item)));
  }

  void asked(Source source, GetData question) {
    for (InvItem item : question.items()) {
      List<Parcel> wanted =
          parcels.values().stream().filter(parcel -> isOf(parcel, item.hash())).toList();
      for (Parcel parcel : wanted) {
        long nonce = random.nextLong();
        pings.put(nonce, parcel);
        sources.send(source, new TxMessage(parcel.transaction));
        sources.send(source, new Ping(nonce));
      }
      if (wanted.isEmpty()) {
        sources.send(source, new NotFound(List.of(item)));
      }
    }
  }

  private static boolean isOf(Parcel parcel, Hash256 hash) {
    return hash.equals(parcel.transaction.txid()) || hash.equals(parcel.transaction.wtxid());
  }

  void pong(long nonce) {
    Parcel parcel = pings.remove(nonce);
    if (parcel != null) {
      parcel.delivered.complete(true);
    }
  }
}
