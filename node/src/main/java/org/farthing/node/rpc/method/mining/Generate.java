package org.farthing.node.rpc.method.mining;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.HelpPage;
import org.farthing.node.rpc.spec.MethodSpec;

/** {@code generate}: it is gone, and says what to call instead. */
public final class Generate implements RpcMethod {
  private static final MethodSpec SPEC =
      MethodSpec.of(
          "generate",
          Category.HIDDEN,
          "has been replaced by the -generate cli option. Refer to -help for more information.");

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    throw new RpcException(RpcErrorCode.METHOD_NOT_FOUND, HelpPage.of(SPEC));
  }
}
