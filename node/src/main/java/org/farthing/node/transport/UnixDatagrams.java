package org.farthing.node.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Sends datagrams to a Unix socket, which Java cannot do by itself. On Linux only. */
public final class UnixDatagrams implements AutoCloseable {
  private static final long LIMIT_MILLIS = 1_000;

  private final EventLoopGroup loop;
  private final Channel channel;

  private UnixDatagrams(EventLoopGroup loop, Channel channel) {
    this.loop = loop;
    this.channel = channel;
  }

  /**
   * @param path of the socket; one that begins with {@code @} is in no file system (Linux's
   *     abstract names)
   * @throws IOException if nobody listens there, or this system has no such sockets
   */
  public static UnixDatagrams open(String path) throws IOException {
    if (!Epoll.isAvailable()) {
      throw new IOException("no Unix datagrams here", Epoll.unavailabilityCause());
    }
    String name = path.startsWith("@") ? "\0" + path.substring(1) : path;
    EventLoopGroup loop =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("unix-datagrams", true), EpollIoHandler.newFactory());
    ChannelFuture connected =
        new Bootstrap()
            .group(loop)
            .channel(EpollDomainDatagramChannel.class)
            .handler(new ChannelInboundHandlerAdapter())
            .connect(new DomainSocketAddress(name))
            .awaitUninterruptibly();
    if (!connected.isSuccess()) {
      var unused = loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
      throw new IOException(connected.cause());
    }
    return new UnixDatagrams(loop, connected.channel());
  }

  /**
   * Sends one datagram, and waits until it is on its way.
   *
   * @throws IOException if nobody takes it, or not soon
   */
  public void send(String text) throws IOException {
    ChannelFuture sent = channel.writeAndFlush(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
    if (!sent.awaitUninterruptibly(LIMIT_MILLIS)) {
      throw new IOException("not taken in time");
    }
    if (!sent.isSuccess()) {
      throw new IOException(sent.cause());
    }
  }

  @Override
  public void close() {
    channel.close().awaitUninterruptibly(LIMIT_MILLIS);
    loop.shutdownGracefully(0, LIMIT_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly();
  }
}
