package org.farthing.node.rpc.http;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.timeout.IdleStateHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.farthing.node.config.ConfigException;
import org.farthing.node.config.RpcConfig;
import org.farthing.node.config.RpcLogin;
import org.farthing.node.rpc.call.Budget;
import org.farthing.node.rpc.call.Dispatcher;
import org.farthing.node.rpc.call.MethodTable;
import org.farthing.node.rpc.call.Workers;
import org.farthing.node.transport.EventLoops;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JSON-RPC over HTTP. Starts before the node is ready, and answers -28 until it is. Everything that
 * a client can make the server hold is bounded: connections, requests that wait, bodies, answers,
 * nesting.
 */
public final class RpcServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RpcServer.class);

  private static final int MAX_CONNECTIONS = 1_000;
  private static final long STOP_SECONDS = 5;

  private final RpcConfig config;
  private final Dispatcher dispatcher;
  private final Optional<Cookie> cookie;
  private final Workers workers;
  private final Budget budget = Budget.ofHeap();
  private final Gate gate;
  private final Office office;
  private final Optional<EventUpgrade> streams;
  private final EventLoopGroup loops;
  private final ChannelGroup connections;
  private final List<Channel> listening = new ArrayList<>();

  private RpcServer(RpcConfig config, Sites sites, EventLoopGroup loops) throws IOException {
    this.config = config;
    this.cookie = config.access().cookie().map(Cookie::create);
    this.dispatcher = new Dispatcher(config.access().whitelist(), config.limits().checkResults());
    this.workers = new Workers("rpc", config.limits().threads(), config.limits().workQueue());
    this.gate = new Gate(new Authenticator(logins()), sites);
    this.office = new Office(dispatcher, sites.open(), workers);
    this.streams = sites.events().map(EventUpgrade::new);
    this.loops = loops;
    this.connections = new DefaultChannelGroup(loops.next(), true);
  }

  private List<RpcLogin> logins() throws IOException {
    List<RpcLogin> logins = new ArrayList<>();
    if (cookie.isPresent()) {
      LOG.info("Using random cookie authentication.");
      logins.add(cookie.get().login());
    } else if (config.access().password().isPresent()) {
      LOG.info("Using rpcuser/rpcpassword authentication.");
      LOG.warn(
          "The use of rpcuser/rpcpassword is less secure, because the password stands in the"
              + " configuration; rpcauth has only its hash, and a cookie needs none.");
      logins.add(config.access().password().get());
    } else {
      LOG.info("RPC authentication cookie file generation is disabled.");
    }
    if (!config.access().auths().isEmpty()) {
      LOG.info("Using rpcauth authentication.");
    }
    for (String text : config.access().auths()) {
      try {
        logins.add(RpcLogin.parse(text));
      } catch (ConfigException e) {
        throw new IOException("Invalid -rpcauth argument.", e);
      }
    }
    return logins;
  }

  /**
   * Writes the cookie and listens.
   *
   * @param sites what there is beside methods
   * @param loops outlive the server
   * @throws IOException if the port is in use, or the file cannot be written; the message says so
   */
  public static RpcServer start(RpcConfig config, Sites sites, EventLoops loops)
      throws IOException {
    RpcServer server = new RpcServer(config, sites, loops.group());
    try {
      server.listening.addAll(
          new Binding(config.listen(), server.loops, server::accept).channels());
      // Only now: if the port is another node's, so may be the file.
      if (server.cookie.isPresent()) {
        server.cookie.get().write();
      }
      LOG.info("Starting HTTP server with {} worker threads", config.limits().threads());
      return server;
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  private void accept(SocketChannel channel) {
    InetAddress peer = channel.remoteAddress().getAddress();
    if (connections.size() >= MAX_CONNECTIONS || !isAllowed(peer)) {
      LOG.debug("Connection from {} rejected", Peers.text(channel.remoteAddress()));
      var unused = channel.close();
      return;
    }
    connections.add(channel);
    channel
        .pipeline()
        .addLast(
            new IdleStateHandler(true, 0, 0, config.limits().timeoutSeconds(), TimeUnit.SECONDS),
            new RequestDecoder(),
            new HttpResponseEncoder(),
            new Intake(gate, budget),
            new CallHandler(office, streams));
  }

  /** This machine may always connect. */
  private boolean isAllowed(InetAddress peer) {
    return peer.isLoopbackAddress()
        || config.listen().allowed().isEmpty()
        || config.listen().allowed().get().stream().anyMatch(subnet -> subnet.contains(peer));
  }

  /** The TCP port that was bound; of several addresses the first one's. */
  public int port() {
    return Binding.port(listening.get(0));
  }

  /** What callers are told (-28) until {@link #ready}: the stage of the start. */
  public void warmup(String stage) {
    dispatcher.warmup(stage);
  }

  /** Calls are answered from now on. */
  public void ready(MethodTable methods) {
    dispatcher.ready(methods);
  }

  /** Takes no more connections, lets running methods answer for a short time, and ends. */
  @Override
  public void close() {
    listening.forEach(channel -> channel.close().awaitUninterruptibly());
    workers.close();
    connections.close().awaitUninterruptibly(STOP_SECONDS, TimeUnit.SECONDS);
    removeCookie();
  }

  private void removeCookie() {
    try {
      if (cookie.isPresent()) {
        cookie.get().close();
      }
    } catch (IOException e) {
      LOG.warn("RPC: cannot remove the cookie file", e);
    }
  }
}
