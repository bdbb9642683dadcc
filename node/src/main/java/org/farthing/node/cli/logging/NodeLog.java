package org.farthing.node.cli.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import org.farthing.node.config.LogConfig;
import org.farthing.node.config.NodeConfig;
import org.slf4j.LoggerFactory;

/** The log of a process that is a node. */
public final class NodeLog {
  private NodeLog() {}

  /** From now on everything goes to the node's log file, and to standard output if so chosen. */
  public static void open(NodeConfig config) {
    LogOutput output = new LogOutput(context());
    output.clear();
    output.setLevel(level(config.log().level()));
    output.addFile(config.data().log());
    if (config.log().console()) {
      output.addConsole(LogOutput.Stream.OUT);
    }
  }

  /** Writes what is left to write. */
  public static void close() {
    context().stop();
  }

  private static LoggerContext context() {
    return (LoggerContext) LoggerFactory.getILoggerFactory();
  }

  private static Level level(LogConfig.Level level) {
    return switch (level) {
      case TRACE -> Level.TRACE;
      case DEBUG -> Level.DEBUG;
      case INFO -> Level.INFO;
      case WARN -> Level.WARN;
      case ERROR -> Level.ERROR;
    };
  }
}
