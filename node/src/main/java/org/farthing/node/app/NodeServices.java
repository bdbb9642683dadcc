package org.farthing.node.app;

import org.farthing.node.mining.ThreadedSearch;
import org.farthing.node.rpc.RpcMethods;
import org.farthing.node.rpc.RpcPorts;
import org.farthing.node.rpc.call.MethodTable;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.time.Scheduler;

/** What stands on a node's core: its miner, its wallets, and the methods that programs call. */
final class NodeServices implements AutoCloseable {
  private final NodeCore core;
  private final NodeClock clock;
  private final MiningService mining;
  private NodeCalls calls;

  /** To be made on the node thread. */
  NodeServices(NodeCore core, Environment world, NodeClock clock) {
    this.core = core;
    this.clock = clock;
    this.mining =
        new MiningService(core, world, threads -> found -> new ThreadedSearch(threads, found));
  }

  MethodTable methods(Node node, Scheduler thread) {
    calls = new NodeCalls(thread);
    return RpcMethods.table(
        new RpcPorts(
            new NodeAdapter(node, clock),
            new ChainAdapter(core, clock),
            new MempoolAdapter(core, clock),
            new PeersAdapter(core, clock, node.userAgent()),
            mining,
            calls));
  }

  /** Calls that wait for the node thread fail from now on. */
  void endCalls() {
    calls.close();
  }

  /** On the node thread. */
  @Override
  public void close() {
    mining.close();
  }
}
