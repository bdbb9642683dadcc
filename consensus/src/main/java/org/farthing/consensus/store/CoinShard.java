package org.farthing.consensus.store;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.farthing.consensus.primitives.OutPoint;

/**
 * A part of a {@link CoinTable}: open addressing over pages of slots, each with the hash and the
 * place of an entry, eight bytes. It grows by doubling. Whoever calls holds its monitor.
 */
final class CoinShard {
  private static final int PAGE_SLOTS = CoinPages.PAGE_BYTES / Long.BYTES;

  /** It grows when it is fuller than this. */
  private static final double MOST_FULL = 0.75;

  private final CoinPages.Holder memory;
  private final CoinArena arena;
  private ByteBuffer[] slots = {};
  private int entries;
  private long changes;
  private boolean frozen;

  CoinShard(CoinPages.Holder memory) {
    this.memory = memory;
    this.arena = new CoinArena(memory);
  }

  /** How many entries there are. */
  int entries() {
    return entries;
  }

  /** A number that is another one after each change of what is not in the database. */
  long changes() {
    return changes;
  }

  /** Nothing may change any more. */
  void freeze() {
    frozen = true;
  }

  /** The database has it all, so that more can be learned. */
  void thaw() {
    changes++;
    frozen = false;
  }

  /** Returns the place of an entry, or 0. */
  int find(OutPoint outPoint, int hash) {
    int slot = slotOf(outPoint, hash);
    return slot < 0 ? 0 : place(slot(slot));
  }

  /** The coin's bytes; none where it is gone; null if nothing is known of it. */
  byte[] value(OutPoint outPoint, int hash) {
    int place = find(outPoint, hash);
    return place == 0 ? null : arena.value(place);
  }

  CoinState state(int place) {
    return arena.state(place);
  }

  /** Changes a coin, or learns of a change. */
  void put(OutPoint outPoint, int hash, CoinState state, byte[] value) {
    if (frozen) {
      throw new AssertionError("it is being written");
    }
    changes++;
    set(outPoint, hash, state, value);
  }

  /**
   * Remembers what was read, unless something has changed since.
   *
   * @param since what {@link #changes} was before the coin was read elsewhere
   */
  void remember(OutPoint outPoint, int hash, byte[] value, long since) {
    if (!frozen && changes == since && slotOf(outPoint, hash) < 0) {
      set(outPoint, hash, CoinState.KNOWN, value);
    }
  }

  private void set(OutPoint outPoint, int hash, CoinState state, byte[] value) {
    if (entries + 1 > MOST_FULL * capacity()) {
      grow();
    }
    int slot = slotOf(outPoint, hash);
    if (slot < 0) {
      entries++;
      slot = ~slot;
    } else {
      arena.remove(place(slot(slot)));
    }
    setSlot(slot, slot(hash, arena.add(outPoint, state, value)));
  }

  /** Forgets an entry, if it is there. */
  void remove(OutPoint outPoint, int hash) {
    changes++;
    int slot = slotOf(outPoint, hash);
    if (slot >= 0) {
      arena.remove(place(slot(slot)));
      close(slot);
      entries--;
    }
  }

  /** Moves up those after a slot that would not be found any more if it were empty. */
  private void close(int slot) {
    int mask = capacity() - 1;
    int hole = slot;
    for (int next = (hole + 1) & mask; slot(next) != 0; next = (next + 1) & mask) {
      int home = hash(slot(next)) & mask;
      if (((next - home) & mask) >= ((next - hole) & mask)) {
        setSlot(hole, slot(next));
        hole = next;
      }
    }
    setSlot(hole, 0);
  }

  /** Forgets everything, and gives all memory back. */
  void clear() {
    changes++;
    freeze();
    arena.clear();
    for (ByteBuffer page : slots) {
      memory.giveBack(page);
    }
    slots = new ByteBuffer[0];
    entries = 0;
  }

  private int capacity() {
    return slots.length * PAGE_SLOTS;
  }

  private void grow() {
    ByteBuffer[] before = slots;
    slots = new ByteBuffer[Math.max(1, 2 * before.length)];
    for (int i = 0; i < slots.length; i++) {
      slots[i] = memory.take();
      clear(slots[i]);
    }
    int mask = capacity() - 1;
    for (ByteBuffer page : before) {
      for (int i = 0; i < PAGE_SLOTS; i++) {
        long entry = page.getLong(i * Long.BYTES);
        if (entry != 0) {
          int slot = hash(entry) & mask;
          while (slot(slot) != 0) {
            slot = (slot + 1) & mask;
          }
          setSlot(slot, entry);
        }
      }
      memory.giveBack(page);
    }
  }

  private static void clear(ByteBuffer page) {
    for (int i = 0; i < PAGE_SLOTS; i++) {
      page.putLong(i * Long.BYTES, 0);
    }
  }

  /** The slot of an entry, or the complement of that where it would stand. */
  private int slotOf(OutPoint outPoint, int hash) {
    if (slots.length == 0) {
      return -1;
    }
    int mask = capacity() - 1;
    int at = hash & mask;
    for (long slot = slot(at); slot != 0; slot = slot(at)) {
      if (hash(slot) == hash && arena.isOf(place(slot), outPoint)) {
        return at;
      }
      at = (at + 1) & mask;
    }
    return ~at;
  }

  private long slot(int index) {
    return slots[index / PAGE_SLOTS].getLong(index % PAGE_SLOTS * Long.BYTES);
  }

  private void setSlot(int index, long slot) {
    slots[index / PAGE_SLOTS].putLong(index % PAGE_SLOTS * Long.BYTES, slot);
  }

  private static long slot(int hash, int place) {
    return ((long) hash << 32) | (place & 0xffffffffL);
  }

  private static int hash(long slot) {
    return upper(slot);
  }

  private static int upper(long pair) {
    return (int) (pair >>> 32);
  }

  private static int place(long slot) {
    return (int) slot;
  }

  private IntStream places() {
    return IntStream.range(0, capacity())
        .mapToLong(this::slot)
        .filter(slot -> slot != 0)
        .mapToInt(CoinShard::place);
  }

  /** Those of what is not in the database yet. */
  private IntStream changed() {
    return places().filter(place -> arena.state(place) != CoinState.KNOWN);
  }

  /** How much is not in the database yet; no further than to a limit. Nothing changes any more. */
  long countChanges(long most) {
    return changed().limit(most).count();
  }

  /**
   * Tells what is not in the database yet, in the order of the keys. Nothing changes any more, so
   * that nobody is locked out meanwhile.
   */
  <E extends Exception> void forEachChange(CoinTable.ChangeVisitor<E> visitor) throws E {
    long[] order = changed().mapToLong(place -> slot(arena.keyPrefix(place), place)).toArray();
    // All keys of a shard have the same first bits, so that their sign is of no matter.
    Arrays.sort(order);
    int from = 0;
    for (int to = 1; to <= order.length; to++) {
      if (to == order.length || upper(order[to]) != upper(order[from])) {
        if (to - from > 1) {
          sort(order, from, to);
        }
        from = to;
      }
    }
    for (long entry : order) {
      int place = place(entry);
      visitor.changed(arena.key(place), arena.value(place));
    }
  }

  /** Of keys that begin alike; nearly always those of one transaction. */
  private void sort(long[] order, int from, int to) {
    long[] sorted =
        Arrays.stream(order, from, to)
            .boxed()
            .sorted((one, other) -> arena.compareKeys(place(one), place(other)))
            .mapToLong(Long::longValue)
            .toArray();
    System.arraycopy(sorted, 0, order, from, sorted.length);
  }

  /** Adds everything to another table, as what the database has. Nothing changes any more. */
  void copyTo(CoinTable other) {
    places()
        .forEach(
            place ->
                other.learn(
                    arena.outPoint(place),
                    arena.state(place) == CoinState.GONE ? null : arena.value(place)));
  }
}
