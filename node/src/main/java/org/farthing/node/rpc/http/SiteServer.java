package org.farthing.node.rpc.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.timeout.IdleStateHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.farthing.node.rpc.call.Budget;
import org.farthing.node.rpc.call.Dispatcher;
import org.farthing.node.rpc.call.Workers;
import org.farthing.node.transport.EventLoops;

/**
 * An open site at a port of its own, on loopback: no methods, no credentials. What a client can
 * make it hold is bounded as with {@link RpcServer}.
 */
public final class SiteServer implements AutoCloseable {

  private static final int MAX_CONNECTIONS = 100;
  private static final int THREADS = 2;
  private static final int MAX_WAITING = 32;
  private static final int TIMEOUT_SECONDS = 30;
  private static final long STOP_SECONDS = 5;

  private final Workers workers;
  private final Gate gate;
  private final Office office;
  private final Budget budget = Budget.ofHeap();
  private final ChannelGroup connections;
  private Channel listening;

  private SiteServer(String name, OpenSite site, EventLoopGroup loops) {
    this.workers = new Workers(name, THREADS, MAX_WAITING);
    Sites sites = new Sites(Optional.of(site), Optional.empty());
    this.gate = new Gate(new Authenticator(List.of()), sites);
    this.office = new Office(new Dispatcher(), sites.open(), workers);
    this.connections = new DefaultChannelGroup(loops.next(), true);
  }

  /**
   * Listens.
   *
   * @param name of its threads
   * @param port 0 lets the system choose
   * @param loops outlive the server
   * @throws IOException if it cannot; the message says why
   */
  public static SiteServer start(String name, OpenSite site, int port, EventLoops loops)
      throws IOException {
    SiteServer server = new SiteServer(name, site, loops.group());
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loops.group())
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    server.accept(channel);
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      server.workers.close();
      throw new IOException(bound.cause().getMessage(), bound.cause());
    }
    server.listening = bound.channel();
    return server;
  }

  private void accept(SocketChannel channel) {
    if (connections.size() >= MAX_CONNECTIONS) {
      var unused = channel.close();
      return;
    }
    connections.add(channel);
    channel
        .pipeline()
        .addLast(
            new IdleStateHandler(true, 0, 0, TIMEOUT_SECONDS, TimeUnit.SECONDS),
            new RequestDecoder(),
            new HttpResponseEncoder(),
            new Intake(gate, budget),
            new CallHandler(office, Optional.empty()));
  }

  /** The TCP port that was bound. */
  public int port() {
    return Binding.port(listening);
  }

  @Override
  public void close() {
    listening.close().awaitUninterruptibly();
    workers.close();
    connections.close().awaitUninterruptibly(STOP_SECONDS, TimeUnit.SECONDS);
  }
}
