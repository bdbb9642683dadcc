package org.farthing.node.cli.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import java.nio.file.Files;
import java.nio.file.Path;
import org.farthing.node.config.ConfigException;
import org.farthing.node.config.DataDirectory;
import org.farthing.node.config.LogConfig;
import org.farthing.node.config.NodeConfig;
import org.farthing.node.rpc.port.LogPort;
import org.slf4j.LoggerFactory;

/** The log of a process that is a node. */
public final class NodeLog {
  private NodeLog() {}

  /**
   * From now on everything goes to the node's log file, and to standard output if so chosen.
   *
   * @return lets others change what is logged
   * @throws ConfigException if there is no folder for the file
   */
  public static LogPort open(NodeConfig config) throws ConfigException {
    LogConfig wanted = config.log();
    LogOutput output = new LogOutput(context(), layout(wanted));
    output.clear();
    if (wanted.targets().file()) {
      output.addFile(checked(config.data()));
    }
    if (wanted.targets().console()) {
      output.addConsole(LogOutput.Stream.OUT);
    }
    return new LogDetails(context(), wanted);
  }

  private static LayoutBase<ILoggingEvent> layout(LogConfig wanted) {
    return switch (wanted.form()) {
      case TEXT -> new LogLine(wanted.line());
      case JSON -> new JsonLine();
    };
  }

  /** The network's own folder will be made; others must be there. */
  private static Path checked(DataDirectory data) throws ConfigException {
    Path file = data.log();
    Path folder = file.getParent();
    if ((!data.folder().equals(folder) && !Files.isDirectory(folder)) || Files.isDirectory(file)) {
      throw new ConfigException("Could not open debug log file " + file);
    }
    return file;
  }

  /** Writes what is left to write. */
  public static void close() {
    context().stop();
  }

  private static LoggerContext context() {
    return (LoggerContext) LoggerFactory.getILoggerFactory();
  }
}
