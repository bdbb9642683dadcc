package org.farthing.node.rpc.method.pool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.method.Verbosity;
import org.farthing.node.rpc.port.OrphansPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/** {@code getorphantxs}. */
public final class GetOrphanTxs implements RpcMethod {
  private static final Param<Integer> VERBOSITY =
      Verbosity.number(
              "0 for ids, of which some may be the same, 1 for objects, 2 for those with the bytes")
          .or(0);

  private static final Result ORPHAN =
      Result.object(
          "",
          "",
          Result.hex("txid", "the transaction id"),
          Result.hex("wtxid", "the witness transaction id"),
          Result.number("bytes", "with witness"),
          Result.number("vsize", "the same as vsize_bip141"),
          Result.number("vsize_bip141", "virtual bytes"),
          Result.number("weight", "weight units"),
          Result.array(
              "from", "who sent or announced it", Result.number("peer_id", "as in getpeerinfo")));

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "getorphantxs",
              Category.HIDDEN,
              "Returns the transactions of peers that wait for their parents.")
          .takes(VERBOSITY)
          .returns(Result.array("", "for verbosity = 0", Result.hex("txid", "the transaction id")))
          .returns(Result.array("", "for verbosity = 1", ORPHAN))
          .returns(
              Result.array("", "for verbosity = 2", ORPHAN.plus(Result.hex("hex", "the bytes"))))
          .example("2");

  private final OrphansPort orphans;
  private final NodeCalls calls;

  public GetOrphanTxs(OrphansPort orphans, NodeCalls calls) {
    this.orphans = orphans;
    this.calls = calls;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    int verbosity = request.get(VERBOSITY);
    if (verbosity < 0 || verbosity > 2) {
      throw RpcException.invalidParameter("Invalid verbosity value " + verbosity);
    }
    ArrayNode json = Json.array();
    for (OrphansPort.Orphan orphan : calls.call(orphans::all)) {
      if (verbosity == 0) {
        json.add(orphan.transaction().txid().toString());
      } else {
        describe(orphan, verbosity, json.addObject());
      }
    }
    return json;
  }

  private static void describe(OrphansPort.Orphan orphan, int verbosity, ObjectNode json) {
    Transaction transaction = orphan.transaction();
    json.put("txid", transaction.txid().toString());
    json.put("wtxid", transaction.wtxid().toString());
    json.put("bytes", transaction.totalSize());
    json.put("vsize", transaction.virtualSize());
    json.put("vsize_bip141", transaction.virtualSize());
    json.put("weight", transaction.weight());
    ArrayNode from = json.putArray("from");
    orphan.peers().forEach(from::add);
    if (verbosity == 2) {
      json.put("hex", Hex.encode(transaction.serialize()));
    }
  }
}
