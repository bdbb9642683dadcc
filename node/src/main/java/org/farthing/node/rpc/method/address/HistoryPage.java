package org.farthing.node.rpc.method.address;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.farthing.consensus.column.Order;
import org.farthing.consensus.index.AddressEvent;
import org.farthing.consensus.index.AddressIndex;
import org.farthing.consensus.index.ScriptKey;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.rpc.error.RpcException;

/**
 * Some transactions of one script.
 *
 * @param more whether others follow
 */
record HistoryPage(List<Entry> entries, boolean more) {
  private static final int EVENTS_AT_ONCE = 500;

  /** A height above the genesis, where nothing happens, and the number of a transaction. */
  private static final String CURSOR = "[1-9][0-9]{0,8}-[0-9]{1,9}";

  /**
   * What a transaction does to the script.
   *
   * @param position in the block, from 0
   */
  record Entry(Txid txid, int height, int position, long receivedSat, long spentSat) {
    private Entry plus(AddressEvent event) {
      boolean received = event.place().kind() == AddressEvent.Kind.RECEIVED;
      return new Entry(
          txid,
          height,
          position,
          receivedSat + (received ? event.valueSat() : 0),
          spentSat + (received ? 0 : event.valueSat()));
    }

    private static Entry of(AddressEvent event) {
      AddressEvent.Place place = event.place();
      return new Entry(event.txid(), place.height(), place.position(), 0, 0).plus(event);
    }

    private boolean has(AddressEvent event) {
      return event.place().height() == height && event.place().position() == position;
    }

    /** Names the page that begins after this entry. */
    String cursor() {
      return height + "-" + position;
    }
  }

  /**
   * Reads a page.
   *
   * @param after {@link Entry#cursor} of the last entry of the page before
   * @param most entries
   */
  static HistoryPage read(
      AddressIndex index, ScriptKey script, Order order, Optional<String> after, int most) {
    Bounds bounds = Bounds.of(order, after);
    List<Entry> entries = new ArrayList<>();
    while (bounds != null) {
      List<AddressEvent> events =
          index.history(script, bounds.first, bounds.last, order, EVENTS_AT_ONCE);
      for (AddressEvent event : events) {
        Entry last = entries.isEmpty() ? null : entries.get(entries.size() - 1);
        if (last != null && last.has(event)) {
          entries.set(entries.size() - 1, last.plus(event));
        } else if (entries.size() == most) {
          return new HistoryPage(entries, true);
        } else {
          entries.add(Entry.of(event));
        }
      }
      bounds =
          events.size() < EVENTS_AT_ONCE
              ? null
              : bounds.beyond(order, events.get(events.size() - 1).place());
    }
    return new HistoryPage(entries, false);
  }

  /** The part of the history that is still to be read. */
  private record Bounds(AddressEvent.Place first, AddressEvent.Place last) {
    static Bounds of(Order order, Optional<String> after) {
      Bounds all = new Bounds(AddressEvent.Place.FIRST, AddressEvent.Place.LAST);
      return after.map(text -> all.beyond(order, parse(order, text))).orElse(all);
    }

    /** The last event of the transaction that a cursor names, in this order. */
    private static AddressEvent.Place parse(Order order, String cursor) {
      if (!cursor.matches(CURSOR)) {
        throw RpcException.invalidParameter("Invalid cursor: not the \"cursor\" of a page");
      }
      int dash = cursor.indexOf('-');
      int height = Integer.parseInt(cursor.substring(0, dash));
      int position = Integer.parseInt(cursor.substring(dash + 1));
      return order == Order.ASCENDING
          ? new AddressEvent.Place(height, position, AddressEvent.Kind.SPENT, Integer.MAX_VALUE)
          : new AddressEvent.Place(height, position, AddressEvent.Kind.RECEIVED, 0);
    }

    /** What comes after a place, which is not included. */
    Bounds beyond(Order order, AddressEvent.Place place) {
      return order == Order.ASCENDING
          ? new Bounds(place.next(), last)
          : new Bounds(first, place.previous());
    }
  }
}
