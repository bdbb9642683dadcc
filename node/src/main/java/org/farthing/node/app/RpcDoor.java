package org.farthing.node.app;

import java.io.IOException;
import java.util.Optional;
import org.farthing.node.config.NodeConfig;
import org.farthing.node.events.EventLog;
import org.farthing.node.rpc.RpcPorts;
import org.farthing.node.rpc.call.MethodTable;
import org.farthing.node.rpc.http.EventSite;
import org.farthing.node.rpc.http.RpcServer;
import org.farthing.node.rpc.http.Sites;
import org.farthing.node.rpc.rest.Rest;
import org.farthing.node.transport.EventLoops;

/** The RPC port of a node with all that stands behind it: methods, REST, events. */
final class RpcDoor implements AutoCloseable {
  private final Optional<Rest> rest;
  private final Optional<EventSite> events;
  private final RpcServer server;

  private RpcDoor(NodeConfig config, EventLoops loops) throws IOException {
    rest = config.publishing().rest() ? Optional.of(new Rest()) : Optional.empty();
    events =
        config
            .publishing()
            .events()
            .map(
                wanted ->
                    new EventSite(
                        wanted, config.rpc().access().whitelist(), config.params().network()));
    server = RpcServer.start(config.rpc(), new Sites(rest.map(site -> site), events), loops);
  }

  /**
   * Listens; until {@link #ready} whoever asks is told to wait.
   *
   * @throws StartException if it cannot listen
   */
  static RpcDoor open(NodeConfig config, EventLoops loops) throws StartException {
    try {
      return new RpcDoor(config, loops);
    } catch (IOException e) {
      throw new RpcStartException(e.getMessage(), e);
    }
  }

  int port() {
    return server.port();
  }

  /** What those who ask are told: the stage of the start. */
  void warmup(String stage) {
    server.warmup(stage);
    rest.ifPresent(site -> site.warmup(stage));
  }

  /**
   * Answers from now on.
   *
   * @param log of events, if there is one
   */
  void ready(RpcPorts ports, MethodTable methods, Optional<EventLog> log) {
    server.ready(methods);
    rest.ifPresent(site -> site.ready(ports, methods));
    events.ifPresent(site -> log.ifPresent(site::ready));
  }

  @Override
  public void close() {
    server.close();
  }
}
