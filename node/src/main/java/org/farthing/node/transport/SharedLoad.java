package org.farthing.node.transport;

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * What all connections of a transport hold in memory together. What one of them may hold is
 * bounded; many could still fill the memory, so there is a bound for all.
 *
 * <ul>
 *   <li>Messages that wait to be taken: at the bound nobody is read from who has more than {@value
 *       #FREE_BYTES} bytes waiting.
 *   <li>Messages of which a part is still to come: beyond the bound the connection goes whose
 *       message has been coming for the longest time.
 *   <li>Bytes that wait to be sent: beyond the bound the connection goes for which most wait.
 * </ul>
 *
 * Any thread.
 */
final class SharedLoad {
  static final int FREE_BYTES = 64 * 1024;

  private final long limit;
  private final Set<Share> shares = ConcurrentHashMap.newKeySet();
  private final AtomicLong untaken = new AtomicLong();
  private final AtomicLong incomplete = new AtomicLong();
  private final AtomicLong unsent = new AtomicLong();

  /**
   * @param limit of each of the three, in bytes
   */
  SharedLoad(long limit) {
    this.limit = limit;
  }

  /**
   * A new connection.
   *
   * @param shed ends the connection, with the reason
   */
  Share share(Consumer<String> shed) {
    Share share = new Share(shed);
    shares.add(share);
    return share;
  }

  private void shedIf(boolean tooMuch, Comparator<Share> order, String reason) {
    if (tooMuch) {
      Optional<Share> worst = shares.stream().max(order);
      worst.ifPresent(
          share -> {
            share.close();
            share.shed.accept(reason);
          });
    }
  }

  /** Of one connection. */
  final class Share {
    private final Consumer<String> shed;
    private final AtomicLong ownUntaken = new AtomicLong();
    private final AtomicLong ownIncomplete = new AtomicLong();
    private final AtomicLong ownUnsent = new AtomicLong();
    private volatile long incompleteSinceNanos = Long.MAX_VALUE;
    private volatile boolean closed;

    private Share(Consumer<String> shed) {
      this.shed = shed;
    }

    /** More or, with a negative number, fewer bytes wait to be taken. */
    void untaken(long bytes) {
      ownUntaken.addAndGet(bytes);
      untaken.addAndGet(bytes);
    }

    /** Together there is too much, and some of it came on this connection. */
    boolean isCrowded() {
      return untaken.get() >= limit && ownUntaken.get() > FREE_BYTES;
    }

    /** So much has come of a message that is not whole. */
    void incomplete(long bytes) {
      long now = closed ? 0 : bytes;
      if (now < FREE_BYTES) {
        incompleteSinceNanos = Long.MAX_VALUE;
      } else if (incompleteSinceNanos == Long.MAX_VALUE) {
        incompleteSinceNanos = System.nanoTime();
      }
      boolean more = incomplete.addAndGet(now - ownIncomplete.getAndSet(now)) > limit;
      shedIf(
          more && now >= FREE_BYTES,
          Comparator.comparingLong(share -> -share.incompleteSinceNanos),
          "too many messages come too slowly");
    }

    /** So much waits to be sent. */
    void unsent(long bytes) {
      long now = closed ? 0 : bytes;
      boolean more = unsent.addAndGet(now - ownUnsent.getAndSet(now)) > limit;
      shedIf(
          more,
          Comparator.comparingLong(share -> share.ownUnsent.get()),
          "too much waits to be sent");
    }

    /** The connection is over; what it holds goes soon. */
    void close() {
      closed = true;
      shares.remove(this);
      incomplete(0);
      unsent(0);
    }
  }
}
