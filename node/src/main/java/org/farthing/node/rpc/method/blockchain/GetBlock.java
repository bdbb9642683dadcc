package org.farthing.node.rpc.method.blockchain;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.chain.BlockUndo;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.BlockJson;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.method.ChainLookup;
import org.farthing.node.rpc.method.Shapes;
import org.farthing.node.rpc.method.Verbosity;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/** {@code getblock}. */
public final class GetBlock implements RpcMethod {
  private static final Param<BlockHash> HASH = Param.blockHash("blockhash", "The block hash");
  private static final Param<Integer> VERBOSITY =
      Verbosity.param(
              "0 for the bytes in hex, 1 for an object, 2 with transactions, 3 with spent outputs"
                  + " too")
          .or(1);

  private static final MethodSpec SPEC =
      MethodSpec.of("getblock", Category.BLOCKCHAIN, "Returns a block.")
          .takes(HASH, VERBOSITY)
          .returns(Result.hex("", "for verbosity = 0"))
          .returns(Shapes.block(Result.hex("", "the transaction id")).as("", "for verbosity = 1"))
          .returns(Shapes.block(Shapes.TRANSACTION_WITH_HEX).as("", "for verbosity = 2 and 3"))
          .example("\"00000000c937983704a73af28acdec37b049d214adbda81d7e2a3dd146f6ed09\"");

  private final ChainPort chain;
  private final BlockJson blocks;

  public GetBlock(ChainPort chain) {
    this.chain = chain;
    this.blocks = new BlockJson(chain.params().network());
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    ChainSnapshot now = chain.snapshot();
    HeaderNode node = ChainLookup.header(now, request.get(HASH));
    int verbosity = request.get(VERBOSITY);
    if (verbosity <= 0) {
      return Json.text(Hex.encode(ChainLookup.blockBytes(now, node)));
    }
    Block block = ChainLookup.block(now, node);
    BlockJson.Detail detail =
        switch (verbosity) {
          case 1 -> BlockJson.Detail.TXIDS;
          case 2 -> BlockJson.Detail.TRANSACTIONS;
          default -> BlockJson.Detail.TRANSACTIONS_WITH_COINS;
        };
    Optional<BlockUndo> undo =
        detail == BlockJson.Detail.TXIDS ? Optional.empty() : now.chain().undo(node.hash());
    return blocks.block(now, node, block, undo, detail);
  }
}
