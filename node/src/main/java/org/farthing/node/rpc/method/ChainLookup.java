package org.farthing.node.rpc.method;

import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;

/** Finds blocks, or answers in Bitcoin Core's words that they are not there. */
public final class ChainLookup {
  private ChainLookup() {}

  public static HeaderNode header(ChainSnapshot chain, BlockHash hash) {
    return chain
        .chain()
        .header(hash)
        .orElseThrow(
            () -> new RpcException(RpcErrorCode.INVALID_ADDRESS_OR_KEY, "Block not found"));
  }

  public static Block block(ChainSnapshot chain, HeaderNode node) {
    return chain
        .chain()
        .block(node.hash())
        .orElseThrow(() -> RpcException.misc(whyMissing(chain, node)));
  }

  private static String whyMissing(ChainSnapshot chain, HeaderNode node) {
    return chain.chain().status(node).isPruned()
        ? "Block not available (pruned data)"
        : "Block not available (not fully downloaded)";
  }

  /** The block of the active chain at this height. */
  public static HeaderNode atHeight(ChainSnapshot chain, int height) {
    if (height < 0 || height > chain.height()) {
      throw RpcException.invalidParameter("Block height out of range");
    }
    return chain.tip().ancestor(height);
  }
}
