package org.farthing.node.rpc.method.pool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.node.mempool.FeeRate;
import org.farthing.node.mempool.MempoolOptions;
import org.farthing.node.mempool.MempoolSnapshot;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.MempoolPort;
import org.farthing.node.rpc.port.NodePort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Result;

/** {@code getmempoolinfo}. */
public final class GetMempoolInfo implements RpcMethod {
  private static final String FULL_RBF = "fullrbf";

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "getmempoolinfo", Category.BLOCKCHAIN, "Returns the state of the mempool in short.")
          .returns(
              Result.object(
                  "",
                  "",
                  Result.flag("loaded", "everything of the last run is loaded"),
                  Result.number("size", "transactions"),
                  Result.number("bytes", "virtual bytes"),
                  Result.number("usage", "bytes of memory, about"),
                  Result.amount("total_fee", "coins"),
                  Result.number("maxmempool", "bytes of memory at most"),
                  Result.amount("mempoolminfee", "coins/kvB that are taken in now"),
                  Result.amount("minrelaytxfee", "coins/kvB that are taken in ever"),
                  Result.amount("incrementalrelayfee", "coins/kvB that replacement costs"),
                  Result.number("unbroadcastcount", "that no peer has asked for yet"),
                  Result.flag("permitbaremultisig", "whether bare multisig is taken in"),
                  Result.number("maxdatacarriersize", "bytes of data outputs"),
                  Result.number("limitclustercount", "transactions in one cluster"),
                  Result.number("limitclustersize", "virtual bytes in one cluster"),
                  Result.flag("optimal", "the order cannot be better"),
                  Result.flag("fullrbf", "true; with -deprecatedrpc=fullrbf").maybe()))
          .example("");

  private final MempoolPort mempool;
  private final NodePort node;

  public GetMempoolInfo(MempoolPort mempool, NodePort node) {
    this.mempool = mempool;
    this.node = node;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    MempoolSnapshot snapshot = mempool.snapshot();
    MempoolOptions options = snapshot.options();
    ObjectNode json = Json.object();
    json.put("loaded", mempool.file().isLoaded());
    json.put("size", snapshot.count());
    json.put("bytes", snapshot.virtualSize());
    json.put("usage", snapshot.usageBytes());
    json.set("total_fee", Json.amount(snapshot.totalFeeSat()));
    json.put("maxmempool", options.maxBytes());
    json.set("mempoolminfee", rate(snapshot.minimumFee(node.nowMillis())));
    json.set("minrelaytxfee", rate(options.fees().minimumRelay()));
    json.set("incrementalrelayfee", rate(options.fees().incremental()));
    json.put("unbroadcastcount", snapshot.unbroadcast().size());
    json.put("permitbaremultisig", options.permitBareMultisig());
    json.put("maxdatacarriersize", options.maxDataCarrierBytes().orElse(0));
    json.put("limitclustercount", options.clusters().count());
    json.put("limitclustersize", options.clusters().weight() / Transaction.WITNESS_SCALE_FACTOR);
    json.put("optimal", snapshot.isOptimal());
    if (node.allowsDeprecated(FULL_RBF)) {
      json.put(FULL_RBF, true);
    }
    return json;
  }

  private static JsonNode rate(FeeRate rate) {
    return Json.amount(rate.satPerKvb());
  }
}
