package org.farthing.node.rpc.method.blockchain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.BlockJson;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Result;

/** {@code getchainstates}: there is only one, since no snapshot of coins can be loaded. */
public final class GetChainStates implements RpcMethod {
  private static final MethodSpec SPEC =
      MethodSpec.of(
              "getchainstates",
              Category.BLOCKCHAIN,
              "Returns the sets of coins that this node has: always one, verified from the first"
                  + " block on.")
          .returns(
              Result.object(
                  "",
                  "",
                  Result.number("headers", "the height of the best header"),
                  Result.array(
                      "chainstates",
                      "",
                      Result.object(
                          "",
                          "",
                          Result.number("blocks", "the height of the tip"),
                          Result.hex("bestblockhash", "the tip"),
                          Result.hex("bits", "the compact target of the tip"),
                          Result.hex("target", "the target of the tip"),
                          Result.decimal("difficulty", "the difficulty of the tip"),
                          Result.decimal("verificationprogress", "from 0 to 1"),
                          Result.number("coins_db_cache_bytes", "of memory for the database"),
                          Result.number("coins_tip_cache_bytes", "of memory for coins before it"),
                          Result.flag("validated", "always true: all blocks were checked")))))
          .example("");

  private final ChainPort chain;

  public GetChainStates(ChainPort chain) {
    this.chain = chain;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    ChainSnapshot now = chain.snapshot();
    HeaderNode tip = now.tip();
    ObjectNode json = Json.object();
    json.put("headers", now.bestHeader().height());
    ObjectNode state = json.putArray("chainstates").addObject();
    state.put("blocks", tip.height());
    state.put("bestblockhash", tip.hash().toString());
    BlockJson.difficulty(state, tip.header().bits());
    state.set("verificationprogress", Json.number(chain.progress()));
    state.put("coins_db_cache_bytes", now.chain().caches().database());
    state.put("coins_tip_cache_bytes", now.chain().caches().coins());
    state.put("validated", true);
    return json;
  }
}
