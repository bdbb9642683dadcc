package org.farthing.consensus.chain;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.primitives.Block;

/**
 * Finds the headers again of all bodies in a ledger that has lost the rest. Bodies stand by height,
 * so that each comes after its parent. One that is damaged, that breaks a rule, or whose ancestors
 * are not all there, is deleted: it can be asked for again.
 *
 * <p>Workers read the next bodies, and check what they can, while those before them get their
 * places; what was found of a piece of the chain is written at once, and its blocks are connected
 * while they are at hand. It may end at any moment, and goes on when the ledger is opened the next
 * time. Where a block is named before which scripts are spared, blocks are connected afterwards,
 * when all headers are known.
 */
final class Rebuild {
  private final Ledger ledger;
  private final BlockAcceptance acceptance;
  private final Executor workers;
  private final BooleanSupplier stopping;

  /**
   * A body.
   *
   * @param block empty where it is of no use
   */
  private record Body(BlockKey key, Optional<Block> block) {}

  /**
   * @param stopping asked between two blocks
   */
  Rebuild(Ledger ledger, BlockAcceptance acceptance, Executor workers, BooleanSupplier stopping) {
    this.ledger = ledger;
    this.acceptance = acceptance;
    this.workers = workers;
    this.stopping = stopping;
  }

  /**
   * @param genesis which has its header
   */
  void run(BlockKey genesis) {
    Iterator<List<BlockKey>> pieces = new StoredPieces(ledger, genesis);
    Optional<Supplier<List<Body>>> coming = readNext(pieces);
    while (coming.isPresent()) {
      List<Body> bodies = coming.get().get();
      coming = readNext(pieces);
      if (!take(bodies)) {
        return;
      }
    }
    ledger.endRebuild();
  }

  private Optional<Supplier<List<Body>>> readNext(Iterator<List<BlockKey>> pieces) {
    if (!pieces.hasNext()) {
      return Optional.empty();
    }
    List<BlockKey> piece = pieces.next();
    return Optional.of(Ahead.of(() -> piece.stream().map(this::read).toList(), workers));
  }

  /** Any thread. */
  private Body read(BlockKey key) {
    return new Body(
        key,
        ledger
            .blockBytes(key)
            .flatMap(Rebuild::decode)
            .filter(block -> block.hash().equals(key.hash()))
            .filter(acceptance::isGoodInIsolation));
  }

  private static Optional<Block> decode(byte[] bytes) {
    try {
      return Optional.of(Block.decode(bytes));
    } catch (DecodeException e) {
      return Optional.empty();
    }
  }

  /**
   * @return whether these were all taken; false where somebody wants to stop
   */
  private boolean take(List<Body> bodies) {
    LedgerUpdate update = new LedgerUpdate();
    List<Block> good = new ArrayList<>();
    boolean stopped = false;
    for (Iterator<Body> left = bodies.iterator(); left.hasNext() && !stopped; ) {
      stopped = stopping.getAsBoolean();
      if (!stopped) {
        Body body = left.next();
        taken(body, update).ifPresentOrElse(good::add, () -> update.forget(body.key()));
      }
    }
    acceptance.took(update, good);
    return !stopped;
  }

  private Optional<Block> taken(Body body, LedgerUpdate update) {
    return body.block()
        .filter(block -> acceptance.alreadyStored(block, body.key(), update).isAccepted());
  }
}
