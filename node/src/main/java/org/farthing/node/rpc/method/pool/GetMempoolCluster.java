package org.farthing.node.rpc.method.pool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.mempool.Chunk;
import org.farthing.node.mempool.Cluster;
import org.farthing.node.mempool.MempoolEntry;
import org.farthing.node.mempool.MempoolSnapshot;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.MempoolPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/** {@code getmempoolcluster}. */
public final class GetMempoolCluster implements RpcMethod {
  private static final Param<Txid> TXID =
      Param.txid("txid", "The id of a transaction of the cluster");

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "getmempoolcluster",
              Category.BLOCKCHAIN,
              "Returns the waiting transactions that hang together with one of them, in the parts"
                  + " in which they would be mined.")
          .takes(TXID)
          .returns(
              Result.object(
                  "",
                  "",
                  Result.number("clusterweight", "weight units, more where many signatures count"),
                  Result.number("txcount", "transactions"),
                  Result.array(
                      "chunks",
                      "in the order of mining",
                      Result.object(
                          "chunk",
                          "",
                          Result.amount("chunkfee", "coins"),
                          Result.number("chunkweight", "weight units"),
                          Result.array(
                              "txs", "in the order of mining", Result.hex("txid", "txid"))))))
          .example("\"mytxid\"");

  private final MempoolPort mempool;

  public GetMempoolCluster(MempoolPort mempool) {
    this.mempool = mempool;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    MempoolSnapshot snapshot = mempool.snapshot();
    MempoolEntry entry = EntryJson.find(request.get(TXID), snapshot);
    Cluster cluster = snapshot.cluster(entry.txid()).orElseThrow();
    ObjectNode json = Json.object();
    json.put("clusterweight", cluster.weight());
    json.put("txcount", cluster.count());
    ArrayNode chunks = json.putArray("chunks");
    for (Chunk chunk : cluster.chunks()) {
      ObjectNode part = chunks.addObject();
      part.set("chunkfee", Json.amount(chunk.fees().feeSat()));
      part.put("chunkweight", chunk.fees().weight());
      part.set("txs", Json.strings(chunk.entries().stream().map(MempoolEntry::txid).toList()));
    }
    return json;
  }
}
