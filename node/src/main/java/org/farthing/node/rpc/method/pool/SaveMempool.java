package org.farthing.node.rpc.method.pool;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.farthing.node.rpc.call.Pace;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.MempoolFilePort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Result;

/** {@code savemempool}. */
public final class SaveMempool implements RpcMethod {
  private static final MethodSpec SPEC =
      MethodSpec.of(
              "savemempool",
              Category.BLOCKCHAIN,
              "Writes the mempool to the file that the next start reads. Fails as long as that of"
                  + " the last run is being read.")
          .returns(Result.object("", "", Result.text("filename", "of the file, absolute")))
          .example("");

  private final MempoolFilePort file;

  public SaveMempool(MempoolFilePort file) {
    this.file = file;
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
    if (!file.isLoaded()) {
      throw RpcException.misc("The mempool was not loaded yet");
    }
    try {
      return Json.object().put("filename", file.save().toAbsolutePath().toString());
    } catch (IOException e) {
      throw RpcException.misc("Unable to dump mempool to disk: " + e.getMessage());
    }
  }
}
