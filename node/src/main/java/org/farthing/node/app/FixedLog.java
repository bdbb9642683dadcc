package org.farthing.node.app;

import java.util.EnumSet;
import java.util.Set;
import org.farthing.node.config.LogCategory;
import org.farthing.node.config.LogConfig;
import org.farthing.node.rpc.port.LogPort;

/**
 * A log that is the business of the program around the node: what is wanted of it is remembered,
 * and makes no difference.
 */
final class FixedLog implements LogPort {
  private final Set<LogCategory> wanted = EnumSet.noneOf(LogCategory.class);

  FixedLog(LogConfig config) {
    wanted.addAll(config.details().keySet());
  }

  @Override
  public synchronized Set<LogCategory> detailed() {
    return Set.copyOf(wanted);
  }

  @Override
  public synchronized void detail(LogCategory category, boolean on) {
    boolean unused = on ? wanted.add(category) : wanted.remove(category);
  }
}
