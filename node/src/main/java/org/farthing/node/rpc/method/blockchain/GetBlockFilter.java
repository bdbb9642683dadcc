package org.farthing.node.rpc.method.blockchain;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.filter.BlockFilter;
import org.farthing.consensus.index.FilterIndex;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.FilterHeader;
import org.farthing.node.indexes.Indexes;
import org.farthing.node.indexes.RunningIndex;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.method.ChainLookup;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/** {@code getblockfilter}: of any block that was ever connected. */
public final class GetBlockFilter implements RpcMethod {
  private static final Param<BlockHash> BLOCK_HASH =
      Param.blockHash("blockhash", "The hash of the block");

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "getblockfilter",
              Category.BLOCKCHAIN,
              "Returns the filter of a block (BIP158). Needs -blockfilterindex.")
          .takes(BLOCK_HASH, FilterLookup.FILTER_TYPE)
          .returns(
              Result.object(
                  "",
                  "",
                  Result.hex("filter", "the filter"),
                  Result.hex("header", "commits to this filter and all before it (BIP157)")))
          .example("\"hash\"")
          .example("\"hash\" \"basic\"");

  private final ChainPort chain;
  private final Indexes indexes;

  public GetBlockFilter(ChainPort chain, Indexes indexes) {
    this.chain = chain;
    this.indexes = indexes;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    BlockHash hash = request.get(BLOCK_HASH);
    RunningIndex index = FilterLookup.index(indexes, request.get(FilterLookup.FILTER_TYPE));
    ChainSnapshot now = chain.snapshot();
    HeaderNode block = ChainLookup.header(now, hash);
    boolean ready = index.awaitTip();
    FilterIndex filters = new FilterIndex(index.rows());
    Optional<BlockFilter> filter = filters.filter(block);
    Optional<FilterHeader> header = filters.header(block);
    if (filter.isEmpty() || header.isEmpty()) {
      throw missing(now.chain().status(block).wasConnected(), ready);
    }
    return Json.object()
        .put("filter", Hex.encode(filter.get().encoded()))
        .put("header", header.get().toString());
  }

  private static RpcException missing(boolean connected, boolean ready) {
    if (!connected) {
      return new RpcException(
          RpcErrorCode.INVALID_ADDRESS_OR_KEY,
          "Filter not found. Block was not connected to active chain.");
    }
    return ready
        ? new RpcException(
            RpcErrorCode.INTERNAL_ERROR,
            "Filter not found. This error is unexpected and indicates index corruption.")
        : RpcException.misc(
            "Filter not found. Block filters are still in the process of being indexed.");
  }
}
