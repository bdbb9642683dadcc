package org.farthing.node.rpc.method;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.consensus.chain.BlockStatus;
import org.farthing.consensus.chain.BlockUndo;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.spec.Read;

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

  /** The block that a parameter names by its hash, or by its height in the active chain. */
  public static HeaderNode hashOrHeight(ChainSnapshot chain, JsonNode value) {
    if (!value.isNumber()) {
      return header(chain, BlockHash.of(Read.hash("hash_or_height", Read.text(value))));
    }
    int height = Read.int32(value);
    if (height < 0) {
      throw RpcException.invalidParameter("Target block height %d is negative".formatted(height));
    }
    if (height > chain.height()) {
      throw RpcException.invalidParameter(
          "Target block height %d after current tip %d".formatted(height, chain.height()));
    }
    return chain.tip().ancestor(height);
  }

  /** The coins that a block spent. */
  public static BlockUndo undo(ChainSnapshot chain, HeaderNode node) {
    BlockStatus status = chain.chain().status(node);
    if (!status.hasUndo()) {
      throw RpcException.misc(
          status.isPruned() ? "Undo data not available (pruned data)" : "Undo data not available");
    }
    return chain
        .chain()
        .undo(node.hash())
        .orElseThrow(() -> RpcException.misc("Can't read undo data from disk"));
  }

  public static Block block(ChainSnapshot chain, HeaderNode node) {
    return chain
        .chain()
        .block(node.hash())
        .orElseThrow(() -> RpcException.misc(whyMissing(chain, node)));
  }

  /** The block as it came over the wire. */
  public static byte[] blockBytes(ChainSnapshot chain, HeaderNode node) {
    return chain
        .chain()
        .blockBytes(node.hash())
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
