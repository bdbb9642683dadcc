package org.farthing.consensus.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.chain.StoreException;
import org.farthing.consensus.column.Codec;

/**
 * Decodes rows on other threads while more are read, and hands their values over in the order of
 * the rows, on the thread that reads. Where no other thread has come to a batch in time, the
 * reading thread decodes it itself, so that it never waits for one that has not begun.
 */
final class DecodingAhead<V> {
  private static final int BATCH = 500;
  private static final int BATCHES_AHEAD = 16;

  private final Codec<V> codec;
  private final Executor helpers;
  private final Consumer<V> consumer;
  private final Deque<FutureTask<List<V>>> batches = new ArrayDeque<>();
  private List<byte[]> rows = new ArrayList<>(BATCH);

  DecodingAhead(Codec<V> codec, Executor helpers, Consumer<V> consumer) {
    this.codec = codec;
    this.helpers = helpers;
    this.consumer = consumer;
  }

  void add(byte[] row) throws DecodeException {
    rows.add(row);
    if (rows.size() == BATCH) {
      hand(rows);
      rows = new ArrayList<>(BATCH);
    }
  }

  /** Hands over what is left. */
  void end() throws DecodeException {
    hand(rows);
    while (!batches.isEmpty()) {
      consume(batches.remove());
    }
  }

  private void hand(List<byte[]> batch) throws DecodeException {
    FutureTask<List<V>> task = new FutureTask<>(() -> decode(batch));
    batches.add(task);
    helpers.execute(task);
    if (batches.size() > BATCHES_AHEAD) {
      consume(batches.remove());
    }
  }

  private List<V> decode(List<byte[]> batch) throws DecodeException {
    List<V> values = new ArrayList<>(batch.size());
    for (byte[] row : batch) {
      boolean isFirst = values.isEmpty();
      values.add(
          isFirst ? codec.decode(row) : codec.decodeAfter(values.get(values.size() - 1), row));
    }
    return values;
  }

  private void consume(FutureTask<List<V>> task) throws DecodeException {
    // Has no effect where somebody else has begun.
    task.run();
    try {
      task.get().forEach(consumer);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted while reading", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof DecodeException damage) {
        throw damage;
      }
      throw new AssertionError("decoding fails in no other way", e.getCause());
    }
  }
}
