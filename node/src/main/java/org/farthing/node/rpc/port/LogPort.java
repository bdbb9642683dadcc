package org.farthing.node.rpc.port;

import java.util.Set;
import org.farthing.node.config.LogCategory;

/** Of what the log says more than usual. Any thread. */
public interface LogPort {
  /** The categories of which details are logged now. */
  Set<LogCategory> detailed();

  /** Logs details of a category from now on, or no longer. */
  void detail(LogCategory category, boolean wanted);
}
