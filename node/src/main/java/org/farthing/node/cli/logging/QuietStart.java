package org.farthing.node.cli.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import org.farthing.node.config.LogConfig;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Logger;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * How logging begins in a process of ours: by Logback, warnings go to standard error, the rest
 * nowhere. Named to SLF4J, which otherwise, as Logback after it, looks for services and files in
 * every jar: to open all of them takes a tenth of a start. In a process of somebody else's, who has
 * a node as his guest, nobody names it.
 */
public final class QuietStart implements SLF4JServiceProvider {
  private final LoggerContext context = new LoggerContext();
  private final MDCAdapter values = new LogbackMDCAdapter();
  private final IMarkerFactory markers = new BasicMarkerFactory();

  /** This process is ours; to be called before anybody asks for a logger. */
  public static void ofThisProcess() {
    if (System.getProperty("slf4j.provider") == null) {
      System.setProperty("slf4j.provider", QuietStart.class.getName());
      // Or it says on standard error that it does so.
      System.setProperty("slf4j.internal.verbosity", "WARN");
    }
  }

  @Override
  public void initialize() {
    context.setName("default");
    context.setMDCAdapter(values);
    LogLine line = new LogLine(new LogConfig.LineFormat(true, true, false, false));
    context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
    new LogOutput(context, line).addConsole(LogOutput.Stream.ERR);
    context.start();
  }

  @Override
  public ILoggerFactory getLoggerFactory() {
    return context;
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return markers;
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return values;
  }

  @Override
  public String getRequestedApiVersion() {
    return "2.0";
  }
}
