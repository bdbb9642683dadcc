package org.farthing.node.cli.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.LayoutBase;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.slf4j.Logger;

/** Where log lines go. */
final class LogOutput {
  private final LoggerContext context;
  private final LayoutBase<ILoggingEvent> layout;

  enum Stream {
    OUT("System.out"),
    ERR("System.err");

    private final String target;

    Stream(String target) {
      this.target = target;
    }
  }

  /**
   * @param layout of all lines
   */
  LogOutput(LoggerContext context, LayoutBase<ILoggingEvent> layout) {
    this.context = context;
    this.layout = layout;
    layout.setContext(context);
    layout.start();
  }

  void clear() {
    context.reset();
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

  private Encoder<ILoggingEvent> encoder() {
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(context);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setLayout(layout);
    encoder.start();
    return encoder;
  }

  private void add(OutputStreamAppender<ILoggingEvent> appender) {
    appender.setContext(context);
    appender.start();
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
  }
}
