package org.farthing.node.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.codec.string.StringDecoder;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Lets other programs connect and talk in lines of text. Who says too long a line, says nothing for
 * too long, or does not read what it is told, is disconnected; of who says much no more is read
 * until the owner has heard it.
 */
@SuppressWarnings("FutureReturnValueIgnored") // outcomes are seen through the pipeline
public final class LineServer implements AutoCloseable {
  /** Lines of one connection that may wait for the owner. */
  private static final int MANY = 16;

  private static final int MOST_UNREAD_BYTES = 4 * 1024 * 1024;

  private final Limits limits;
  private final Executor owner;
  private final Function<Line, Listener> welcome;
  private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicLong refused = new AtomicLong();
  private final Channel listening;

  /**
   * @param lineBytes of the longest line
   * @param connections at most at a time
   * @param idleSeconds that a connection may be silent
   */
  public record Limits(int lineBytes, int connections, int idleSeconds) {}

  /** A connection. Its methods may be called from any thread and return at once. */
  public interface Line {
    /** Says a line, to which the end is added. */
    void say(String text);

    /** Address and port of the other side. */
    String remote();

    void close();
  }

  /** What one connection says; called on the owner, in order. */
  public interface Listener {
    /** A line without its end. */
    void heard(String text);

    /** The connection is gone; the last call. */
    void closed();
  }

  private LineServer(
      InetSocketAddress address,
      EventLoops loops,
      Limits limits,
      Executor owner,
      Function<Line, Listener> welcome)
      throws IOException {
    this.limits = limits;
    this.owner = owner;
    this.welcome = welcome;
    var bound =
        new ServerBootstrap()
            .group(loops.group())
            .channel(NioServerSocketChannel.class)
            .childOption(
                ChannelOption.WRITE_BUFFER_WATER_MARK,
                new WriteBufferWaterMark(MOST_UNREAD_BYTES / 2, MOST_UNREAD_BYTES))
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    accept(channel);
                  }
                })
            .bind(address)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException(NettyConnection.describe(bound.cause()), bound.cause());
    }
    this.listening = bound.channel();
  }

  /**
   * Listens.
   *
   * @param address where; port 0 takes any free one
   * @param owner runs the calls of listeners, and {@code welcome}, which is called with each new
   *     connection
   * @throws IOException if it cannot, with the reason for people
   */
  public static LineServer listen(
      InetSocketAddress address,
      EventLoops loops,
      Limits limits,
      Executor owner,
      Function<Line, Listener> welcome)
      throws IOException {
    return new LineServer(address, loops, limits, owner, welcome);
  }

  private void accept(SocketChannel channel) {
    if (connections.incrementAndGet() > limits.connections()) {
      connections.decrementAndGet();
      refused.incrementAndGet();
      channel.close();
      return;
    }
    channel.closeFuture().addListener(gone -> connections.decrementAndGet());
    open.add(channel);
    channel
        .pipeline()
        .addLast(
            new IdleStateHandler(limits.idleSeconds(), 0, 0),
            new LineBasedFrameDecoder(limits.lineBytes(), true, true),
            new StringDecoder(StandardCharsets.UTF_8),
            new Talk());
  }

  /** The address that was bound. */
  public InetSocketAddress address() {
    return (InetSocketAddress) listening.localAddress();
  }

  /** Connections that were more than there may be. Any thread. */
  public long refusedConnections() {
    return refused.get();
  }

  /** Listens no more, and ends all connections. */
  @Override
  public void close() {
    listening.close().awaitUninterruptibly();
    open.close().awaitUninterruptibly();
  }

  private final class Talk extends SimpleChannelInboundHandler<String> implements Line {
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile Channel channel;
    private volatile String remote;

    /** The owner's. */
    private Listener listener;

    @Override
    public void channelActive(ChannelHandlerContext context) {
      channel = context.channel();
      InetSocketAddress address = (InetSocketAddress) channel.remoteAddress();
      remote = address.getAddress().getHostAddress() + ":" + address.getPort();
      LineClient.call(owner, () -> listener = welcome.apply(this));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, String text) {
      if (waiting.incrementAndGet() >= MANY) {
        context.channel().config().setAutoRead(false);
      }
      LineClient.call(
          owner,
          () -> {
            listener.heard(text);
            if (waiting.decrementAndGet() < MANY) {
              channel.config().setAutoRead(true);
            }
          });
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      LineClient.call(owner, () -> listener.closed());
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
      if (!context.channel().isWritable()) {
        context.close();
      }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
      if (event instanceof IdleStateEvent) {
        context.close();
      } else {
        super.userEventTriggered(context, event);
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }

    @Override
    public void say(String text) {
      channel.writeAndFlush(Unpooled.copiedBuffer(text + "\n", StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
      channel.close();
    }

    @Override
    public String remote() {
      return remote;
    }
  }
}
