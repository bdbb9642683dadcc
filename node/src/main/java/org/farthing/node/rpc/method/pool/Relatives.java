package org.farthing.node.rpc.method.pool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.function.BiFunction;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.mempool.MempoolEntry;
import org.farthing.node.mempool.MempoolSnapshot;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/** What the methods that list a transaction's ancestors and descendants have in common. */
final class Relatives {
  private static final Param<Txid> TXID = Param.txid("txid", "The transaction id");
  private static final Param<Boolean> VERBOSE =
      Param.flag("verbose", "true for an object with details, false for ids").or(false);

  private Relatives() {}

  static MethodSpec spec(String name, String description) {
    return MethodSpec.of(name, Category.BLOCKCHAIN, description)
        .takes(TXID, VERBOSE)
        .returns(Result.array("", "for verbose = false", Result.hex("", "the transaction id")))
        .returns(Result.map("", "for verbose = true", EntryJson.SHAPE.as("transactionid", "")))
        .example("\"mytxid\"");
  }

  /**
   * The relatives of the transaction that the request names.
   *
   * @param find gives them, and the transaction itself, which is left out
   */
  static JsonNode list(
      RpcRequest request,
      EntryJson entries,
      BiFunction<MempoolSnapshot, MempoolEntry, Collection<MempoolEntry>> find) {
    MempoolEntry entry = entries.find(request.get(TXID));
    List<MempoolEntry> others =
        find.apply(entries.snapshot(), entry).stream()
            .filter(other -> !other.equals(entry))
            .toList();
    if (!request.get(VERBOSE)) {
      return Json.strings(others.stream().map(MempoolEntry::txid).toList());
    }
    ObjectNode json = Json.object();
    others.forEach(other -> json.set(other.txid().toString(), entries.json(other)));
    return json;
  }
}
