package org.farthing.node.rpc.http;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.timeout.IdleStateEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.farthing.node.rpc.call.Caller;
import org.farthing.node.rpc.call.Dispatcher;
import org.farthing.node.rpc.call.Pace;
import org.farthing.node.rpc.call.Reply;
import org.farthing.node.rpc.call.Work;
import org.farthing.node.rpc.call.Workers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands whole requests to the workers, one of each connection at a time, so that answers come in
 * the order of the requests. While one is being worked on, nothing more is read from the
 * connection.
 */
final class CallHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final Logger LOG = LoggerFactory.getLogger(CallHandler.class);

  private final Dispatcher dispatcher;
  private final Optional<OpenSite> site;
  private final Workers workers;
  private final Queue<Waiting> waiting = new ArrayDeque<>();
  private Workers.Task running;
  private boolean busy;
  private boolean answering;

  /**
   * A request that came in one piece with the one before it.
   *
   * @param caller empty where the open site is to answer
   */
  private record Waiting(Call call, Optional<Caller> caller) {
    void answered() {
      caller.ifPresent(Caller::answered);
    }
  }

  /** A request without the buffers that it came in. */
  private static final class Call {
    private final String uri;
    private final byte[] body;
    private final boolean keepAlive;

    Call(FullHttpRequest request) {
      uri = request.uri();
      body = ByteBufUtil.getBytes(request.content());
      keepAlive = HttpUtil.isKeepAlive(request);
    }
  }

  CallHandler(Dispatcher dispatcher, Optional<OpenSite> site, Workers workers) {
    this.dispatcher = dispatcher;
    this.site = site;
    this.workers = workers;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
    Waiting next =
        new Waiting(new Call(request), Optional.ofNullable(ctx.channel().attr(Gate.CALLER).get()));
    if (busy) {
      waiting.add(next);
    } else {
      begin(ctx, next);
    }
  }

  private void begin(ChannelHandlerContext ctx, Waiting next) {
    busy = true;
    ctx.channel().config().setAutoRead(false);
    try {
      running =
          workers.submit(
              () -> {
                FullHttpResponse response = next.caller().isEmpty() ? open(next) : call(next);
                ctx.executor().execute(() -> answer(ctx, next, response));
              });
    } catch (RejectedExecutionException e) {
      answer(ctx, next, tooBusy());
    }
  }

  private FullHttpResponse open(Waiting next) {
    return response(site.orElseThrow().answer(next.call().uri, next.call().body));
  }

  /** On a worker. What is slow does not keep others waiting. */
  private FullHttpResponse call(Waiting next) {
    Work work = dispatcher.prepare(next.call().body, next.caller().orElseThrow());
    Pace pace = work.pace();
    return pace == Pace.QUICK
        ? response(work.run())
        : workers
            .slowly(pace == Pace.WAITING, work::run)
            .map(CallHandler::response)
            .orElseGet(CallHandler::tooBusy);
  }

  private static FullHttpResponse tooBusy() {
    LOG.warn(
        "Request rejected because http work queue depth exceeded, it can be increased with the"
            + " -rpcworkqueue= setting");
    return text(HttpResponseStatus.SERVICE_UNAVAILABLE, "Work queue depth exceeded");
  }

  private void answer(ChannelHandlerContext ctx, Waiting done, FullHttpResponse response) {
    boolean keepAlive = done.call().keepAlive;
    answering = true;
    HttpUtil.setKeepAlive(response, keepAlive);
    ctx.writeAndFlush(response)
        .addListener(
            written -> {
              answering = false;
              done.answered();
              if (!written.isSuccess() || !keepAlive) {
                Closing.close(ctx);
              } else {
                goOn(ctx);
              }
            });
  }

  private void goOn(ChannelHandlerContext ctx) {
    busy = false;
    Waiting next = waiting.poll();
    if (next != null) {
      begin(ctx, next);
    } else {
      ctx.channel().config().setAutoRead(true);
    }
  }

  private static FullHttpResponse response(Reply reply) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(reply.status()),
            Unpooled.wrappedBuffer(reply.body()));
    response.headers().set(HttpHeaderNames.CACHE_CONTROL, reply.content().caching());
    if (reply.status() != HttpResponseStatus.NO_CONTENT.code()) {
      response.headers().set(HttpHeaderNames.CONTENT_TYPE, reply.content().type());
      HttpUtil.setContentLength(response, reply.body().length);
    }
    return response;
  }

  private static FullHttpResponse text(HttpResponseStatus status, String text) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, status, Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
    HttpUtil.setContentLength(response, response.content().readableBytes());
    response.headers().set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE);
    return response;
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
    // While a method runs, silence is ours. Otherwise nothing has moved for too long: an idle
    // client, half a request, or an answer that nobody reads.
    if (event instanceof IdleStateEvent && (!busy || answering)) {
      Closing.close(ctx);
    } else {
      super.userEventTriggered(ctx, event);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) throws Exception {
    if (running != null) {
      running.cancel();
    }
    super.channelInactive(ctx);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.debug("RPC connection from {} failed", ctx.channel().remoteAddress(), cause);
    Closing.close(ctx);
  }
}
