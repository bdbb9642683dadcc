package org.farthing.node.rpc.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.IdleStateHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.farthing.node.config.RpcConfig;
import org.farthing.node.config.RpcLogin;
import org.farthing.node.rpc.call.Dispatcher;
import org.farthing.node.rpc.call.MethodTable;
import org.farthing.node.rpc.call.Workers;
import org.farthing.node.transport.EventLoops;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JSON-RPC over HTTP. Starts before the node is ready, and answers -28 until it is. Everything that
 * a client can make the server hold is bounded: connections, requests that wait, bodies, nesting.
 */
public final class RpcServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RpcServer.class);

  private static final int MAX_CONNECTIONS = 1_000;
  private static final int MAX_LINE_BYTES = 8 * 1024;
  private static final int MAX_HEADER_BYTES = 8 * 1024;
  private static final long STOP_SECONDS = 5;

  private final RpcConfig config;
  private final Dispatcher dispatcher = new Dispatcher();
  private final Optional<Cookie> cookie;
  private final Authenticator authenticator;
  private final Optional<OpenSite> site;
  private final Workers workers;
  private final EventLoopGroup loops;
  private final ChannelGroup connections;
  private Channel listening;

  private RpcServer(
      RpcConfig config, Optional<Cookie> cookie, Optional<OpenSite> site, EventLoopGroup loops) {
    this.config = config;
    this.cookie = cookie;
    this.site = site;
    List<RpcLogin> logins = new ArrayList<>(config.logins());
    cookie.map(Cookie::login).ifPresent(logins::add);
    this.authenticator = new Authenticator(logins);
    this.workers = new Workers(config.limits().threads(), config.limits().workQueue());
    this.loops = loops;
    this.connections = new DefaultChannelGroup(loops.next(), true);
  }

  /**
   * Writes the cookie and listens.
   *
   * @param cookieFile is written if the configuration asks for a cookie; empty: there is none
   * @param loops outlive the server
   * @param site answers what it serves to anybody
   * @throws IOException if the port is in use, or the file cannot be written; the message says so
   */
  public static RpcServer start(
      RpcConfig config, Optional<Path> cookieFile, Optional<OpenSite> site, EventLoops loops)
      throws IOException {
    Optional<Cookie> cookie = cookieFile.filter(file -> config.cookie()).map(Cookie::create);
    RpcServer server = new RpcServer(config, cookie, site, loops.group());
    try {
      server.bind();
      // Only now: if the port is another node's, so may be the file.
      if (cookie.isPresent()) {
        cookie.get().write();
      }
      return server;
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  private void bind() throws IOException {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    accept(channel);
                  }
                });
    InetSocketAddress address = new InetSocketAddress(config.bind(), config.port());
    if (address.isUnresolved()) {
      throw new IOException("rpc-bind: " + config.bind() + " is not known");
    }
    var bound = bootstrap.bind(address).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException(
          ("Cannot listen for RPC on %s port %d: %s. Is another node running? Choose another port"
                  + " with --rpc-port (0 takes any free one).")
              .formatted(config.bind(), config.port(), bound.cause().getMessage()),
          bound.cause());
    }
    listening = bound.channel();
    LOG.info("RPC: listening on {} port {}", config.bind(), port());
  }

  private void accept(SocketChannel channel) {
    if (connections.size() >= MAX_CONNECTIONS) {
      var unused = channel.close();
      return;
    }
    connections.add(channel);
    HttpDecoderConfig limits =
        new HttpDecoderConfig()
            .setMaxInitialLineLength(MAX_LINE_BYTES)
            .setMaxHeaderSize(MAX_HEADER_BYTES);
    channel
        .pipeline()
        .addLast(
            new IdleStateHandler(true, 0, 0, config.limits().timeoutSeconds(), TimeUnit.SECONDS),
            new HttpServerCodec(limits),
            new Gate(authenticator, site),
            new BodyLimit(),
            new CallHandler(dispatcher, site, workers));
  }

  /** The TCP port that was bound. */
  public int port() {
    return ((InetSocketAddress) listening.localAddress()).getPort();
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
    if (listening != null) {
      listening.close().awaitUninterruptibly();
    }
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
