package org.farthing.node.peer;

import java.util.Optional;
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
  private boolean requested;

  /** The operator wants one now, also where one is open: that one does not count any more. */
  public void request() {
    requested = true;
  }

  /** A ping is due: at once after the handshake, later at intervals, and on request. */
  public boolean isDue(long nowMillis) {
    return requested || (!waiting && (nonce == 0 || nowMillis - sentAtMillis >= INTERVAL_MILLIS));
  }

  /** The ping to be sent now. */
  public Ping next(RandomGenerator random, long nowMillis) {
    do {
      nonce = random.nextLong();
    } while (nonce == 0);
    sentAtMillis = nowMillis;
    waiting = true;
    requested = false;
    return new Ping(nonce);
  }

  /**
   * An answer came; one to another ping than the last is ignored, unless it shows that the peer
   * cannot tell pings apart: then none is awaited any more.
   *
   * @return what is wrong with the answer, in Bitcoin Core's words
   */
  public Optional<String> pong(long answeredNonce, long nowMillis) {
    if (!waiting) {
      return problem("Unsolicited pong without ping", 0, answeredNonce, Long.BYTES);
    }
    long expected = nonce;
    if (answeredNonce == expected) {
      waiting = false;
      lastMillis = nowMillis - sentAtMillis;
      minimumMillis = minimumMillis < 0 ? lastMillis : Math.min(minimumMillis, lastMillis);
      return Optional.empty();
    }
    waiting = answeredNonce != 0;
    return problem(waiting ? "Nonce mismatch" : "Nonce zero", expected, answeredNonce, Long.BYTES);
  }

  /** An answer came that names no ping. */
  public Optional<String> pongWithoutNonce() {
    long expected = waiting ? nonce : 0;
    waiting = false;
    return problem("Short payload", expected, 0, 0);
  }

  private static Optional<String> problem(String what, long expected, long received, int bytes) {
    return Optional.of(
        "%s, %x expected, %x received, %d bytes".formatted(what, expected, received, bytes));
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
