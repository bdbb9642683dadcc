package org.farthing.consensus.chain;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.farthing.consensus.primitives.Block;

/**
 * The bytes of a block that is going to be stored, if it passes its checks: a worker writes them
 * while it is checked. Where no worker has begun when they are wanted, who wants them does it.
 */
final class BytesAhead implements Supplier<byte[]> {
  /** A smaller one is written sooner than it is handed over. */
  static final int LEAST_TRANSACTIONS = 200;

  private final Block block;
  private final AtomicBoolean taken = new AtomicBoolean();
  private final CompletableFuture<byte[]> written = new CompletableFuture<>();

  private BytesAhead(Block block) {
    this.block = block;
  }

  static Supplier<byte[]> of(Block block, Executor workers) {
    if (block.transactions().size() < LEAST_TRANSACTIONS) {
      return block::serialize;
    }
    BytesAhead bytes = new BytesAhead(block);
    workers.execute(bytes::write);
    return bytes;
  }

  private void write() {
    if (taken.compareAndSet(false, true)) {
      try {
        written.complete(block.serialize());
      } catch (RuntimeException | Error e) {
        written.completeExceptionally(e);
      }
    }
  }

  @Override
  public byte[] get() {
    write();
    return written.join();
  }
}
