package org.farthing.node.wallets;

import java.util.concurrent.CompletableFuture;
import org.farthing.wallet.Wallet;

/**
 * A wallet's reading of blocks that somebody waits for. A wallet has one at a time; while it lasts
 * the wallet is not unloaded. Owned by the node's thread, but for {@link #end}.
 */
public final class Rescan {
  private final Wallet wallet;
  private final long startedSeconds;
  private final CompletableFuture<Outcome> end = new CompletableFuture<>();

  /** How a rescan ended. */
  public enum Outcome {
    /** All blocks were read. */
    DONE,
    /** Its owner wanted no more of it. */
    ABORTED
  }

  Rescan(Wallet wallet, long startedSeconds) {
    this.wallet = wallet;
    this.startedSeconds = startedSeconds;
  }

  public Wallet wallet() {
    return wallet;
  }

  /** Seconds since 1970. */
  public long startedSeconds() {
    return startedSeconds;
  }

  /** Completed when it has ended. */
  public CompletableFuture<Outcome> end() {
    return end;
  }
}
