package org.farthing.node.rpc.method.blockchain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.Coin;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.mempool.MempoolSnapshot;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.json.ScriptJson;
import org.farthing.node.rpc.method.Shapes;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.port.MempoolPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/** {@code gettxout}. */
public final class GetTxOut implements RpcMethod {
  private static final Param<Txid> TXID = Param.txid("txid", "The transaction id");
  private static final Param<Long> INDEX = Param.unsigned("n", 32, "The index of the output");
  private static final Param<Boolean> WITH_MEMPOOL =
      Param.flag("include_mempool", "Whether waiting transactions count").or(true);

  private static final MethodSpec SPEC =
      MethodSpec.of("gettxout", Category.BLOCKCHAIN, "Returns an unspent output.")
          .takes(TXID, INDEX, WITH_MEMPOOL)
          .returns(Result.nothing().as("", "if it is spent, or never was"))
          .returns(
              Result.object(
                  "",
                  "otherwise",
                  Result.hex("bestblock", "the tip"),
                  Result.number("confirmations", "0 while the transaction waits"),
                  Result.amount("value", "coins"),
                  Shapes.SCRIPT_PUB_KEY,
                  Result.flag("coinbase", "made by a coinbase")))
          .example("\"txid\" 1");

  private final ChainPort chain;
  private final MempoolPort mempool;
  private final ScriptJson scripts;

  public GetTxOut(ChainPort chain, MempoolPort mempool) {
    this.chain = chain;
    this.mempool = mempool;
    this.scripts = new ScriptJson(chain.params().network());
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    ChainSnapshot now = chain.snapshot();
    OutPoint outPoint = new OutPoint(request.get(TXID), request.get(INDEX).intValue());
    MempoolSnapshot waiting = mempool.snapshot();
    Optional<Coin> coin =
        request.get(WITH_MEMPOOL)
            ? waiting.unspent(now.chain(), now.height() + 1).coin(outPoint)
            : now.chain().coin(outPoint);
    if (coin.isEmpty()) {
      return Json.nothing();
    }
    boolean unconfirmed = waiting.contains(outPoint.txid());
    ObjectNode json = Json.object();
    json.put("bestblock", now.tip().hash().toString());
    json.put("confirmations", unconfirmed ? 0 : now.height() - coin.get().height() + 1);
    json.set("value", Json.amount(coin.get().output().valueSat()));
    json.set("scriptPubKey", scripts.output(coin.get().output().scriptPubKey()));
    json.put("coinbase", coin.get().coinbase());
    return json;
  }
}
