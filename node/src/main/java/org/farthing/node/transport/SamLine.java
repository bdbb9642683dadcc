package org.farthing.node.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.farthing.node.i2p.SamException;
import org.farthing.node.i2p.SamReply;
import org.farthing.node.i2p.SamRequests;

/**
 * A connection to a SAM bridge: requests, each with its answer, until there is a peer at the other
 * end. All of it happens on the channel's loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // outcomes are seen through the pipeline
final class SamLine extends LineDecoder {
  /** Bytes of the longest line. */
  private static final int MAX_LINE = 65_536;

  /** The bridge may have to ask its whole network. */
  private static final long ANSWER_MILLIS = 3 * 60_000L;

  private final Channel channel;
  private CompletableFuture<String> awaited;

  private SamLine(Channel channel) {
    super(MAX_LINE);
    this.channel = channel;
  }

  /** Connects to the bridge, and agrees with it on the version. */
  static CompletableFuture<SamLine> open(Bootstrap bootstrap, SamBridge bridge) {
    CompletableFuture<SamLine> opened = new CompletableFuture<>();
    bootstrap
        .handler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel channel) {
                bridge.opened().accept(channel);
                channel.pipeline().addLast(new SamLine(channel));
              }
            })
        .connect(bridge.address())
        .addListener(
            (ChannelFuture connected) -> {
              if (connected.isSuccess()) {
                opened.complete(connected.channel().pipeline().get(SamLine.class));
              } else {
                opened.completeExceptionally(new SamException("Cannot connect to " + bridge));
              }
            });
    return opened.thenCompose(SamLine::agreed);
  }

  private CompletableFuture<SamLine> agreed() {
    return orClose(ask(SamRequests.HELLO).thenCompose(SamLine::ok)).thenApply(hello -> this);
  }

  /** What went wrong, for people. */
  static String reason(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof SamException ? cause.getMessage() : NettyConnection.describe(cause);
  }

  /** The answer, or a failure where it says so. */
  static CompletableFuture<SamReply> ok(SamReply reply) {
    return reply.isOk()
        ? CompletableFuture.completedFuture(reply)
        : CompletableFuture.failedFuture(new SamException("\"" + reply.text() + "\""));
  }

  /** What has this name in the answer, or a failure. */
  static CompletableFuture<String> value(SamReply reply, String name) {
    return reply
        .value(name)
        .map(CompletableFuture::completedFuture)
        .orElseGet(
            () ->
                CompletableFuture.failedFuture(
                    new SamException("no " + name + " in \"" + reply.text() + "\"")));
  }

  /** Closes the line where that fails. */
  <T> CompletableFuture<T> orClose(CompletableFuture<T> outcome) {
    return outcome.whenComplete(
        (done, failure) -> {
          if (failure != null) {
            close();
          }
        });
  }

  /** The answer to a request. */
  CompletableFuture<SamReply> ask(String request) {
    channel.writeAndFlush(Unpooled.copiedBuffer(request + "\n", StandardCharsets.US_ASCII));
    CompletableFuture<String> answer = hear();
    var late =
        channel
            .eventLoop()
            .schedule(
                () -> answer.completeExceptionally(new SamException("the bridge does not answer")),
                ANSWER_MILLIS,
                TimeUnit.MILLISECONDS);
    return answer.whenComplete((line, failure) -> late.cancel(false)).thenApply(SamReply::of);
  }

  /** The next line, whenever it comes. */
  CompletableFuture<String> hear() {
    CompletableFuture<String> line = new CompletableFuture<>();
    awaited = line;
    if (!channel.isActive()) {
      fail("the bridge has hung up");
    }
    return line;
  }

  /** Does something when the connection has ended. */
  void whenClosed(Runnable action) {
    channel.closeFuture().addListener(closed -> action.run());
  }

  /** What comes from now on is for others, who are in the pipeline behind this. */
  void leave() {
    ChannelHandlerContext context = channel.pipeline().context(this);
    context.fireChannelActive();
    channel.pipeline().remove(this);
  }

  Channel channel() {
    return channel;
  }

  void close() {
    channel.close();
  }

  @Override
  void heard(String line, List<Object> out) {
    CompletableFuture<String> waiting = awaited;
    awaited = null;
    if (waiting != null) {
      waiting.complete(line);
    }
  }

  @Override
  void refused() {
    fail("a line without end");
  }

  private void fail(String reason) {
    CompletableFuture<String> waiting = awaited;
    awaited = null;
    if (waiting != null) {
      waiting.completeExceptionally(new SamException(reason));
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    super.channelInactive(context);
    fail("the bridge has hung up");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    fail(NettyConnection.describe(cause));
    context.close();
  }
}
