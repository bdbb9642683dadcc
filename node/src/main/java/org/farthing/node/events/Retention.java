package org.farthing.node.events;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.chain.StoreException;
import org.farthing.consensus.column.KeyRange;
import org.farthing.consensus.column.Order;
import org.farthing.consensus.index.IndexReader;

/**
 * How much of the past a log keeps: neither more bytes nor events of a greater age. What is beyond
 * either is forgotten, the oldest first.
 */
public record Retention(long maxBytes, long maxAgeMillis) {
  /** So many events are forgotten in one step at most. */
  private static final int STEP = 2_000;

  /**
   * What is to be forgotten now.
   *
   * @param sequences of the events, from the oldest on
   * @param bytes that they take
   */
  record Surplus(List<Long> sequences, long bytes) {
    Surplus {
      sequences = List.copyOf(sequences);
    }

    /** There may be more. */
    boolean isFull() {
      return sequences.size() == STEP;
    }
  }

  /**
   * @param first sequence that is there
   * @param bytes that all events take
   */
  Surplus surplus(IndexReader log, long first, long bytes, long nowMillis) {
    List<Map.Entry<Long, byte[]>> oldest = page(log, first, 1);
    List<Long> sequences = new ArrayList<>();
    long freed = 0;
    if (!oldest.isEmpty() && isBeyond(oldest.get(0), bytes, nowMillis)) {
      for (Map.Entry<Long, byte[]> row : page(log, first, STEP)) {
        if (!isBeyond(row, bytes - freed, nowMillis)) {
          break;
        }
        sequences.add(row.getKey());
        freed += size(row.getValue());
      }
    }
    return new Surplus(sequences, freed);
  }

  private static List<Map.Entry<Long, byte[]>> page(IndexReader log, long first, int most) {
    KeyRange<Long> all = new KeyRange<>(first, Long.MAX_VALUE);
    return log.page(EventColumns.EVENTS, all, Order.ASCENDING, most);
  }

  private boolean isBeyond(Map.Entry<Long, byte[]> row, long bytes, long nowMillis) {
    return bytes > maxBytes || nowMillis - timeMillis(row) > maxAgeMillis;
  }

  private static long timeMillis(Map.Entry<Long, byte[]> row) {
    try {
      return LoggedEvent.decode(row.getKey(), row.getValue()).timeMillis();
    } catch (DecodeException e) {
      throw new StoreException("the event log is damaged: " + e.getMessage(), e);
    }
  }

  /** What an event takes in the log, its key included. */
  static long size(byte[] encoded) {
    return encoded.length + (long) Long.BYTES;
  }
}
