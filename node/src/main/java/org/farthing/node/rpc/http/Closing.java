package org.farthing.node.rpc.http;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.SocketChannel;
import java.util.concurrent.TimeUnit;

/** Ends of connections that the client sees as answers, not as failures. */
final class Closing {
  /** How long a client may go on sending before its connection is cut. */
  private static final long LINGER_MILLIS = 2_000;

  private Closing() {}

  /**
   * To be called when the last answer of a connection has been written. Says that no more will
   * come, and drops what still comes: a socket closed on unread data is reset, and the client would
   * lose the answer.
   */
  static void afterAnswer(ChannelHandlerContext ctx) {
    if (!(ctx.channel() instanceof SocketChannel socket)) {
      close(ctx);
      return;
    }
    socket.shutdownOutput().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    ctx.channel().config().setAutoRead(true);
    var unused = ctx.executor().schedule(() -> close(ctx), LINGER_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Closes the connection now. */
  static void close(ChannelHandlerContext ctx) {
    var unused = ctx.close();
  }
}
