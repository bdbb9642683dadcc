package org.farthing.node.cli.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.slf4j.Logger;

/** Where log lines go. */
final class LogOutput {
  /** Universal time, so that logs of several nodes can be laid side by side. */
  private static final String LINE = "%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z', UTC} %-5level %msg%n%ex";

  private final LoggerContext context;

  enum Stream {
    OUT("System.out"),
    ERR("System.err");

    private final String target;

    Stream(String target) {
      this.target = target;
    }
  }

  LogOutput(LoggerContext context) {
    this.context = context;
  }

  void clear() {
    context.reset();
  }

  void setLevel(Level level) {
    context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(level);
    // Netty's details are for those who debug Netty.
    if (!level.isGreaterOrEqual(Level.INFO)) {
      context.getLogger("io.netty").setLevel(Level.INFO);
    }
  }

  void addConsole(Stream stream) {
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setTarget(stream.target);
    appender.setEncoder(encoder());
    add(appender);
  }

  /** The file is opened with the first line, not before. */
  void addFile(Path file) {
    OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
    appender.setEncoder(encoder());
    appender.setOutputStream(new LazyFile(file));
    add(appender);
  }

  private PatternLayoutEncoder encoder() {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setPattern(LINE);
    encoder.start();
    return encoder;
  }

  private void add(OutputStreamAppender<ILoggingEvent> appender) {
    appender.setContext(context);
    appender.start();
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
  }
}
