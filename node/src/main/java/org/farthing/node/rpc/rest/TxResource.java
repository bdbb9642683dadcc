package org.farthing.node.rpc.rest;

import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.mempool.MempoolEntry;
import org.farthing.node.rpc.call.Reply;
import org.farthing.node.rpc.json.TxJson;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.port.MempoolPort;

/**
 * {@code tx/<txid>}: a transaction that waits. Where it is found changes, and so no answer is the
 * same for ever: a transaction may get another witness, and its block may be left behind.
 */
final class TxResource implements RestResource {
  private final MempoolPort mempool;
  private final TxJson transactions;

  TxResource(ChainPort chain, MempoolPort mempool) {
    this.mempool = mempool;
    this.transactions = new TxJson(chain.params().network());
  }

  @Override
  public Reply get(RestRequest request) {
    Transaction found =
        mempool
            .snapshot()
            .get(txid(request.path()))
            .map(MempoolEntry::transaction)
            .orElseThrow(() -> RestException.notFound(request.path() + " not found"));
    return RestContent.changing(request, found::serialize, () -> transactions.of(found));
  }

  private static Txid txid(String text) {
    try {
      return Txid.parse(text);
    } catch (DecodeException e) {
      throw RestRequest.invalidHash(text);
    }
  }
}
