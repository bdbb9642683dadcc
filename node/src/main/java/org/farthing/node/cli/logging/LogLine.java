package org.farthing.node.cli.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;
import org.farthing.node.config.LogCategory;
import org.farthing.node.config.LogConfig;

/**
 * A line as Bitcoin Core writes it: {@code 2026-01-31T12:00:00Z [net] text}. Times are universal,
 * so that logs of several nodes can be laid side by side.
 */
final class LogLine extends LayoutBase<ILoggingEvent> {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

  private static final int MICROS_DIGITS = 6;
  private static final int DELETE = 0x7f;

  /** A second since 1970, and how it is written: many lines come in the same one. */
  private record Second(long number, String text) {}

  private final LogConfig.LineFormat format;
  private volatile Second last = new Second(Long.MIN_VALUE, "");

  LogLine(LogConfig.LineFormat format) {
    this.format = format;
  }

  @Override
  public String doLayout(ILoggingEvent event) {
    StringBuilder line = new StringBuilder();
    if (format.timestamps()) {
      timestamp(line, event.getInstant());
    }
    if (format.threadNames()) {
      line.append('[').append(event.getThreadName()).append("] ");
    }
    prefix(line, event);
    escape(line, event.getFormattedMessage());
    line.append('\n');
    if (event.getThrowableProxy() != null) {
      line.append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }
    return line.toString();
  }

  private void timestamp(StringBuilder line, Instant time) {
    Second second = last;
    if (second.number() != time.getEpochSecond()) {
      second = new Second(time.getEpochSecond(), SECONDS.format(time));
      last = second;
    }
    line.append(second.text());
    if (format.micros()) {
      // A digit more in front keeps the zeros.
      line.append(1_000_000 + time.get(ChronoField.MICRO_OF_SECOND))
          .setCharAt(line.length() - MICROS_DIGITS - 1, '.');
    }
    line.append("Z ");
  }

  /** What is usual is not said: information on nothing special, details on a category. */
  private void prefix(StringBuilder line, ILoggingEvent event) {
    Level level = event.getLevel();
    boolean detail = level.levelInt <= Level.DEBUG_INT;
    Optional<LogCategory> category =
        detail ? LogDetails.categoryOf(event.getLoggerName()) : Optional.empty();
    if (!format.always() && category.isEmpty() && level == Level.INFO) {
      return;
    }
    String about = category.map(LogCategory::label).orElse(format.always() ? "all" : "");
    line.append('[').append(about);
    if (format.always() || category.isEmpty() || level != Level.DEBUG) {
      line.append(about.isEmpty() ? "" : ":").append(word(level));
    }
    line.append("] ");
  }

  private static String word(Level level) {
    return level == Level.WARN ? "warning" : level.toString().toLowerCase(Locale.ROOT);
  }

  /** What others sent may not look like another line. */
  private static void escape(StringBuilder line, String message) {
    String text = message == null ? "" : message.stripTrailing();
    int written = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < ' ' && c != '\n') || c == DELETE) {
        line.append(text, written, i).append("\\x%02x".formatted((int) c));
        written = i + 1;
      }
    }
    line.append(text, written, text.length());
  }
}
