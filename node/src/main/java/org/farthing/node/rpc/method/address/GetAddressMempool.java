package org.farthing.node.rpc.method.address;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.farthing.consensus.index.ScriptKey;
import org.farthing.node.rpc.call.Pace;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.method.ScriptEvent;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.port.MempoolPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/** {@code getaddressmempool}: looks at all that waits, and needs no index. */
public final class GetAddressMempool implements RpcMethod {
  private static final Param<JsonNode> ADDRESSES = AddressQuery.param();

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "getaddressmempool",
              Category.BLOCKCHAIN,
              "Returns what waiting transactions do to addresses, older ones first.")
          .takes(ADDRESSES)
          .returns(
              Result.array(
                  "",
                  "",
                  Result.object(
                      "",
                      "",
                      Result.text("address", "as it was named"),
                      Result.hex("txid", "the transaction"),
                      Result.number("index", "of its output, or of its input"),
                      Result.number("satoshis", "the change: negative where an output is spent"),
                      Result.time("timestamp", "when it came"),
                      Result.hex("prevtxid", "of the output that is spent").maybe(),
                      Result.number("prevout", "of the output that is spent").maybe())))
          .example("\"address\"");

  private final ChainPort chain;
  private final MempoolPort mempool;

  public GetAddressMempool(ChainPort chain, MempoolPort mempool) {
    this.chain = chain;
    this.mempool = mempool;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public Pace pace(RpcRequest request) {
    return Pace.LONG;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    AddressQuery query = AddressQuery.read(request.get(ADDRESSES), chain.params().network());
    Map<ScriptKey, NamedScript> wanted = new HashMap<>();
    query.scripts().forEach(script -> wanted.putIfAbsent(script.key(), script));
    ArrayNode entries = Json.array();
    ScriptEvent.waiting(
            mempool.snapshot(),
            chain.snapshot(),
            script -> wanted.containsKey(ScriptKey.of(script)))
        .stream()
        .sorted(Comparator.comparing(waiting -> waiting.entry().timeMillis()))
        .forEach(
            waiting -> {
              ScriptKey key = ScriptKey.of(waiting.event().output().scriptPubKey());
              entries.add(json(wanted.get(key), waiting));
            });
    return entries;
  }

  private static ObjectNode json(NamedScript script, ScriptEvent.Waiting waiting) {
    ScriptEvent event = waiting.event();
    long valueSat = event.output().valueSat();
    ObjectNode json = Json.object();
    json.put("address", script.text());
    json.put("txid", event.transaction().txid().toString());
    json.put("index", event.index());
    json.put("satoshis", event.spent() ? -valueSat : valueSat);
    json.put("timestamp", waiting.entry().timeMillis() / 1000);
    if (event.spent()) {
      json.put("prevtxid", event.place().txid().toString());
      json.put("prevout", Integer.toUnsignedLong(event.place().index()));
    }
    return json;
  }
}
