package org.farthing.node.peer;

import java.util.HashMap;
import java.util.Map;
import org.farthing.node.wire.AddressNetwork;

/** Whether a book agrees with itself. The codes of faults are Bitcoin Core's. */
final class BookCheck {
  private final BookTables tables;

  BookCheck(BookTables tables) {
    this.tables = tables;
  }

  /** 0, or what is wrong. */
  int run() {
    int found = entries();
    found = found != 0 ? found : tried();
    found = found != 0 ? found : fresh();
    found = found != 0 ? found : counts();
    return found == 0 && tables.key.isZero() ? -16 : found;
  }

  private int entries() {
    if (tables.list().size() != tables.freshSize() + tables.triedSize()) {
      return -7;
    }
    for (int i = 0; i < tables.list().size(); i++) {
      BookEntry entry = tables.list().get(i);
      int found = entry.tried ? triedEntry(entry) : freshEntry(entry);
      if (found != 0) {
        return found;
      }
      if (!tables.has(entry)) {
        return -5;
      }
      if (entry.index != i) {
        return -14;
      }
      if (entry.lastTrySeconds < 0) {
        return -6;
      }
      if (entry.lastSuccessSeconds < 0) {
        return -8;
      }
    }
    return 0;
  }

  private static int triedEntry(BookEntry entry) {
    if (entry.lastSuccessSeconds == 0) {
      return -1;
    }
    return entry.places == 0 ? 0 : -2;
  }

  private static int freshEntry(BookEntry entry) {
    if (entry.places < 0 || entry.places > BookTables.MAX_PLACES) {
      return -3;
    }
    return entry.places == 0 ? -4 : 0;
  }

  private int tried() {
    Map<BookTable.Place, BookEntry> all = tables.tried.all();
    if (all.size() != tables.triedSize()) {
      return -9;
    }
    for (Map.Entry<BookTable.Place, BookEntry> each : all.entrySet()) {
      if (!each.getValue().tried || !tables.has(each.getValue())) {
        return -11;
      }
      BookTable.Place wanted = tables.triedPlace(each.getValue().address);
      if (wanted.bucket() != each.getKey().bucket()) {
        return -17;
      }
      if (wanted.position() != each.getKey().position()) {
        return -18;
      }
    }
    return 0;
  }

  private int fresh() {
    Map<BookEntry, Integer> places = new HashMap<>();
    for (Map.Entry<BookTable.Place, BookEntry> each : tables.fresh.all().entrySet()) {
      BookEntry entry = each.getValue();
      BookTable.Place place = each.getKey();
      if (entry.tried || !tables.has(entry)) {
        return -12;
      }
      if (tables.key.position(entry.address, false, place.bucket()) != place.position()) {
        return -19;
      }
      places.merge(entry, 1, Integer::sum);
    }
    if (places.size() != tables.freshSize()) {
      return -10;
    }
    boolean agree =
        places.entrySet().stream().allMatch(each -> each.getKey().places == each.getValue());
    return agree ? 0 : -15;
  }

  private int counts() {
    Map<AddressNetwork, BookTables.Count> found = new HashMap<>();
    for (BookEntry entry : tables.list()) {
      BookTables.Count count =
          found.computeIfAbsent(entry.address.network(), any -> new BookTables.Count());
      if (entry.tried) {
        count.tried++;
      } else {
        count.fresh++;
      }
    }
    for (AddressNetwork network : AddressNetwork.values()) {
      BookTables.Count counted = found.getOrDefault(network, new BookTables.Count());
      BookTables.Count kept = tables.count(network);
      if (kept.fresh != counted.fresh || kept.tried != counted.tried) {
        return -21;
      }
    }
    return 0;
  }
}
