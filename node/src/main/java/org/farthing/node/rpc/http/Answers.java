package org.farthing.node.rpc.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.farthing.node.rpc.call.Reply;

/** HTTP's form of answers. */
final class Answers {
  static final HttpResponseStatus TOO_LARGE = new HttpResponseStatus(413, "Content too large");

  private static final String HTML = "text/html; charset=ISO-8859-1";

  private Answers() {}

  static FullHttpResponse of(Reply reply) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(reply.status()),
            Unpooled.wrappedBuffer(reply.pieces().toArray(ByteBuffer[]::new)));
    response.headers().set(HttpHeaderNames.CACHE_CONTROL, reply.content().caching());
    if (reply.status() != HttpResponseStatus.NO_CONTENT.code()) {
      response.headers().set(HttpHeaderNames.CONTENT_TYPE, reply.content().type());
      response.headers().set(HttpHeaderNames.CONTENT_LENGTH, reply.length());
    }
    return response;
  }

  /** Writes an answer in the form that its request asks for. */
  static ChannelFuture write(
      ChannelHandlerContext ctx, FullHttpResponse response, Exchange.Form form) {
    if (form.version() == 0) {
      response.setProtocolVersion(HttpVersion.HTTP_1_0);
    }
    HttpUtil.setKeepAlive(response, form.keepAlive());
    if (!form.headOnly()) {
      return ctx.writeAndFlush(response);
    }
    response.release();
    var unused =
        ctx.write(
            new DefaultHttpResponse(
                response.protocolVersion(), response.status(), response.headers()));
    return ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
  }

  /** A few words, or none. */
  static FullHttpResponse text(HttpResponseStatus status, String text) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, status, Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
    response.headers().set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE);
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, HTML);
    response.headers().set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
    return response;
  }
}
