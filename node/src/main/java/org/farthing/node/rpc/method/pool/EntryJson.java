package org.farthing.node.rpc.method.pool;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.mempool.Chunk;
import org.farthing.node.mempool.FeePerWeight;
import org.farthing.node.mempool.MempoolEntry;
import org.farthing.node.mempool.MempoolSnapshot;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.MempoolPort;
import org.farthing.node.rpc.port.NodePort;
import org.farthing.node.rpc.spec.Result;

/**
 * Waiting transactions in JSON.
 *
 * @param signals with what transactions say of being replaced, which no longer matters
 */
record EntryJson(MempoolSnapshot snapshot, boolean signals) {
  private static final String SIGNALS = "bip125";

  static final Result SHAPE =
      Result.object(
          "",
          "",
          Result.number("vsize_adjusted", "virtual bytes, more where many signatures are checked"),
          Result.number("vsize", "the same"),
          Result.number("vsize_bip141", "virtual bytes"),
          Result.number("weight", "weight units"),
          Result.time("time", "when it came"),
          Result.number("height", "of the tip at that time"),
          Result.number("descendantcount", "waiting transactions that need it, itself included"),
          Result.number("descendantsize", "their virtual bytes"),
          Result.number("ancestorcount", "waiting transactions that it needs, itself included"),
          Result.number("ancestorsize", "their virtual bytes"),
          Result.hex("wtxid", "the witness transaction id"),
          Result.number("chunkweight", "of the transactions that would be mined with it"),
          Result.object(
              "fees",
              "",
              Result.amount("base", "coins"),
              Result.amount("modified", "coins, as miners count it"),
              Result.amount("ancestor", "coins, with those that it needs"),
              Result.amount("descendant", "coins, with those that need it"),
              Result.amount("chunk", "coins, of those that would be mined with it")),
          Result.array("depends", "waiting transactions that it spends", Result.hex("", "txid")),
          Result.array("spentby", "waiting transactions that spend it", Result.hex("", "txid")),
          Result.flag("unbroadcast", "no peer has asked for it yet"),
          Result.flag(
                  "bip125-replaceable",
                  "it, or one that it needs, says that it may be replaced; with"
                      + " -deprecatedrpc=bip125")
              .maybe());

  /** Of the mempool as it is. */
  static EntryJson of(MempoolPort mempool, NodePort node) {
    return new EntryJson(mempool.snapshot(), node.allowsDeprecated(SIGNALS));
  }

  /** The waiting transaction of this id. */
  MempoolEntry find(Txid txid) {
    return find(txid, snapshot);
  }

  /** The waiting transaction of this id. */
  static MempoolEntry find(Txid txid, MempoolSnapshot snapshot) {
    return snapshot
        .get(txid)
        .orElseThrow(
            () ->
                new RpcException(
                    RpcErrorCode.INVALID_ADDRESS_OR_KEY, "Transaction not in mempool"));
  }

  ObjectNode json(MempoolEntry entry) {
    Collection<MempoolEntry> descendants = snapshot.withDescendants(entry);
    Collection<MempoolEntry> ancestors = snapshot.withAncestors(entry);
    FeePerWeight chunk = chunk(entry);
    ObjectNode json = Json.object();
    json.put("vsize_adjusted", entry.virtualSize());
    json.put("vsize", entry.virtualSize());
    json.put("vsize_bip141", entry.transaction().virtualSize());
    json.put("weight", entry.transaction().weight());
    json.put("time", Math.floorDiv(entry.timeMillis(), 1000L));
    json.put("height", entry.height());
    json.put("descendantcount", descendants.size());
    json.put("descendantsize", virtualSize(descendants));
    json.put("ancestorcount", ancestors.size());
    json.put("ancestorsize", virtualSize(ancestors));
    json.put("wtxid", entry.wtxid().toString());
    json.put("chunkweight", chunk.weight());
    ObjectNode fees = json.putObject("fees");
    fees.set("base", Json.amount(entry.feeSat()));
    fees.set("modified", Json.amount(entry.modifiedFeeSat()));
    fees.set("ancestor", Json.amount(MempoolEntry.modifiedFeesSat(ancestors)));
    fees.set("descendant", Json.amount(MempoolEntry.modifiedFeesSat(descendants)));
    fees.set("chunk", Json.amount(chunk.feeSat()));
    json.set("depends", ids(snapshot.parents(entry)));
    json.set("spentby", ids(snapshot.children(entry)));
    json.put("unbroadcast", snapshot.unbroadcast().contains(entry.txid()));
    if (signals) {
      json.put(
          "bip125-replaceable",
          ancestors.stream().anyMatch(each -> each.transaction().saysReplaceable()));
    }
    return json;
  }

  private FeePerWeight chunk(MempoolEntry entry) {
    return snapshot.cluster(entry.txid()).stream()
        .flatMap(cluster -> cluster.chunks().stream())
        .filter(chunk -> chunk.entries().contains(entry))
        .map(Chunk::fees)
        .findFirst()
        .orElseGet(entry::feePerWeight);
  }

  private static long virtualSize(Collection<MempoolEntry> entries) {
    return entries.stream().mapToLong(MempoolEntry::virtualSize).sum();
  }

  private static ArrayNode ids(Collection<MempoolEntry> entries) {
    return Json.strings(entries.stream().map(entry -> entry.txid().toString()).sorted().toList());
  }
}
