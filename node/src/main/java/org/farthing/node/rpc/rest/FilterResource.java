package org.farthing.node.rpc.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.filter.BlockFilter;
import org.farthing.consensus.index.FilterIndex;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.FilterHeader;
import org.farthing.node.indexes.IndexKind;
import org.farthing.node.indexes.Indexes;
import org.farthing.node.indexes.RunningIndex;
import org.farthing.node.rpc.call.Reply;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.ChainPort;

/**
 * {@code blockfilter/<type>/<hash>}, the filter of a block (BIP158), and {@code
 * blockfilterheaders/<type>/<hash>?count=<count>}, what commits to the filters of the active chain
 * from a block on (BIP157). A filter follows from its block; which headers follow does not.
 */
final class FilterResource {
  /** The one kind of filter that there is. */
  private static final String BASIC = "basic";

  private static final int BASIC_CODE = 0;

  private final ChainPort chain;
  private final Indexes indexes;

  FilterResource(ChainPort chain, Indexes indexes) {
    this.chain = chain;
    this.indexes = indexes;
  }

  Reply filter(RestRequest request) {
    List<String> parts = request.parts();
    if (parts.size() != 2) {
      throw RestException.badRequest(
          "Invalid URI format. Expected /rest/blockfilter/<filtertype>/<blockhash>");
    }
    BlockHash hash = RestRequest.hash(parts.get(1));
    RunningIndex index = index(parts.get(0));
    ChainSnapshot now = chain.snapshot();
    HeaderNode block =
        now.chain()
            .header(hash)
            .orElseThrow(() -> RestException.notFound(parts.get(1) + " not found"));
    boolean ready = index.awaitTip();
    BlockFilter filter =
        new FilterIndex(index.rows())
            .filter(block)
            .orElseThrow(() -> missing(now.chain().status(block).wasConnected(), ready));
    return RestContent.immutable(
        request,
        () -> bytes(filter),
        () -> Json.object().put("filter", Hex.encode(filter.encoded())));
  }

  /** Its kind, its block and its content, as a message has them. */
  private static byte[] bytes(BlockFilter filter) {
    ByteWriter out = new ByteWriter();
    out.uint8(BASIC_CODE);
    filter.block().writeTo(out);
    return out.varBytes(filter.encoded()).toByteArray();
  }

  Reply headers(RestRequest request) {
    List<String> parts = request.parts();
    if (parts.size() < 2 || parts.size() > 3) {
      throw RestException.badRequest(
          "Invalid URI format. Expected"
              + " /rest/blockfilterheaders/<filtertype>/<blockhash>.<ext>?count=<count>");
    }
    RestRequest.Run run = request.run(parts.subList(1, parts.size()));
    BlockHash first = RestRequest.hash(run.hash());
    RunningIndex index = index(parts.get(0));
    List<HeaderNode> blocks = HeadersResource.activeFrom(chain.snapshot(), first, run.count());
    boolean ready = index.awaitTip();
    FilterIndex filters = new FilterIndex(index.rows());
    List<FilterHeader> headers = new ArrayList<>();
    for (HeaderNode block : blocks) {
      headers.add(filters.header(block).orElseThrow(() -> missing(true, ready)));
    }
    return RestContent.changing(request, () -> bytes(headers), () -> Json.strings(headers));
  }

  private static byte[] bytes(List<FilterHeader> headers) {
    ByteWriter out = new ByteWriter();
    headers.forEach(header -> header.writeTo(out));
    return out.toByteArray();
  }

  private RunningIndex index(String type) {
    if (!type.equals(BASIC)) {
      throw RestException.badRequest("Unknown filtertype " + type);
    }
    Optional<RunningIndex> index = indexes.find(IndexKind.BLOCK_FILTERS);
    return index.orElseThrow(
        () -> RestException.badRequest("Index is not enabled for filtertype " + type));
  }

  private static RestException missing(boolean connected, boolean ready) {
    if (!connected) {
      return RestException.notFound("Filter not found. Block was not connected to active chain.");
    }
    return RestException.notFound(
        ready
            ? "Filter not found. This error is unexpected and indicates index corruption."
            : "Filter not found. Block filters are still in the process of being indexed.");
  }
}
