package org.farthing.node.peer;

import java.util.List;
import java.util.function.Consumer;
import org.farthing.node.wire.NetAddress;

/** Looks up the addresses of hosts. */
@FunctionalInterface
public interface Resolver {
  /**
   * Looks a host up without making the caller wait.
   *
   * @param host a name or an address, with or without {@code :port}
   * @param then gets the addresses, later and on the node thread; none if there are none
   */
  void resolve(String host, Consumer<List<NetAddress>> then);
}
