package org.farthing.node.rpc.method.blockchain;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.port.PeersPort;
import org.farthing.node.rpc.port.PruningPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/** {@code getblockfrompeer}. */
public final class GetBlockFromPeer implements RpcMethod {
  private static final Param<BlockHash> HASH =
      Param.blockHash("blockhash", "A block whose header is known and whose body is not here");
  private static final Param<Long> PEER =
      Param.number("peer_id", "The peer's number, as in getpeerinfo");

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "getblockfrompeer",
              Category.BLOCKCHAIN,
              "Asks a peer for a block. What the block spent is not known from it. Peers give no"
                  + " stale blocks that they never verified; one that does not answer loses the"
                  + " connection. A node that prunes may delete the block again at any time.")
          .takes(HASH, PEER)
          .returns(Result.object("", "nothing in it: the peer was asked"))
          .example("\"00000000c937983704a73af28acdec37b049d214adbda81d7e2a3dd146f6ed09\" 0");

  private final ChainPort chain;
  private final PeersPort peers;
  private final PruningPort pruning;
  private final NodeCalls calls;

  public GetBlockFromPeer(ChainPort chain, PeersPort peers, PruningPort pruning, NodeCalls calls) {
    this.chain = chain;
    this.peers = peers;
    this.pruning = pruning;
    this.calls = calls;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    ChainSnapshot now = chain.snapshot();
    HeaderNode block =
        now.chain()
            .header(request.get(HASH))
            .orElseThrow(() -> RpcException.misc("Block header missing"));
    if (pruning.isOn() && block.height() > now.height()) {
      throw RpcException.misc(
          "In prune mode, only blocks that the node has already synced previously can be fetched"
              + " from a peer");
    }
    if (now.chain().status(block).isStored()) {
      throw RpcException.misc("Block already downloaded");
    }
    long peer = request.get(PEER);
    calls
        .call(() -> peers.fetch(peer, block))
        .ifPresent(
            problem -> {
              throw RpcException.misc(problem);
            });
    return Json.object();
  }
}
