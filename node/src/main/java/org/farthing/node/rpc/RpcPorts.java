package org.farthing.node.rpc;

import org.farthing.node.indexes.Indexes;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.port.BranchesPort;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.port.FeesPort;
import org.farthing.node.rpc.port.MempoolPort;
import org.farthing.node.rpc.port.MiningPort;
import org.farthing.node.rpc.port.MiningPorts;
import org.farthing.node.rpc.port.NetworkPorts;
import org.farthing.node.rpc.port.NodePort;
import org.farthing.node.rpc.port.PeersPort;
import org.farthing.node.rpc.port.PruningPort;

/** Everything that the methods need of a node. */
public record RpcPorts(
    NodePort node,
    ChainPort chain,
    BranchesPort branches,
    MempoolPort mempool,
    FeesPort fees,
    NetworkPorts network,
    MiningPorts miners,
    PruningPort pruning,
    Indexes indexes,
    NodeCalls calls) {

  public MiningPort mining() {
    return miners.own();
  }

  public PeersPort peers() {
    return network.peers();
  }
}
