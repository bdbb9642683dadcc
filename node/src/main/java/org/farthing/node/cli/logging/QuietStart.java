package org.farthing.node.cli.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.farthing.node.config.LogConfig;
import org.slf4j.Logger;

/**
 * How logging begins in a process of ours: warnings go to standard error, the rest nowhere. Found
 * by Logback as a service, which saves it the search for a file and the reading of XML. In a
 * process of somebody else's, who has a node as his guest, it leaves the log alone.
 */
public final class QuietStart extends ContextAwareBase implements Configurator {
  private static volatile boolean ours;

  /** This process is ours; to be called before anybody asks for a logger. */
  public static void ofThisProcess() {
    ours = true;
  }

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    if (!ours) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    LogLine line = new LogLine(new LogConfig.LineFormat(true, true, false, false));
    LogOutput output = new LogOutput(context, line);
    context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
    output.addConsole(LogOutput.Stream.ERR);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
