package org.farthing.node.cli.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.time.Instant;
import java.util.Map;
import org.farthing.node.config.LogCategory;
import org.farthing.node.config.LogConfig;
import org.junit.jupiter.api.Test;

/** Lines as Bitcoin Core writes them. */
class LogLineTest {
  private static final LogConfig.LineFormat USUAL =
      new LogConfig.LineFormat(true, false, false, false);

  private final LoggerContext context = new LoggerContext();

  private String line(LogConfig.LineFormat format, String logger, Level level, String text) {
    LoggingEvent event =
        new LoggingEvent("", context.getLogger(logger), level, text, null, new Object[0]);
    event.setInstant(Instant.parse("2026-01-31T12:00:00.123456789Z"));
    event.setThreadName("rpc-1");
    return new LogLine(format).doLayout(event);
  }

  @Test
  void theUsualIsNotSaid() {
    String peers = "org.farthing.node.peer.PeerTable";
    assertThat(line(USUAL, peers, Level.INFO, "text")).isEqualTo("2026-01-31T12:00:00Z text\n");
    assertThat(line(USUAL, peers, Level.WARN, "text"))
        .isEqualTo("2026-01-31T12:00:00Z [warning] text\n");
    assertThat(line(USUAL, peers, Level.ERROR, "text"))
        .isEqualTo("2026-01-31T12:00:00Z [error] text\n");
    assertThat(line(USUAL, peers, Level.DEBUG, "text"))
        .isEqualTo("2026-01-31T12:00:00Z [net] text\n");
    assertThat(line(USUAL, peers, Level.TRACE, "text"))
        .isEqualTo("2026-01-31T12:00:00Z [net:trace] text\n");
    assertThat(line(USUAL, "org.farthing.node.rpc.http.Office", Level.DEBUG, "text"))
        .contains("[http] ");
    assertThat(line(USUAL, "org.farthing.node.rpc.call.Dispatcher", Level.DEBUG, "text"))
        .contains("[rpc] ");
    assertThat(line(USUAL, "org.farthing.node.app.Node", Level.DEBUG, "text")).contains("[debug] ");
  }

  @Test
  void moreIsSaidIfWanted() {
    LogConfig.LineFormat all = new LogConfig.LineFormat(true, true, true, true);
    assertThat(line(all, "org.farthing.node.app.Node", Level.INFO, "text"))
        .isEqualTo("2026-01-31T12:00:00.123456Z [rpc-1] [all:info] text\n");
    LogConfig.LineFormat none = new LogConfig.LineFormat(false, false, false, false);
    assertThat(line(none, "org.farthing.node.app.Node", Level.INFO, "text")).isEqualTo("text\n");
  }

  @Test
  void whatOthersSendCannotLookLikeSomethingElse() {
    assertThat(line(USUAL, "x", Level.INFO, "a\u001b[31mb\rc\u007f"))
        .isEqualTo("2026-01-31T12:00:00Z a\\x1b[31mb\\x0dc\\x7f\n");
  }

  @Test
  void detailsAreTurnedOnAndOff() {
    LogDetails details =
        new LogDetails(
            context,
            new LogConfig(
                LogConfig.Level.INFO,
                Map.of(LogCategory.HTTP, LogConfig.Level.TRACE),
                new LogConfig.Targets(false, false),
                LogConfig.Form.TEXT,
                USUAL));
    assertThat(level("org.farthing.node.rpc.http.Office")).isEqualTo(Level.TRACE);
    assertThat(level("org.farthing.node.rpc.call.Dispatcher")).isEqualTo(Level.INFO);
    details.detail(LogCategory.RPC, true);
    details.detail(LogCategory.HTTP, false);
    assertThat(details.detailed()).containsExactly(LogCategory.RPC);
    assertThat(level("org.farthing.node.rpc.http.Office")).isEqualTo(Level.INFO);
    assertThat(level("org.farthing.node.rpc.call.Dispatcher")).isEqualTo(Level.DEBUG);
    assertThat(level("org.farthing.node.app.Node")).isEqualTo(Level.INFO);
  }

  private Level level(String logger) {
    return context.getLogger(logger).getEffectiveLevel();
  }
}
