package org.farthing.node.rpc.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.node.rpc.call.Reply;
import org.farthing.node.rpc.json.BlockJson;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.ChainPort;

/**
 * {@code headers/<hash>?count=<count>}: of the active chain, from a block on. More blocks, or other
 * ones, change the answer.
 */
final class HeadersResource implements RestResource {
  private final ChainPort chain;

  HeadersResource(ChainPort chain) {
    this.chain = chain;
  }

  @Override
  public Reply get(RestRequest request) {
    if (request.parts().size() > 2) {
      throw RestException.badRequest(
          "Invalid URI format. Expected /rest/headers/<hash>.<ext>?count=<count>");
    }
    RestRequest.Run run = request.run(request.parts());
    BlockHash first = RestRequest.hash(run.hash());
    ChainSnapshot now = chain.snapshot();
    List<HeaderNode> headers = activeFrom(now, first, run.count());
    return RestContent.changing(request, () -> bytes(headers), () -> json(now, headers));
  }

  /** Those of the active chain from a block upwards; none if the block is not in it. */
  static List<HeaderNode> activeFrom(ChainSnapshot now, BlockHash first, int count) {
    List<HeaderNode> headers = new ArrayList<>();
    now.chain()
        .header(first)
        .filter(now::isActive)
        .ifPresent(
            node -> {
              long end = Math.min(now.height() + 1L, (long) node.height() + count);
              for (int height = node.height(); height < end; height++) {
                headers.add(now.tip().ancestor(height));
              }
            });
    return headers;
  }

  private static byte[] bytes(List<HeaderNode> headers) {
    ByteWriter out = new ByteWriter();
    headers.forEach(node -> out.bytes(node.header().serialize()));
    return out.toByteArray();
  }

  private static JsonNode json(ChainSnapshot now, List<HeaderNode> headers) {
    ArrayNode list = Json.array();
    headers.forEach(
        node -> list.add(BlockJson.header(now, node, now.chain().status(node).transactions())));
    return list;
  }
}
