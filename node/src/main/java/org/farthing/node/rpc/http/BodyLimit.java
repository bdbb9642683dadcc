package org.farthing.node.rpc.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;

/** Puts requests together, up to a size. */
final class BodyLimit extends HttpObjectAggregator {
  /** As in Bitcoin Core. */
  static final int MAX_BODY_BYTES = 32 * 1024 * 1024;

  static final HttpResponseStatus TOO_LARGE = new HttpResponseStatus(413, "Content too large");

  BodyLimit() {
    super(MAX_BODY_BYTES);
  }

  @Override
  protected void handleOversizedMessage(ChannelHandlerContext ctx, HttpMessage oversized) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, TOO_LARGE, Unpooled.EMPTY_BUFFER);
    HttpUtil.setContentLength(response, 0);
    HttpUtil.setKeepAlive(response, false);
    Closing.writeAndMaybeClose(ctx, response, false);
  }
}
