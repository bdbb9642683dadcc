package org.farthing.node.rpc.method.blockchain;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.BlockJson;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.method.ChainLookup;
import org.farthing.node.rpc.method.Shapes;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/** {@code getblockheader}. */
public final class GetBlockHeader implements RpcMethod {
  private static final Param<BlockHash> HASH =
      Param.blockHash("blockhash", "hash", "The block hash");
  private static final Param<Boolean> VERBOSE =
      Param.flag("verbose", "true for an object, false for the bytes in hex").or(true);

  private static final MethodSpec SPEC =
      MethodSpec.of("getblockheader", Category.BLOCKCHAIN, "Returns the header of a block.")
          .takes(HASH, VERBOSE)
          .returns(Shapes.HEADER.as("", "for verbose = true"))
          .returns(Result.hex("", "for verbose = false: 80 bytes"))
          .example("\"00000000c937983704a73af28acdec37b049d214adbda81d7e2a3dd146f6ed09\"");

  private final ChainPort chain;

  public GetBlockHeader(ChainPort chain) {
    this.chain = chain;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    ChainSnapshot now = chain.snapshot();
    HeaderNode node = ChainLookup.header(now, request.get(HASH));
    if (!request.get(VERBOSE)) {
      return Json.text(Hex.encode(node.header().serialize()));
    }
    return BlockJson.header(now, node, now.chain().status(node).transactions());
  }
}
