package org.farthing.node.rpc.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.farthing.node.rpc.call.Budget;
import org.farthing.node.rpc.call.Reply;

/**
 * Makes {@link Exchange}s of the pieces that a connection brings. What the gate refuses has its
 * body dropped as it comes.
 */
final class Intake extends ChannelInboundHandlerAdapter {
  private final Gate gate;
  private final Budget budget;
  private Exchange current;

  /** The rest of a request is dropped. */
  private boolean dropping;

  /** The connection will be closed, and whatever comes is dropped. */
  private boolean over;

  Intake(Gate gate, Budget budget) {
    this.gate = gate;
    this.budget = budget;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (!over && message instanceof HttpRequest request) {
        head(ctx, request);
      }
      if (!over && message instanceof HttpContent content) {
        piece(ctx, content);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void head(ChannelHandlerContext ctx, HttpRequest request) {
    Budget.Account account = budget.open();
    Exchange.Content content = gate.admit(request, ctx.channel().remoteAddress(), account);
    boolean refused = content instanceof Exchange.Refusal;
    boolean keepAlive = HttpUtil.isKeepAlive(request) && (!refused || isWhole(request));
    Exchange.Form form =
        new Exchange.Form(
            request.decoderResult().isSuccess() ? request.protocolVersion().minorVersion() : 1,
            keepAlive,
            request.method().equals(HttpMethod.HEAD));
    current = new Exchange(form, content, account);
    dropping = refused;
    if (refused) {
      over = !keepAlive;
      pass(ctx);
    } else if (HttpUtil.getContentLength(request, 0L) > body().most()) {
      giveUp(ctx, Answers.text(Answers.TOO_LARGE, ""));
    } else if (HttpUtil.is100ContinueExpected(request)) {
      var unused =
          ctx.writeAndFlush(
              new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
    }
  }

  /** Whether a request has no body that could be taken for the next request. */
  private static boolean isWhole(HttpRequest request) {
    return request.decoderResult().isSuccess()
        && !HttpUtil.isTransferEncodingChunked(request)
        && HttpUtil.getContentLength(request, 0L) == 0;
  }

  private void piece(ChannelHandlerContext ctx, HttpContent content) {
    boolean last = content instanceof LastHttpContent;
    if (dropping) {
      dropping = !last;
      return;
    }
    if (content.decoderResult().isFailure()) {
      giveUp(ctx, Answers.text(HttpResponseStatus.BAD_REQUEST, ""));
      return;
    }
    switch (body().add(content.content())) {
      case ADDED -> {
        if (last) {
          pass(ctx);
        }
      }
      case TOO_LARGE -> giveUp(ctx, Answers.text(Answers.TOO_LARGE, ""));
      case NO_ROOM -> giveUp(ctx, Answers.of(Reply.noRoom()));
    }
  }

  private Body body() {
    if (current.content() instanceof Exchange.Call call) {
      return call.body();
    }
    return current.content() instanceof Exchange.Subscription subscription
        ? subscription.body()
        : ((Exchange.Page) current.content()).body();
  }

  /** What the client still sends is not worth reading. */
  private void giveUp(ChannelHandlerContext ctx, FullHttpResponse answer) {
    body().release();
    Exchange.Form form = new Exchange.Form(current.form().version(), false, false);
    current = new Exchange(form, new Exchange.Refusal(answer, 0), current.account());
    over = true;
    pass(ctx);
  }

  private void pass(ChannelHandlerContext ctx) {
    Exchange complete = current;
    current = null;
    ctx.fireChannelRead(complete);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) throws Exception {
    abandon();
    super.channelInactive(ctx);
  }

  private void abandon() {
    over = true;
    if (current != null && !dropping) {
      body().release();
    }
    current = null;
  }

  /** A stream has taken over the connection. */
  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    abandon();
  }
}
