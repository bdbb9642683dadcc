package org.farthing.node.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.farthing.node.wire.Ping;
import org.junit.jupiter.api.Test;

/** The problems are named in the words that Bitcoin Core's own tests look for. */
class PingMonitorTest {
  private static final long START = 1_700_000_000_000L;
  private static final long MINUTE = 60_000;

  private final Random random = new Random(1);
  private final PingMonitor monitor = new PingMonitor();

  private long ping(long nowMillis) {
    assertThat(monitor.isDue(nowMillis)).isTrue();
    Ping ping = monitor.next(random, nowMillis);
    assertThat(ping.nonce()).isNotZero();
    return ping.nonce();
  }

  @Test
  void theFirstIsDueAtOnceTheNextTwoMinutesLater() {
    long nonce = ping(START);
    assertThat(monitor.isDue(START + 3 * MINUTE)).as("an answer is owed").isFalse();
    assertThat(monitor.pong(nonce, START + 9)).isEmpty();
    assertThat(monitor.isDue(START + 2 * MINUTE - 1)).isFalse();
    assertThat(monitor.isDue(START + 2 * MINUTE)).isTrue();
  }

  @Test
  void theLastAndTheQuickestRoundTripAreKnown() {
    assertThat(monitor.pong(ping(START), START + 9)).isEmpty();
    assertThat(monitor.pong(ping(START + 2 * MINUTE), START + 2 * MINUTE + 29)).isEmpty();
    assertThat(monitor.lastMillis()).hasValue(29);
    assertThat(monitor.minimumMillis()).hasValue(9);
    assertThat(monitor.waitingMillis(START + 3 * MINUTE)).isEmpty();
  }

  @Test
  void oneOnRequestReplacesTheOpenOne() {
    long first = ping(START);
    monitor.request();
    long second = ping(START + 10);
    assertThat(monitor.isDue(START + 10)).as("once").isFalse();
    assertThat(monitor.waitingMillis(START + 13)).hasValue(3);
    assertThat(monitor.pong(first, START + 14)).get().asString().startsWith("Nonce mismatch, ");
    assertThat(monitor.waitingMillis(START + 14)).hasValue(4);
    assertThat(monitor.pong(second, START + 15)).isEmpty();
    assertThat(monitor.lastMillis()).hasValue(5);
  }

  @Test
  void answersThatNameNoPingOfOursAreToldApart() {
    assertThat(monitor.pong(0, START))
        .contains("Unsolicited pong without ping, 0 expected, 0 received, 8 bytes");
    ping(START);
    assertThat(monitor.pong(0, START + 1)).get().asString().startsWith("Nonce zero, ");
    assertThat(monitor.waitingMillis(START + 2)).as("it cannot tell them apart").isEmpty();
    ping(START + 2 * MINUTE);
    assertThat(monitor.pongWithoutNonce()).get().asString().startsWith("Short payload, ");
    assertThat(monitor.waitingMillis(START + 3 * MINUTE)).isEmpty();
  }

  @Test
  void noAnswerForTwentyMinutesIsTooLong() {
    ping(START);
    assertThat(monitor.isOverdue(START + 20 * MINUTE - 1)).isFalse();
    assertThat(monitor.isOverdue(START + 20 * MINUTE)).isTrue();
  }
}
