package org.farthing.node.app;

import java.time.Duration;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.Script;
import org.farthing.node.mempool.MempoolSnapshot;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.port.MempoolPort;
import org.farthing.node.rpc.port.PeersPort;
import org.farthing.node.wallets.WalletRegistry;
import org.farthing.wallet.error.WalletException;

/**
 * A running node, for code of the same process. Snapshots and the clock are for any thread; the
 * rest belongs to the node's thread, on which {@link #call} does what any thread wants.
 */
public final class NodeInside {
  private final NodeServices services;
  private final NodeCore core;
  private final NodeClock clock;
  private final NodeThread thread;
  private final NodeCalls calls;
  private final NodeMarks marks;
  private final InstantMiner miner;

  NodeInside(
      NodeServices services, NodeCore core, NodeClock clock, NodeThread thread, NodeCalls calls) {
    this.services = services;
    this.core = core;
    this.clock = clock;
    this.thread = thread;
    this.calls = calls;
    this.marks = services.marks();
    this.miner = new InstantMiner(core, clock);
  }

  /** Something to be done on the node's thread. */
  @FunctionalInterface
  public interface Task<T, E extends Exception> {
    T run() throws E;
  }

  /**
   * Does something on the node's thread, after everything that it was given before, and waits for
   * it. Not to be called on that thread. An exception is the caller's; an error ends the node too.
   *
   * @throws IllegalStateException if the node stops meanwhile, or has stopped
   */
  public <T, E extends Exception> T call(Task<T, E> task) throws E {
    Outcome<T> outcome;
    try {
      outcome = calls.call(() -> Outcome.of(task));
    } catch (RpcException e) {
      throw new IllegalStateException("the node has stopped", e);
    }
    if (outcome.exception() != null) {
      @SuppressWarnings("unchecked") // a task throws this, or what needs no declaration
      E exception = (E) outcome.exception();
      throw exception;
    }
    return outcome.result();
  }

  private record Outcome<T>(T result, Exception exception) {
    static <T> Outcome<T> of(Task<T, ?> task) {
      try {
        return new Outcome<>(task.run(), null);
      } catch (Exception e) {
        return new Outcome<>(null, e);
      }
    }
  }

  /** The chain as of now. Any thread. */
  public ChainSnapshot chain() {
    return core.chain().snapshot();
  }

  /** The mempool as of now. Any thread. */
  public MempoolSnapshot waiting() {
    return core.mempool().snapshot();
  }

  /** What tells the time. Any thread. */
  public NodeClock clock() {
    return clock;
  }

  /** Chain, mempool and gossip. */
  public NodeCore core() {
    return core;
  }

  /** The way for transactions into the mempool, and to peers. */
  public MempoolPort mempool() {
    return services.mempool();
  }

  /** The connections to other nodes. */
  public PeersPort peers() {
    return services.peers();
  }

  public WalletRegistry wallets() {
    return services.wallets();
  }

  /**
   * Mines a block with the best of the mempool on the tip.
   *
   * @throws IllegalStateException if blocks of this network need real work
   */
  public Block mine(Script payout) {
    return miner.mine(payout);
  }

  /**
   * Mines a block without transactions after any block whose header is known.
   *
   * @throws IllegalStateException if the chain does not take it
   */
  public Block mineEmpty(HeaderNode parent, Script payout) {
    return miner.mineEmpty(parent, payout);
  }

  /** Puts the clock forward, and brings timers forward by as much. */
  public void advance(Duration duration) {
    clock.advance(duration.toMillis());
    thread.advance(duration.toMillis());
  }

  /**
   * Marks the node as it is now: chain, mempool, wallets and clock. As long as there is a mark, all
   * changes of the chain are remembered.
   */
  public NodeMark mark() throws WalletException {
    return marks.mark();
  }

  /**
   * Makes the node what it was at the mark, which stays; marks that were set after it end. Peers
   * are disconnected. Takes as long as what has happened since, and what the wallets hold.
   *
   * @throws IllegalArgumentException if the mark has ended, or is another node's
   */
  public void revert(NodeMark mark) throws WalletException {
    marks.revert(mark);
  }

  /** Ends a mark; the node stays as it is. */
  public void end(NodeMark mark) {
    marks.end(mark);
  }
}
