package org.farthing.wallet.descriptor;

/**
 * Places of scripts by the hash codes of the scripts: a table with open addressing in two arrays of
 * numbers, so that a million entries are no objects and a script that is not there is told from one
 * array alone. Several places may have one hash code; what the scripts are, others know.
 */
final class ScriptTable {
  private static final int SMALLEST = 16;

  /** Spreads hash codes over the slots: 2^32 divided by the golden ratio. */
  private static final int SPREAD = 0x9e3779b9;

  /** Zero where a slot is free. */
  private int[] hashes = new int[SMALLEST];

  private long[] places = new long[SMALLEST];
  private int size;

  int size() {
    return size;
  }

  /** Adds a place, unless it is there. */
  void add(int hashCode, long place) {
    if (4L * (size + 1) > 3L * hashes.length) {
      grow();
    }
    int hash = used(hashCode);
    int slot = slot(hash);
    while (hashes[slot] != 0) {
      if (hashes[slot] == hash && places[slot] == place) {
        return;
      }
      slot = after(slot);
    }
    put(slot, hash, place);
    size++;
  }

  /** The first slot with this hash code; -1 if there is none. */
  int first(int hashCode) {
    int hash = used(hashCode);
    return search(slot(hash), hash);
  }

  /** The next slot with the hash code of this one; -1 if there is none. */
  int next(int slot) {
    return search(after(slot), hashes[slot]);
  }

  long place(int slot) {
    return places[slot];
  }

  private int search(int from, int hash) {
    int slot = from;
    while (hashes[slot] != hash) {
      if (hashes[slot] == 0) {
        return -1;
      }
      slot = after(slot);
    }
    return slot;
  }

  private void grow() {
    int[] oldHashes = hashes;
    long[] oldPlaces = places;
    hashes = new int[2 * oldHashes.length];
    places = new long[hashes.length];
    for (int i = 0; i < oldHashes.length; i++) {
      if (oldHashes[i] != 0) {
        int slot = slot(oldHashes[i]);
        while (hashes[slot] != 0) {
          slot = after(slot);
        }
        put(slot, oldHashes[i], oldPlaces[i]);
      }
    }
  }

  private void put(int slot, int hash, long place) {
    hashes[slot] = hash;
    places[slot] = place;
  }

  private static int used(int hashCode) {
    return hashCode == 0 ? 1 : hashCode;
  }

  /**
   * The upper bits of the product: its lower ones hang on the lower ones of the hash code alone.
   */
  private int slot(int hash) {
    return (hash * SPREAD) >>> (1 + Integer.numberOfLeadingZeros(hashes.length));
  }

  private int after(int slot) {
    return (slot + 1) & (hashes.length - 1);
  }
}
