package org.farthing.node.rpc.method.mining;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.Optional;
import java.util.function.Supplier;
import org.farthing.consensus.params.Difficulty;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.validation.Verdict;
import org.farthing.node.mining.BlockGenerator;
import org.farthing.node.mining.HashSearch;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.ChainPort;

/**
 * Makes blocks on request. Templates are made on the node's thread, the proof of work is sought on
 * the caller's; where the tip moves meanwhile, the search begins again on the new one.
 */
public final class BlockMaker {
  private static final long SLICE = 100_000;

  private final ChainPort chain;
  private final NodeCalls calls;

  public BlockMaker(ChainPort chain, NodeCalls calls) {
    this.chain = chain;
    this.calls = calls;
  }

  /** Hashes that may be tried in Bitcoin's networks; in Farthing's own work has to be done. */
  public long defaultTries() {
    return chain.params().difficulty() instanceof Difficulty.Lwma
        ? Long.MAX_VALUE
        : BlockGenerator.DEFAULT_MAX_TRIES;
  }

  /**
   * Makes a block on top of the tip and hands it to the chain.
   *
   * @param template makes one on the node's thread
   * @param tries what may still be tried; is reduced by what was tried
   * @return empty if {@code tries} did not suffice
   */
  public Optional<Block> make(Supplier<Block> template, Tries tries) {
    while (true) {
      Block block = calls.call(template);
      HashSearch search = new HashSearch(block.header());
      while (isOnTip(block) && !search.isExhausted()) {
        if (tries.left() <= 0) {
          return Optional.empty();
        }
        checkNotStopped();
        long before = search.nextNonce();
        Optional<BlockHeader> found = search.search(Math.min(SLICE, tries.left()));
        tries.use(search.nextNonce() - before);
        if (found.isPresent()) {
          return Optional.of(new Block(found.get(), block.transactions()));
        }
      }
    }
  }

  /**
   * Makes blocks and hands them to the chain, one after the other.
   *
   * @param maxTries hashes to try at most for all of them; if empty, {@link #defaultTries}
   * @return their hashes; fewer than {@code count} where the tries did not suffice
   */
  public ArrayNode generate(Supplier<Block> template, int count, Optional<Long> maxTries) {
    Tries tries = new Tries(maxTries.orElseGet(this::defaultTries));
    ArrayNode hashes = Json.array();
    for (int i = 0; i < count; i++) {
      Optional<Block> block = make(template, tries);
      if (block.isEmpty()) {
        break;
      }
      submit(block.get());
      hashes.add(block.get().hash().toString());
    }
    return hashes;
  }

  /** Hands a block to the chain. */
  public void submit(Block block) {
    Verdict verdict = calls.call(() -> chain.submit(block));
    if (verdict instanceof Verdict.Rejected rejected) {
      throw new RpcException(
          RpcErrorCode.INTERNAL_ERROR, "ProcessNewBlock, block not accepted: " + rejected);
    }
  }

  private boolean isOnTip(Block block) {
    return block.header().previous().equals(chain.snapshot().tip().hash());
  }

  private static void checkNotStopped() {
    if (Thread.currentThread().isInterrupted()) {
      throw new RpcException(RpcErrorCode.CLIENT_NOT_CONNECTED, "Shutting down");
    }
  }

  /** How many hashes may still be tried. */
  public static final class Tries {
    private long left;

    public Tries(long left) {
      this.left = left;
    }

    public long left() {
      return left;
    }

    void use(long count) {
      left -= count;
    }
  }
}
