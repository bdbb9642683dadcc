package org.farthing.node.peer;

import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.farthing.node.wire.Ping;

/**
 * Pings one peer every two minutes, measures the answer, and notices when none comes (BIP-0031).
 */
public final class PingMonitor {
  static final long INTERVAL_MILLIS = 2 * 60_000L;
  static final long TIMEOUT_MILLIS = 20 * 60_000L;

  private long nonce;
  private long sentAtMillis;
  private long lastMillis = -1;
  private long minimumMillis = -1;
  private boolean waiting;

  /** A ping is due: at once after the handshake, later at intervals. */
  public boolean isDue(long nowMillis) {
    return !waiting && (nonce == 0 || nowMillis - sentAtMillis >= INTERVAL_MILLIS);
  }

  /** The ping to be sent now. */
  public Ping next(RandomGenerator random, long nowMillis) {
    do {
      nonce = random.nextLong();
    } while (nonce == 0);
    sentAtMillis = nowMillis;
    waiting = true;
    return new Ping(nonce);
  }

  /** An answer came; one to another ping than the last is ignored. */
  public void pong(long answeredNonce, long nowMillis) {
    if (waiting && answeredNonce == nonce) {
      waiting = false;
      lastMillis = nowMillis - sentAtMillis;
      minimumMillis = minimumMillis < 0 ? lastMillis : Math.min(minimumMillis, lastMillis);
    }
  }

  public boolean isOverdue(long nowMillis) {
    return waiting && nowMillis - sentAtMillis >= TIMEOUT_MILLIS;
  }

  /** The last round trip. */
  public OptionalLong lastMillis() {
    return lastMillis < 0 ? OptionalLong.empty() : OptionalLong.of(lastMillis);
  }

  /** The quickest round trip. */
  public OptionalLong minimumMillis() {
    return minimumMillis < 0 ? OptionalLong.empty() : OptionalLong.of(minimumMillis);
  }

  /** How long the open ping has waited. */
  public OptionalLong waitingMillis(long nowMillis) {
    return waiting ? OptionalLong.of(nowMillis - sentAtMillis) : OptionalLong.empty();
  }
}
