package org.farthing.node.sync;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.farthing.consensus.primitives.Wtxid;
import org.farthing.node.mempool.Mempool;
import org.farthing.node.mempool.MempoolEntry;

/**
 * Transactions that are to be announced to all peers that called us, or to all that we called. So
 * many each second go on to the peers, and so many bytes, and some more after a quiet time; what is
 * above waits, and what pays best goes first. So a flood of transactions reaches others as a stream
 * that they can bear.
 */
public final class AnnouncementBacklog {
  private static final double FIRST_BYTES = 12e6;
  private static final double MAX_BYTES = 50e6;
  private static final double BYTES_PER_SECOND = 20_000;
  private static final double BYTES_FLOOR = -50_000;

  /** Transactions of so many seconds may gather. */
  private static final int SECONDS = 30;

  private final Set<Wtxid> waiting = new LinkedHashSet<>();
  private final TokenBucket bytes;
  private final TokenBucket count;
  private final double countFloor;

  /**
   * What can be seen of it from outside.
   *
   * @param waiting transactions
   * @param countTokens transactions that may go on at once
   * @param byteTokens bytes that may go on at once
   */
  public record Status(int waiting, double countTokens, double byteTokens) {}

  /**
   * @param perSecond transactions
   * @param factor how much faster than that it goes
   */
  AnnouncementBacklog(int perSecond, double factor) {
    bytes = new TokenBucket(BYTES_PER_SECOND * factor, FIRST_BYTES, MAX_BYTES);
    double gathered = (double) perSecond * SECONDS;
    count = new TokenBucket(perSecond * factor, gathered, gathered);
    // Each time it is sorted at least as many go on as come in between two announcements.
    countFloor = -perSecond * (Announcer.INBOUND_MILLIS / 1000.0);
  }

  void add(Wtxid wtxid) {
    waiting.add(wtxid);
  }

  void clear() {
    waiting.clear();
  }

  int size() {
    return waiting.size();
  }

  void fill(long nowMillis) {
    bytes.fill(nowMillis);
    count.fill(nowMillis);
  }

  /** Takes out what may go on now, what pays best first; what waits in no mempool is dropped. */
  List<Wtxid> take(Mempool mempool) {
    if (waiting.isEmpty() || bytes.tokens() <= 0 || count.tokens() <= 0) {
      return List.of();
    }
    List<MempoolEntry> entries =
        mempool
            .snapshot()
            .bestFirst(waiting.stream().flatMap(wtxid -> mempool.get(wtxid).stream()).toList());
    waiting.clear();
    long most = (long) Math.max(0, count.tokens() - countFloor);
    List<Wtxid> taken = new ArrayList<>();
    boolean more = true;
    for (MempoolEntry entry : entries) {
      if (more && taken.size() < most) {
        taken.add(entry.wtxid());
        boolean bytesLeft = bytes.take(entry.transaction().totalSize(), BYTES_FLOOR);
        more = count.take(1, countFloor) && bytesLeft;
      } else {
        waiting.add(entry.wtxid());
      }
    }
    return taken;
  }

  Status status() {
    return new Status(waiting.size(), count.tokens(), bytes.tokens());
  }

  @Override
  public String toString() {
    return "%d tok=%.1f sz=%.1f".formatted(waiting.size(), count.tokens(), bytes.tokens());
  }
}
