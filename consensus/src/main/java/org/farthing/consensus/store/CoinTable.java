package org.farthing.consensus.store;

import org.farthing.consensus.crypto.SipHash;
import org.farthing.consensus.primitives.OutPoint;

/**
 * Coins in memory, and what became of them. Parts of it are locked one by one, so that any thread
 * may look while others do. The parts hold keys that follow each other, so that all changes can be
 * told in their order without sorting them at once.
 */
final class CoinTable {
  private static final int SHARD_BITS = 4;

  private final CoinPages.Holder memory;
  private final CoinHash hashes;
  private final CoinShard[] shards = new CoinShard[1 << SHARD_BITS];

  CoinTable(CoinPages pages, CoinHash hashes) {
    this.memory = pages.new Holder();
    this.hashes = hashes;
    for (int i = 0; i < shards.length; i++) {
      shards[i] = new CoinShard(memory);
    }
  }

  /**
   * Where a coin stands: strangers choose outpoints, and must not know which of them collide.
   *
   * @param key0 secret
   * @param key1 secret
   */
  record CoinHash(long key0, long key1) {
    int of(OutPoint outPoint) {
      return (int) SipHash.hash(key0, key1, outPoint.txid().words(), outPoint.index());
    }
  }

  /** Is told of changes. */
  @FunctionalInterface
  interface ChangeVisitor<E extends Exception> {
    /**
     * @param key of {@link Columns#COINS}
     * @param value that of the same; empty if the coin is gone
     */
    void changed(byte[] key, byte[] value) throws E;
  }

  /** The part that has a coin, if any has. */
  CoinShard shard(OutPoint outPoint) {
    return shards[(int) (outPoint.txid().word(0) & 0xff) >>> (Byte.SIZE - SHARD_BITS)];
  }

  /** The coin's bytes; none where it is gone; null if nothing is known of it. */
  byte[] value(OutPoint outPoint, int hash) {
    CoinShard shard = shard(outPoint);
    synchronized (shard) {
      return shard.value(outPoint, hash);
    }
  }

  /** Whether it is in it, or was spent. */
  boolean has(OutPoint outPoint, int hash) {
    CoinShard shard = shard(outPoint);
    synchronized (shard) {
      return shard.find(outPoint, hash) != 0;
    }
  }

  /** Takes over what the database has; null if it has no such coin. */
  void learn(OutPoint outPoint, byte[] value) {
    CoinShard shard = shard(outPoint);
    int hash = hashes.of(outPoint);
    synchronized (shard) {
      if (value == null) {
        shard.remove(outPoint, hash);
      } else {
        shard.put(outPoint, hash, CoinState.KNOWN, value);
      }
    }
  }

  /** How many coins are in it, or have been spent. */
  long entries() {
    long entries = 0;
    for (CoinShard shard : shards) {
      synchronized (shard) {
        entries += shard.entries();
      }
    }
    return entries;
  }

  /** The memory that it has. */
  long bytes() {
    return memory.bytes();
  }

  /** Nothing changes any more. */
  void freeze() {
    for (CoinShard shard : shards) {
      synchronized (shard) {
        shard.freeze();
      }
    }
  }

  /** The database has all that is in it: it may learn again. */
  void thaw() {
    for (CoinShard shard : shards) {
      synchronized (shard) {
        shard.thaw();
      }
    }
  }

  /** Forgets everything for good, and gives all memory back. */
  void clear() {
    for (CoinShard shard : shards) {
      synchronized (shard) {
        shard.clear();
      }
    }
  }

  /** Whether so much, or more, is not in the database yet. The table is frozen. */
  boolean hasChanges(long many) {
    long missing = many;
    for (int i = 0; i < shards.length && missing > 0; i++) {
      missing -= shards[i].countChanges(missing);
    }
    return missing <= 0;
  }

  /** Tells what is not in the database yet, in the order of the keys. The table is frozen. */
  <E extends Exception> void forEachChange(ChangeVisitor<E> visitor) throws E {
    for (CoinShard shard : shards) {
      shard.forEachChange(visitor);
    }
  }

  /** Adds everything to another table, as what the database has. The table is frozen. */
  void copyTo(CoinTable other) {
    for (CoinShard shard : shards) {
      shard.copyTo(other);
    }
  }
}
