package org.farthing.node.rpc.port;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.farthing.node.config.ZmqAddress;

/** The node as a whole. */
public interface NodePort {
  /** Asks the node to stop, and returns at once. Any thread. */
  void stop();

  /** How long the node has been running, by a clock that {@code setmocktime} does not move. */
  long uptimeSeconds();

  /** The node's time: the mocked one, if there is one. Any thread. */
  long nowMillis();

  /** The system's time, whatever is mocked: milliseconds since 1970. Any thread. */
  long systemMillis();

  /**
   * Makes the node's clock stand still at this time, or lets it go again. On the node's thread.
   *
   * @param seconds since 1970
   */
  void setMockTime(OptionalLong seconds);

  /** Lets all timers that run now end this much earlier. On the node's thread. */
  void advanceTimers(long seconds);

  /** What the operator should know, in Bitcoin Core's words. Any thread. */
  List<String> warnings();

  /** Where messages are published over ZeroMQ. Any thread. */
  List<ZmqAddress> zmqNotifications();

  /** The network's folder in the data directory; empty for a node that writes no files. */
  Optional<Path> folder();

  /** Where the log is written; empty for a node that writes no files. */
  Optional<Path> logFile();

  /** Of what the log says more than usual. */
  LogPort log();

  /** Whether the operator wants a method to be there that is to go. Any thread. */
  boolean allowsDeprecated(String method);

  /** About how many bytes of disk the ledger takes. Any thread. */
  long diskBytes();
}
