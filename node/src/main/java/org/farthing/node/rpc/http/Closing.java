package org.farthing.node.rpc.http;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.FullHttpResponse;
import java.util.concurrent.TimeUnit;

/** Ends of connections that the client sees as answers, not as failures. */
final class Closing {
  /** How long a client may go on sending before its connection is cut. */
  private static final long LINGER_MILLIS = 2_000;

  private Closing() {}

  /**
   * Writes the answer. Where the connection does not go on, says so, and drops what still comes: a
   * socket closed on unread data is reset, and the client would lose the answer.
   */
  static void writeAndMaybeClose(
      ChannelHandlerContext ctx, FullHttpResponse response, boolean keepAlive) {
    if (keepAlive) {
      ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
      ctx.channel().config().setAutoRead(true);
      return;
    }
    ctx.writeAndFlush(response)
        .addListener(
            written -> {
              if (written.isSuccess() && ctx.channel() instanceof SocketChannel socket) {
                socket.shutdownOutput().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
                ctx.channel().config().setAutoRead(true);
                var unused =
                    ctx.executor().schedule(() -> close(ctx), LINGER_MILLIS, TimeUnit.MILLISECONDS);
              } else {
                close(ctx);
              }
            });
  }

  /** Closes the connection now. */
  static void close(ChannelHandlerContext ctx) {
    var unused = ctx.close();
  }
}
