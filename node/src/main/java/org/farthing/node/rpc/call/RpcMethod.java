package org.farthing.node.rpc.call;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.spec.MethodSpec;

/** A method that programs can call. It may block, and is called on any of several threads. */
public interface RpcMethod {
  /** Name, parameters, result and help: always the same value. */
  MethodSpec spec();

  /**
   * Does it. The number and the JSON types of the parameters have been checked.
   *
   * @throws RpcException the answer, if it is an error
   */
  JsonNode call(RpcRequest request);

  /** How long this call may take. */
  default Pace pace(RpcRequest request) {
    return Pace.QUICK;
  }
}
