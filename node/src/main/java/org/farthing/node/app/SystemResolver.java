package org.farthing.node.app;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.node.peer.Resolver;
import org.farthing.node.wire.NetAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks hosts up as the operating system does, on a thread that may wait. */
final class SystemResolver implements Resolver {
  private static final Logger LOG = LoggerFactory.getLogger(SystemResolver.class);

  private final int defaultPort;
  private final Executor waiting;
  private final Executor owner;

  /**
   * @param waiting runs the look-ups
   * @param owner runs what wants the answers
   */
  SystemResolver(int defaultPort, Executor waiting, Executor owner) {
    this.defaultPort = defaultPort;
    this.waiting = waiting;
    this.owner = owner;
  }

  @Override
  public void resolve(String host, Consumer<List<NetAddress>> then) {
    try {
      NetAddress address = NetAddress.parse(host, defaultPort);
      owner.execute(() -> then.accept(List.of(address)));
    } catch (DecodeException notAnAddress) {
      waiting.execute(
          () -> {
            List<NetAddress> addresses = lookUp(host);
            owner.execute(() -> then.accept(addresses));
          });
    }
  }

  private List<NetAddress> lookUp(String host) {
    int colon = host.lastIndexOf(':');
    String name = colon < 0 ? host : host.substring(0, colon);
    try {
      int port = colon < 0 ? defaultPort : Integer.parseInt(host.substring(colon + 1));
      return Arrays.stream(InetAddress.getAllByName(name))
          .map(address -> NetAddress.of(address, port))
          .toList();
    } catch (UnknownHostException e) {
      LOG.info("No address is known for the host '{}' yet", name);
    } catch (IllegalArgumentException e) {
      LOG.warn("'{}' is not a host with a port: {}", host, e.getMessage());
    }
    return List.of();
  }
}
