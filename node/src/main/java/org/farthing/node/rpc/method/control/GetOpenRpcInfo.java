package org.farthing.node.rpc.method.control;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Supplier;
import org.farthing.node.rpc.call.MethodTable;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.OpenRpc;
import org.farthing.node.rpc.spec.Param;

/** {@code getopenrpcinfo}, and under the name that OpenRPC gives it {@code rpc.discover}. */
public final class GetOpenRpcInfo implements RpcMethod {
  private static final Param<Boolean> HIDDEN =
      Param.flag("show_hidden", "Also show what is for tests").or(false);

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "getopenrpcinfo",
              Category.CONTROL,
              "Returns an OpenRPC document of the methods of this node.")
          .takes(HIDDEN)
          .returns(OpenRpc.shape())
          .example("");

  private static final MethodSpec DISCOVER =
      MethodSpec.of(
              "rpc.discover",
              Category.CONTROL,
              "Returns an OpenRPC document of the methods of this node.")
          .returns(OpenRpc.shape())
          .example("");

  private final MethodSpec spec;
  private final Supplier<MethodTable> table;

  private GetOpenRpcInfo(MethodSpec spec, Supplier<MethodTable> table) {
    this.spec = spec;
    this.table = table;
  }

  /**
   * @param table of which this method is one
   */
  public static RpcMethod own(Supplier<MethodTable> table) {
    return new GetOpenRpcInfo(SPEC, table);
  }

  /** The same under OpenRPC's name. */
  public static RpcMethod discover(Supplier<MethodTable> table) {
    return new GetOpenRpcInfo(DISCOVER, table);
  }

  @Override
  public MethodSpec spec() {
    return spec;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    boolean hidden = spec.params().contains(HIDDEN) && request.get(HIDDEN);
    return OpenRpc.document(table.get().specs(), hidden);
  }
}
