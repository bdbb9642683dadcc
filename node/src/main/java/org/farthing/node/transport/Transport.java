package org.farthing.node.transport;

import java.io.IOException;
import org.farthing.node.wire.NetAddress;

/**
 * Makes connections to other nodes. All calls of handlers are made on the executor that the
 * transport was given, those of one connection in order; a connection's messages count as taken
 * when the handler returns, and one that waits for too many of them is not read from until then. A
 * simulated network on a virtual clock implements this as well as real sockets do.
 */
public interface Transport extends AutoCloseable {
  /**
   * Accepts connections from now on.
   *
   * @param local where; port 0 takes any free port
   * @return where it listens, with the port that was taken
   * @throws IOException if it cannot, with the reason for people
   */
  NetAddress listen(NetAddress local, ConnectionHandler handler) throws IOException;

  /**
   * Starts to connect; returns at once. The handler learns the outcome: connected, or failed within
   * the timeout, to which a proxy adds its own.
   */
  void connect(Target target, ConnectionHandler handler, long timeoutMillis);

  /** The same without a proxy. */
  default void connect(
      NetAddress to, boolean encrypted, ConnectionHandler handler, long timeoutMillis) {
    connect(Target.directly(to, encrypted), handler, timeoutMillis);
  }

  /**
   * Stops listening and closes all connections, and waits until no port is left. Handlers are not
   * called afterwards.
   */
  @Override
  void close();
}
