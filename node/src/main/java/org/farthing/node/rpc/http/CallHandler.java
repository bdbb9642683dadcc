package org.farthing.node.rpc.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.timeout.IdleStateEvent;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.farthing.node.rpc.call.Caller;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the requests of a connection answered, one at a time and in their order. While one is being
 * worked on, nothing more is read from the connection, but where the work is to wait for something:
 * then it is good to know whether the client is still there.
 */
final class CallHandler extends SimpleChannelInboundHandler<Exchange> {
  private static final Logger LOG = LoggerFactory.getLogger(CallHandler.class);

  private final Office office;
  private final Optional<EventUpgrade> streams;

  /** Requests that came in one piece with the one before them. */
  private final Queue<Exchange> waiting = new ArrayDeque<>();

  private Exchange current;
  private Runnable cancelling = () -> {};
  private boolean answering;

  CallHandler(Office office, Optional<EventUpgrade> streams) {
    this.office = office;
    this.streams = streams;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, Exchange exchange) {
    if (current == null) {
      begin(ctx, exchange);
    } else {
      ctx.channel().config().setAutoRead(false);
      waiting.add(exchange);
    }
  }

  private void begin(ChannelHandlerContext ctx, Exchange exchange) {
    current = exchange;
    ctx.channel().config().setAutoRead(false);
    if (exchange.content() instanceof Exchange.Refusal refusal) {
      var unused =
          ctx.executor()
              .schedule(
                  () -> answer(ctx, exchange, refusal.response()),
                  refusal.delayMillis(),
                  TimeUnit.MILLISECONDS);
      return;
    }
    if (exchange.content() instanceof Exchange.Subscription subscription) {
      streams
          .orElseThrow()
          .begin(ctx, subscription.head(), RequestDecoder.class, Intake.class, CallHandler.class)
          .ifPresentOrElse(
              response -> answer(ctx, exchange, response), () -> exchange.account().close());
      return;
    }
    try {
      cancelling =
          office.submit(
              exchange,
              () -> ctx.executor().execute(() -> watch(ctx, exchange)),
              answer -> ctx.executor().execute(() -> answer(ctx, exchange, answer)));
    } catch (RejectedExecutionException e) {
      answer(ctx, exchange, Office.tooBusy());
    }
  }

  /** The work may take for ever: notice when the client goes. */
  @SuppressWarnings("ReferenceEquality") // Another request may say the same.
  private void watch(ChannelHandlerContext ctx, Exchange exchange) {
    if (exchange.isSame(current) && !answering && waiting.isEmpty()) {
      ctx.channel().config().setAutoRead(true);
    }
  }

  private void answer(ChannelHandlerContext ctx, Exchange exchange, FullHttpResponse response) {
    answering = true;
    cancelling = () -> {};
    boolean keepAlive = exchange.form().keepAlive();
    Answers.write(ctx, response, exchange.form())
        .addListener(
            written -> {
              answering = false;
              exchange.account().close();
              exchange.caller().ifPresent(Caller::answered);
              if (!written.isSuccess()) {
                Closing.close(ctx);
              } else if (!keepAlive) {
                Closing.afterAnswer(ctx);
              } else {
                goOn(ctx);
              }
            });
  }

  private void goOn(ChannelHandlerContext ctx) {
    current = null;
    Exchange next = waiting.poll();
    if (next != null) {
      begin(ctx, next);
    } else {
      ctx.channel().config().setAutoRead(true);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
    // While a method runs, silence is ours. Otherwise nothing has moved for too long: an idle
    // client, half a request, or an answer that nobody reads.
    if (event instanceof IdleStateEvent && (current == null || answering)) {
      Closing.close(ctx);
    } else {
      super.userEventTriggered(ctx, event);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) throws Exception {
    cancelling.run();
    abandonWaiting();
    super.channelInactive(ctx);
  }

  private void abandonWaiting() {
    waiting.forEach(Office::abandon);
    waiting.clear();
  }

  /** A stream has taken over the connection. */
  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    abandonWaiting();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.debug("RPC connection from {} failed", ctx.channel().remoteAddress(), cause);
    Closing.close(ctx);
  }
}
