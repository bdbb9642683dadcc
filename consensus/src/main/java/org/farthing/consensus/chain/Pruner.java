package org.farthing.consensus.chain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * Deletes old blocks to save space: bodies and undo data, of all branches, from the lowest upwards.
 * Headers, coins and what was learned of the blocks stay.
 *
 * <p>The last {@value #KEPT_BLOCKS} blocks below the tip are never touched, whichever branch they
 * are on: a node that says that it has no old blocks promises these (BIP-0159), and reorganisations
 * may go back that far. A block that was pruned can be received again, and then stays for a while:
 * {@link ReturnedBlocks}.
 *
 * <p>For the owner of the chain.
 */
public final class Pruner {
  /** How far below the tip everything stays. */
  public static final int KEPT_BLOCKS = 288;

  /**
   * Pruning begins when less than this part of the target is free, and goes on until twice as much
   * is: the database needs some room of its own, and does not work for each single block.
   */
  private static final int RESERVE_PART = 32;

  private static final int BLOCKS_AT_ONCE = 500;

  /** What stands before each block in Bitcoin Core's files: magic and length. */
  private static final long BLOCK_OVERHEAD = 8;

  private final Ledger ledger;
  private final HeaderTree headers;
  private final ReturnedBlocks returned;
  private final Supplier<ChainSnapshot> chain;
  private final Owner owner;
  private final Executor background;
  private final List<IntSupplier> readers = new ArrayList<>();

  /** 0: each block for itself. */
  private long groupBytes;

  /**
   * @param background gives space back to the system, which takes a moment
   */
  Pruner(
      Ledger ledger,
      HeaderTree headers,
      ReturnedBlocks returned,
      Supplier<ChainSnapshot> chain,
      Owner owner,
      Executor background) {
    this.ledger = ledger;
    this.headers = headers;
    this.returned = returned;
    this.chain = chain;
    this.owner = owner;
    this.background = background;
  }

  /**
   * From now on deletes only whole groups of blocks that follow each other, as Bitcoin Core deletes
   * whole files. A group begins with the lowest block that is there.
   *
   * @param bytes that a group has less than, unless it is one block
   */
  public void inGroupsOf(long bytes) {
    groupBytes = bytes;
  }

  /**
   * Spares blocks that somebody has still to read.
   *
   * @param lastRead the height of the last block that he does not need any more, now
   */
  public void spareAfter(IntSupplier lastRead) {
    readers.add(lastRead);
  }

  /**
   * Deletes the blocks up to a height.
   *
   * @param height the last that may go, if it is not too close to the tip
   */
  public void pruneTo(int height) {
    owner.check();
    prune(height, Long.MAX_VALUE);
  }

  /**
   * Deletes the lowest blocks if all together come close to the target. They may still be more
   * afterwards: those near the tip stay.
   *
   * @param targetBytes for bodies and undo data
   */
  public void pruneToSize(long targetBytes) {
    owner.check();
    long bytes = ledger.blockBytes();
    long reserve = targetBytes / RESERVE_PART;
    if (bytes > targetBytes - reserve) {
      prune(Integer.MAX_VALUE, bytes - (targetBytes - 2 * reserve));
    }
  }

  private void prune(int height, long bytesToFree) {
    int last = Math.min(height, chain.get().height() - KEPT_BLOCKS);
    for (IntSupplier reader : readers) {
      last = Math.min(last, reader.getAsInt());
    }
    long freed = 0;
    int highest = 0;
    List<StoredBlock> victims = victims(last, bytesToFree);
    while (!victims.isEmpty()) {
      forget(victims);
      freed += victims.stream().mapToLong(StoredBlock::bytes).sum();
      highest = victims.stream().mapToInt(block -> block.key().height()).reduce(highest, Math::max);
      victims = freed < bytesToFree ? victims(last, bytesToFree - freed) : List.of();
    }
    if (highest > 0) {
      int reclaimed = highest;
      background.execute(() -> ledger.reclaim(reclaimed));
    }
  }

  /** Some of the oldest blocks: no more than necessary, and none that goes with a higher one. */
  private List<StoredBlock> victims(int last, long bytesToFree) {
    if (groupBytes > 0) {
      List<StoredBlock> group = oldestGroup();
      return group.stream().allMatch(block -> returned.goesWith(block.key()) <= last)
          ? group
          : List.of();
    }
    List<StoredBlock> victims = new ArrayList<>();
    OldestFirst blocks = new OldestFirst(ledger, headers.genesis().key(), returned);
    long freed = 0;
    while (victims.size() < BLOCKS_AT_ONCE && freed < bytesToFree) {
      Optional<StoredBlock> block = blocks.next();
      if (block.isEmpty() || returned.goesWith(block.get().key()) > last) {
        return victims;
      }
      victims.add(block.get());
      freed += block.get().bytes();
    }
    return victims;
  }

  /** Empty where there are too few blocks for a group. */
  private List<StoredBlock> oldestGroup() {
    List<StoredBlock> group = new ArrayList<>();
    OldestFirst blocks = new OldestFirst(ledger, headers.genesis().key(), returned);
    long bytes = 0;
    for (var block = blocks.next(); block.isPresent(); block = blocks.next()) {
      // The genesis is in the first group, though it stays.
      bytes += group.isEmpty() && block.get().key().height() == 1 ? genesisBytes() : 0;
      bytes += block.get().bodyBytes() + BLOCK_OVERHEAD;
      if (bytes >= groupBytes && !group.isEmpty()) {
        return group;
      }
      group.add(block.get());
    }
    return List.of();
  }

  private long genesisBytes() {
    return ledger.blockBytes(headers.genesis().key()).orElseThrow().length + BLOCK_OVERHEAD;
  }

  private void forget(List<StoredBlock> victims) {
    LedgerUpdate update = new LedgerUpdate();
    for (StoredBlock block : victims) {
      HeaderNode node = headers.find(block.key().hash()).orElseThrow();
      // Before the body goes: who finds none must find out why.
      headers.markPruned(node);
      update.forget(block.key()).header(headers.stored(node));
      returned.remove(block.key());
    }
    ledger.commit(update);
  }
}
