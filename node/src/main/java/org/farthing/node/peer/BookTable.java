package org.farthing.node.peer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Buckets of {@value #BUCKET_SIZE} places each. Only those with entries take memory: a process may
 * hold thousands of books.
 */
final class BookTable {
  static final int NEW_BUCKETS = 1024;
  static final int TRIED_BUCKETS = 256;
  static final int BUCKET_SIZE = 64;

  private static final BookEntry[] NONE = {};

  /** A bucket that has entries: a bit for each place that is taken, and who has them, in order. */
  private static final class Bucket {
    final int number;
    long taken;
    BookEntry[] entries = NONE;

    /** Where it stands in the list of buckets. */
    int index;

    Bucket(int number) {
      this.number = number;
    }

    boolean has(int position) {
      return (taken & 1L << position) != 0;
    }

    private int rank(int position) {
      return Long.bitCount(taken & (1L << position) - 1);
    }

    BookEntry get(int position) {
      return has(position) ? entries[rank(position)] : null;
    }

    void put(int position, BookEntry entry) {
      int at = rank(position);
      if (!has(position)) {
        BookEntry[] more = new BookEntry[entries.length + 1];
        System.arraycopy(entries, 0, more, 0, at);
        System.arraycopy(entries, at, more, at + 1, entries.length - at);
        entries = more;
        taken |= 1L << position;
      }
      entries[at] = entry;
    }

    void remove(int position) {
      int at = rank(position);
      BookEntry[] fewer = new BookEntry[entries.length - 1];
      System.arraycopy(entries, 0, fewer, 0, at);
      System.arraycopy(entries, at + 1, fewer, at, fewer.length - at);
      entries = fewer;
      taken &= ~(1L << position);
    }
  }

  /** A place in the table. */
  record Place(int bucket, int position) {}

  private final Map<Integer, Bucket> buckets = new TreeMap<>();
  private final List<Bucket> list = new ArrayList<>();

  /** The entry there, or null. */
  BookEntry get(Place place) {
    Bucket bucket = buckets.get(place.bucket());
    return bucket == null ? null : bucket.get(place.position());
  }

  void put(Place place, BookEntry entry) {
    Bucket bucket = buckets.get(place.bucket());
    if (bucket == null) {
      bucket = new Bucket(place.bucket());
      bucket.index = list.size();
      list.add(bucket);
      buckets.put(place.bucket(), bucket);
    }
    bucket.put(place.position(), entry);
  }

  /** Empties a place that is taken. */
  void remove(Place place) {
    Bucket bucket = buckets.get(place.bucket());
    bucket.remove(place.position());
    if (bucket.taken == 0) {
      buckets.remove(place.bucket());
      Bucket last = list.remove(list.size() - 1);
      if (last != bucket) {
        list.set(bucket.index, last);
        last.index = bucket.index;
      }
    }
  }

  /** All places that are taken, in their order. */
  Map<Place, BookEntry> all() {
    Map<Place, BookEntry> all = new LinkedHashMap<>();
    for (Bucket bucket : buckets.values()) {
      for (int position = 0; position < BUCKET_SIZE; position++) {
        if (bucket.has(position)) {
          all.put(new Place(bucket.number, position), bucket.get(position));
        }
      }
    }
    return all;
  }

  /**
   * An entry of a random bucket, from a random place on. There must be one that is wanted.
   *
   * @param isWanted the others are passed over
   */
  BookEntry any(Random random, Predicate<BookEntry> isWanted) {
    while (true) {
      Bucket bucket = list.get(random.nextInt(list.size()));
      int first = random.nextInt(BUCKET_SIZE);
      for (int i = 0; i < BUCKET_SIZE; i++) {
        BookEntry entry = bucket.get((first + i) % BUCKET_SIZE);
        if (entry != null && isWanted.test(entry)) {
          return entry;
        }
      }
    }
  }
}
