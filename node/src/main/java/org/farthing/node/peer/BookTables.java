package org.farthing.node.peer;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.farthing.node.wire.AddressNetwork;
import org.farthing.node.wire.NetAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two tables of an {@link AddressBook} and what points into them: an entry is either at one to
 * {@value #MAX_PLACES} places of the new addresses, or at one of those that were tried.
 */
final class BookTables {
  private static final Logger LOG = LoggerFactory.getLogger(AddressBook.class);

  /** In so many places at most a new address can be, by different sources. */
  static final int MAX_PLACES = 8;

  /** How many addresses of a network there are. */
  static final class Count {
    int fresh;
    int tried;
  }

  final BookKey key;
  final BookTable fresh = new BookTable();
  final BookTable tried = new BookTable();
  final Map<AddressNetwork, Count> counts = new EnumMap<>(AddressNetwork.class);
  private final Map<NetAddress, BookEntry> entries = new HashMap<>();
  private final List<BookEntry> list = new ArrayList<>();

  BookTables(BookKey key) {
    this.key = key;
  }

  Optional<BookEntry> find(NetAddress address) {
    return Optional.ofNullable(entries.get(address));
  }

  boolean has(BookEntry entry) {
    return entries.get(entry.address) == entry;
  }

  /** All entries, in an order without meaning. */
  List<BookEntry> list() {
    return list;
  }

  Count count(AddressNetwork network) {
    return counts.computeIfAbsent(network, any -> new Count());
  }

  int freshSize() {
    return counts.values().stream().mapToInt(count -> count.fresh).sum();
  }

  int triedSize() {
    return counts.values().stream().mapToInt(count -> count.tried).sum();
  }

  BookTable.Place freshPlace(NetAddress address, NetAddress source) {
    int bucket = key.newBucket(address, source);
    return new BookTable.Place(bucket, key.position(address, false, bucket));
  }

  BookTable.Place triedPlace(NetAddress address) {
    int bucket = key.triedBucket(address);
    return new BookTable.Place(bucket, key.position(address, true, bucket));
  }

  /** An entry that has no place yet. */
  void create(BookEntry entry) {
    entries.put(entry.address, entry);
    entry.index = list.size();
    list.add(entry);
    count(entry.address.network()).fresh++;
  }

  /** Exchanges the entry at this index with one at random among those from there on. */
  BookEntry shuffleInto(int index, Random random) {
    int other = index + random.nextInt(list.size() - index);
    swap(index, other);
    return list.get(index);
  }

  private void swap(int left, int right) {
    BookEntry one = list.get(left);
    BookEntry two = list.get(right);
    list.set(left, two);
    two.index = left;
    list.set(right, one);
    one.index = right;
  }

  /** Forgets an entry that has no place. */
  void delete(BookEntry entry) {
    swap(entry.index, list.size() - 1);
    list.remove(list.size() - 1);
    entries.remove(entry.address);
    count(entry.address.network()).fresh--;
  }

  /** Puts a new address to a place; who has it loses it. */
  void putFresh(BookTable.Place place, BookEntry entry) {
    clearFresh(place);
    fresh.put(place, entry);
    entry.places++;
  }

  private void clearFresh(BookTable.Place place) {
    BookEntry old = fresh.get(place);
    if (old != null) {
      fresh.remove(place);
      old.places--;
      LOG.debug("Removed {} from new[{}][{}]", old.address, place.bucket(), place.position());
      if (old.places == 0) {
        delete(old);
      }
    }
  }

  /** Moves a new address to its place among those that were tried; who has it becomes new. */
  void makeTried(BookEntry entry) {
    leaveFresh(entry);
    BookTable.Place place = triedPlace(entry.address);
    BookEntry old = tried.get(place);
    if (old != null) {
      tried.remove(place);
      old.tried = false;
      Count count = count(old.address.network());
      count.tried--;
      count.fresh++;
      BookTable.Place back = freshPlace(old.address, old.source);
      putFresh(back, old);
      LOG.debug(
          "Moved {} from tried[{}][{}] to new[{}][{}] to make space",
          old.address,
          place.bucket(),
          place.position(),
          back.bucket(),
          back.position());
    }
    putTried(place, entry);
  }

  /** Puts an entry to a place that nobody has. */
  void putTried(BookTable.Place place, BookEntry entry) {
    tried.put(place, entry);
    entry.tried = true;
    Count count = count(entry.address.network());
    count.fresh--;
    count.tried++;
  }

  private void leaveFresh(BookEntry entry) {
    int first = key.newBucket(entry.address, entry.source);
    for (int i = 0; i < BookTable.NEW_BUCKETS && entry.places > 0; i++) {
      int bucket = (first + i) % BookTable.NEW_BUCKETS;
      BookTable.Place place =
          new BookTable.Place(bucket, key.position(entry.address, false, bucket));
      if (fresh.get(place) == entry) {
        fresh.remove(place);
        entry.places--;
      }
    }
  }
}
