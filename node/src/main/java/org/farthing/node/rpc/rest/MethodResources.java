package org.farthing.node.rpc.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.Optional;
import org.farthing.node.rpc.call.Caller;
import org.farthing.node.rpc.call.MethodTable;
import org.farthing.node.rpc.call.Reply;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.ChainPort;

/** What RPC's methods say too, in JSON only: each of them is the result of one. */
final class MethodResources {
  private static final String NOBODY = "";

  private final MethodTable methods;
  private final ChainPort chain;

  MethodResources(MethodTable methods, ChainPort chain) {
    this.methods = methods;
    this.chain = chain;
  }

  private JsonNode result(String method, ArrayNode params) {
    return methods.execute(method, params, new Caller(NOBODY, Optional.empty()));
  }

  /** {@code chaininfo}. */
  Reply chainInfo(RestRequest request) {
    return RestContent.changing(request, () -> result("getblockchaininfo", Json.array()));
  }

  /**
   * {@code deploymentinfo} as of the tip, or {@code deploymentinfo/<hash>} as of a block, which is
   * the same for ever.
   */
  Reply deploymentInfo(RestRequest request) {
    return request.path().isEmpty()
        ? RestContent.changing(request, () -> result("getdeploymentinfo", Json.array()))
        : RestContent.immutable(request, () -> deploymentInfo(request.path()));
  }

  private JsonNode deploymentInfo(String hash) {
    if (chain.snapshot().chain().header(RestRequest.hash(hash)).isEmpty()) {
      throw RestException.badRequest("Block not found");
    }
    return result("getdeploymentinfo", Json.array().add(hash));
  }

  /** {@code mempool/info} and {@code mempool/contents?verbose=…&mempool_sequence=…}. */
  Reply mempool(RestRequest request) {
    return switch (request.path()) {
      case "info" -> RestContent.changing(request, () -> result("getmempoolinfo", Json.array()));
      case "contents" -> RestContent.changing(request, () -> contents(request));
      default ->
          throw RestException.badRequest(
              "Invalid URI format. Expected /rest/mempool/<info|contents>.json");
    };
  }

  private JsonNode contents(RestRequest request) {
    boolean verbose = request.flag("verbose", true);
    boolean sequence = request.flag("mempool_sequence", false);
    if (verbose && sequence) {
      throw RestException.badRequest(
          "Verbose results cannot contain mempool sequence values. (hint: set \"verbose=false\")");
    }
    return result("getrawmempool", Json.array().add(verbose).add(sequence));
  }
}
