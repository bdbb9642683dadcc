package org.farthing.node.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/**
 * One direction of a connection: what goes in comes out later, in the same order. It waits for the
 * sender's line, travels, and waits for the receiver's line.
 */
final class Pipe {
  private final VirtualTime time;
  private final Line up;
  private final LongSupplier latencyMillis;
  private final Line down;
  private final Deque<Parcel> travelling = new ArrayDeque<>();
  private final Deque<Parcel> landing = new ArrayDeque<>();
  private long lastArrivalMillis;
  private boolean stalled;
  private boolean paused;

  private record Parcel(int bytes, Runnable delivery) {}

  Pipe(VirtualTime time, Line up, LongSupplier latencyMillis, Line down) {
    this.time = time;
    this.up = up;
    this.latencyMillis = latencyMillis;
    this.down = down;
  }

  /** Lets {@code delivery} happen after everything that was sent before. */
  void send(int bytes, Runnable delivery) {
    travelling.add(new Parcel(bytes, delivery));
    scheduleArrival(up.pass(bytes, time.nowMillis()));
  }

  private void scheduleArrival(long departureMillis) {
    lastArrivalMillis = Math.max(lastArrivalMillis, departureMillis + latencyMillis.getAsLong());
    time.after(lastArrivalMillis - time.nowMillis(), this::arrive);
  }

  private void arrive() {
    if (stalled || paused || travelling.isEmpty()) {
      return;
    }
    Parcel parcel = travelling.remove();
    long now = time.nowMillis();
    long wait = down.pass(parcel.bytes(), now) - now;
    if (wait == 0 && landing.isEmpty()) {
      parcel.delivery().run();
    } else {
      landing.add(parcel);
      time.after(wait, this::land);
    }
  }

  private void land() {
    if (!stalled && !paused && !landing.isEmpty()) {
      landing.remove().delivery().run();
    }
  }

  /** The way is broken without anyone noticing: nothing arrives until it is mended. */
  void setStalled(boolean value) {
    boolean mended = stalled && !value;
    stalled = value;
    if (mended) {
      goOn();
    }
  }

  /** The receiver does not read. */
  void setPaused(boolean value) {
    boolean resumed = paused && !value;
    paused = value;
    if (resumed) {
      goOn();
    }
  }

  boolean isPaused() {
    return paused;
  }

  /** What was held up had its arrival in vain. */
  private void goOn() {
    if (!stalled && !paused) {
      for (int i = 0; i < landing.size(); i++) {
        time.after(0, this::land);
      }
      for (int i = 0; i < travelling.size(); i++) {
        scheduleArrival(time.nowMillis());
      }
    }
  }

  /** Nobody is left to receive anything. */
  void clear() {
    travelling.clear();
    landing.clear();
  }
}
