package org.farthing.node.rpc.method.pool;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.call.Pace;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.port.MempoolFilePort;
import org.farthing.node.rpc.port.MempoolFilePort.Import;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.Fields;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/** {@code importmempool}. */
public final class ImportMempool implements RpcMethod {
  private static final String TRUST = ". Only for files that you trust";
  private static final Param<String> PATH =
      Param.text("filepath", "The file, such as another node's mempool.dat");
  private static final Param<Boolean> AT_PRESENT =
      Param.flag(
              "use_current_time",
              "Transactions are taken as if they had come now. If false, they are as old as the"
                  + " file says"
                  + TRUST)
          .or(true);
  private static final Param<Boolean> FEE_DELTAS =
      Param.flag(
              "apply_fee_delta_priority",
              "What the file says was added to fees by prioritisetransaction is added here too"
                  + TRUST)
          .or(false);
  private static final Param<Boolean> UNBROADCAST =
      Param.flag(
              "apply_unbroadcast_set",
              "Transactions that no peer had asked for are made known by this node" + TRUST)
          .or(false);
  private static final Param<Fields> OPTIONS =
      Param.options("options", "", AT_PRESENT, FEE_DELTAS, UNBROADCAST).orNothing();

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "importmempool",
              Category.BLOCKCHAIN,
              "Takes the transactions of a file into the mempool, as far as they may wait there.")
          .takes(PATH, OPTIONS)
          .returns(Result.object("", ""))
          .example("/path/to/mempool.dat");

  private final MempoolFilePort file;
  private final ChainPort chain;
  private final NodeCalls calls;

  public ImportMempool(MempoolFilePort file, ChainPort chain, NodeCalls calls) {
    this.file = file;
    this.chain = chain;
    this.calls = calls;
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
    if (chain.isInitialDownload()) {
      throw new RpcException(
          RpcErrorCode.CLIENT_IN_INITIAL_DOWNLOAD,
          "Can only import the mempool after the block download and sync is done.");
    }
    Fields options = request.find(OPTIONS).orElseGet(Fields::none);
    Import how =
        new Import(options.get(AT_PRESENT), options.get(FEE_DELTAS), options.get(UNBROADCAST));
    if (!file.load(Path.of(request.get(PATH)), how, calls)) {
      throw RpcException.misc("Unable to import mempool file, see debug log for details.");
    }
    return Json.object();
  }
}
