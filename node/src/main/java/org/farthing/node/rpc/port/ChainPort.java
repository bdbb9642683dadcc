package org.farthing.node.rpc.port;

import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.validation.Verdict;

/** The chain, as programs see and extend it. */
public interface ChainPort {
  ConsensusParams params();

  /** Any thread. */
  ChainSnapshot snapshot();

  /** True until the node has caught up with its network once. Any thread. */
  boolean isInitialDownload();

  /** A guess which part of the network's chain is verified, from 0 to 1. Any thread. */
  double progress();

  /**
   * How much longer the node catches up with its network, if it goes on as in the last minute.
   * Empty where it has caught up, and where nothing can be told yet. Any thread.
   */
  default OptionalLong secondsLeft() {
    return OptionalLong.empty();
  }

  /**
   * The tip as soon as it is one that is wanted; the tip as it then is when the time is over or the
   * node stops. Any thread.
   *
   * @param timeoutMillis empty: for as long as it takes
   */
  CompletableFuture<HeaderNode> awaitTip(Predicate<HeaderNode> wanted, OptionalLong timeoutMillis);

  /**
   * Takes in a block as if a peer had sent it, and passes it on if it becomes the tip. On the
   * node's thread.
   */
  Verdict submit(Block block);

  /** All checks but proof of work, of a block on top of the tip; changes nothing. Node's thread. */
  Verdict test(Block block);

  /** The compact target of a block made now. On the node's thread. */
  int nextBits();
}
