package org.farthing.node.rpc.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.index.TxIndex;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.indexes.IndexKind;
import org.farthing.node.indexes.Indexes;
import org.farthing.node.indexes.RunningIndex;
import org.farthing.node.rpc.call.Reply;
import org.farthing.node.rpc.json.TxJson;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.port.MempoolPort;

/**
 * {@code tx/<txid>}: a transaction that waits, or one of the chain if there is an index. Where it
 * is found changes, and so no answer is the same for ever: a transaction may get another witness,
 * and its block may be left behind.
 */
final class TxResource implements RestResource {
  private final ChainPort chain;
  private final MempoolPort mempool;
  private final Indexes indexes;
  private final TxJson transactions;

  TxResource(ChainPort chain, MempoolPort mempool, Indexes indexes) {
    this.chain = chain;
    this.mempool = mempool;
    this.indexes = indexes;
    this.transactions = new TxJson(chain.params().network());
  }

  /**
   * @param block empty while the transaction waits
   */
  private record Found(Transaction transaction, Optional<HeaderNode> block) {}

  @Override
  public Reply get(RestRequest request) {
    Txid txid = txid(request.path());
    // As in Bitcoin Core the index is at the tip first: a transaction is in one of the two places.
    indexes.find(IndexKind.TRANSACTIONS).ifPresent(RunningIndex::awaitTip);
    Found found =
        waiting(txid)
            .or(() -> confirmed(txid))
            .orElseThrow(() -> RestException.notFound(request.path() + " not found"));
    return RestContent.changing(request, found.transaction()::serialize, () -> json(found));
  }

  private Optional<Found> waiting(Txid txid) {
    return mempool
        .snapshot()
        .get(txid)
        .map(entry -> new Found(entry.transaction(), Optional.empty()));
  }

  private Optional<Found> confirmed(Txid txid) {
    return indexes
        .find(IndexKind.TRANSACTIONS)
        .flatMap(index -> new TxIndex(index.rows()).find(txid, chain.snapshot()))
        .map(found -> new Found(found.transaction(), Optional.of(found.block())));
  }

  private ObjectNode json(Found found) {
    ObjectNode json = transactions.of(found.transaction());
    found.block().ifPresent(block -> json.put("blockhash", block.hash().toString()));
    return json;
  }

  private static Txid txid(String text) {
    try {
      return Txid.parse(text);
    } catch (DecodeException e) {
      throw RestRequest.invalidHash(text);
    }
  }
}
