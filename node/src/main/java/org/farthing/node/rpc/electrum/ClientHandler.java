package org.farthing.node.rpc.electrum;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.timeout.IdleStateEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.farthing.node.rpc.json.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The socket of one client. Its requests are worked on one after the other; while some wait, or the
 * client does not read, nothing more is read from it.
 */
final class ClientHandler extends SimpleChannelInboundHandler<String> {
  private static final Logger LOG = LoggerFactory.getLogger(ClientHandler.class);

  /** Requests that may wait before reading stops. */
  private static final int MANY = 16;

  private final Session session;
  private final Executor workers;
  private final Consumer<ClientHandler> whenGone;
  private final Queue<String> waiting = new ArrayDeque<>();
  private volatile ChannelHandlerContext context;

  // What follows is the event loop's.
  private boolean busy;
  private boolean newsWanted;

  ClientHandler(Session session, Executor workers, Consumer<ClientHandler> whenGone) {
    this.session = session;
    this.workers = workers;
    this.whenGone = whenGone;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    context = ctx;
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    whenGone.accept(this);
  }

  /** There may be news. Any thread. */
  void changed() {
    ChannelHandlerContext ctx = context;
    if (ctx != null) {
      ctx.executor()
          .execute(
              () -> {
                newsWanted = true;
                goOn(ctx);
              });
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, String line) {
    waiting.add(line);
    goOn(ctx);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    goOn(ctx);
  }

  private void goOn(ChannelHandlerContext ctx) {
    if (!busy && ctx.channel().isWritable()) {
      String line = waiting.poll();
      if (line != null) {
        work(ctx, () -> session.handle(line).map(List::of).orElse(List.of()));
      } else if (newsWanted) {
        newsWanted = false;
        work(ctx, session::news);
      }
    }
    ctx.channel().config().setAutoRead(waiting.size() < MANY && ctx.channel().isWritable());
  }

  @FunctionalInterface
  private interface Task {
    List<JsonNode> lines();
  }

  private void work(ChannelHandlerContext ctx, Task task) {
    busy = true;
    try {
      workers.execute(
          () -> {
            List<JsonNode> lines = task.lines();
            ctx.executor().execute(() -> done(ctx, lines));
          });
    } catch (RejectedExecutionException e) {
      // The server ends.
      var unused = ctx.close();
    }
  }

  private void done(ChannelHandlerContext ctx, List<JsonNode> lines) {
    for (JsonNode line : lines) {
      var unused = ctx.write(new String(Json.bytes(line), StandardCharsets.UTF_8) + "\n");
    }
    ctx.flush();
    busy = false;
    goOn(ctx);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
    if (event instanceof IdleStateEvent) {
      var unused = ctx.close();
    } else {
      super.userEventTriggered(ctx, event);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.debug("Electrum client {} failed", ctx.channel().remoteAddress(), cause);
    var unused = ctx.close();
  }
}
