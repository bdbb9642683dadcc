package org.farthing.node.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Talks to another program in lines of text. */
@SuppressWarnings("FutureReturnValueIgnored") // outcomes are seen through the pipeline
public final class LineClient {
  private static final int CONNECT_MILLIS = 5_000;

  /** Hears what the other side says; called on the executor of the client, in order. */
  public interface Listener {
    void opened(Line line);

    /** A line without its end. */
    void heard(Line line, String text);

    /** The connection is gone, or did not come about; the last call. */
    void closed(String reason);
  }

  /** A connection. Its methods may be called from any thread and return at once. */
  public interface Line {
    /** Says a line, to which the end is added. */
    void say(String text);

    void close();
  }

  private final EventLoops loops;
  private final Executor owner;
  private final int maxLine;

  /**
   * @param owner runs the calls of listeners
   * @param maxLine bytes of the longest line that is heard, without its line feed; a longer one
   *     ends the connection
   */
  public LineClient(EventLoops loops, Executor owner, int maxLine) {
    this.loops = loops;
    this.owner = owner;
    this.maxLine = maxLine;
  }

  /** Starts to connect; returns at once. */
  public void connect(InetSocketAddress to, Listener listener) {
    new Bootstrap()
        .group(loops.group())
        .channel(NioSocketChannel.class)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
        .handler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel channel) {
                channel.pipeline().addLast(new Lines(maxLine), new Talk(listener, owner));
              }
            })
        .connect(to)
        .addListener(
            connected -> {
              if (!connected.isSuccess()) {
                String reason = NettyConnection.describe(connected.cause());
                call(owner, () -> listener.closed(reason));
              }
            });
  }

  /** Passes a call on to the owner, unless that has ended. */
  static void call(Executor owner, Runnable task) {
    try {
      owner.execute(task);
    } catch (RejectedExecutionException e) {
      // The owner has ended before us: there is nobody left who wants to know.
    }
  }

  /** Lines that may end with a carriage return before the line feed. */
  private static final class Lines extends LineDecoder {
    Lines(int maxLine) {
      super(maxLine);
    }

    @Override
    void heard(String text, List<Object> out) {
      out.add(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
    }
  }

  private static final class Talk extends SimpleChannelInboundHandler<String> implements Line {
    private final Listener listener;
    private final Executor owner;
    private volatile Channel channel;

    Talk(Listener listener, Executor owner) {
      this.listener = listener;
      this.owner = owner;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      channel = context.channel();
      call(owner, () -> listener.opened(this));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, String text) {
      call(owner, () -> listener.heard(this, text));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      call(owner, () -> listener.closed("closed"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }

    @Override
    public void say(String text) {
      channel.writeAndFlush(Unpooled.copiedBuffer(text + "\r\n", StandardCharsets.ISO_8859_1));
    }

    @Override
    public void close() {
      channel.close();
    }
  }
}
