package org.farthing.node.rpc.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.farthing.node.events.EventLog;
import org.farthing.node.events.LoggedEvent;
import org.farthing.node.rpc.event.EventFilter;
import org.farthing.node.rpc.event.EventJson;
import org.farthing.node.rpc.event.EventQuery;
import org.farthing.node.rpc.event.EventRefusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends events to one reader, page by page, as fast as the connection takes them: what it cannot
 * take yet stays in the log. So a reader has a page and the connection's buffer in memory, however
 * far behind it is; one that takes nothing for a minute is let go, and one that falls behind what
 * the log keeps is told so.
 */
final class EventStream extends ChannelInboundHandlerAdapter {
  /** Without anything sent for so long, a sign of life is. */
  static final int HEARTBEAT_SECONDS = 15;

  private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);

  private static final int PAGE = 100;
  private static final int MAX_STUCK_INTERVALS = 4;

  private final EventLog log;
  private final EventForm form;
  private final EventFilter filter;
  private final AtomicBoolean newsUnderWay = new AtomicBoolean();
  private Runnable listener = () -> {};
  private long next;
  private boolean reading;
  private boolean over;
  private int stuckIntervals;

  EventStream(EventLog log, EventForm form, EventQuery query) {
    this.log = log;
    this.form = form;
    this.filter = query.filter();
    this.next = query.from();
  }

  /** To be called once, when the connection is ready for messages. */
  void begin(ChannelHandlerContext ctx) {
    if (!ctx.channel().isActive()) {
      return;
    }
    listener =
        () -> {
          if (!newsUnderWay.getAndSet(true)) {
            ctx.executor().execute(() -> news(ctx));
          }
        };
    log.addListener(listener);
    var unused = ctx.writeAndFlush(form.message(EventJson.open(log.id(), next - 1, log.state())));
    pump(ctx);
  }

  private void news(ChannelHandlerContext ctx) {
    newsUnderWay.set(false);
    pump(ctx);
  }

  private void pump(ChannelHandlerContext ctx) {
    if (reading || over || !ctx.channel().isWritable() || next >= log.state().next()) {
      return;
    }
    reading = true;
    log.read(next, PAGE, events -> ctx.executor().execute(() -> send(ctx, events)));
  }

  private void send(ChannelHandlerContext ctx, List<LoggedEvent> events) {
    reading = false;
    if (over) {
      return;
    }
    try {
      EventQuery.check(next, log.state());
    } catch (EventRefusal refusal) {
      end(ctx, refusal);
      return;
    }
    for (LoggedEvent event : events) {
      if (filter.accepts(event.event())) {
        var unused = ctx.write(form.message(EventJson.event(log.id(), event)));
      }
      next = event.sequence() + 1;
    }
    ctx.flush();
    pump(ctx);
  }

  private void end(ChannelHandlerContext ctx, EventRefusal refusal) {
    over = true;
    var unused = ctx.write(form.failure(refusal));
    ctx.writeAndFlush(form.end(refusal)).addListener(written -> Closing.afterAnswer(ctx));
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    stuckIntervals = 0;
    pump(ctx);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (message instanceof PingWebSocketFrame ping) {
        var unused = ctx.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
      } else if (message instanceof CloseWebSocketFrame close) {
        over = true;
        ctx.writeAndFlush(close.retain()).addListener(written -> Closing.afterAnswer(ctx));
      }
      // Nothing else that a reader says means anything.
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (!(event instanceof IdleStateEvent) || over) {
      return;
    }
    if (ctx.channel().isWritable()) {
      stuckIntervals = 0;
      var unused = ctx.writeAndFlush(form.heartbeat(EventJson.heartbeat(log.id(), next - 1)));
    } else if (++stuckIntervals >= MAX_STUCK_INTERVALS) {
      LOG.debug("Events: {} reads nothing any more", ctx.channel().remoteAddress());
      Closing.close(ctx);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) throws Exception {
    over = true;
    log.removeListener(listener);
    super.channelInactive(ctx);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.debug("Event connection to {} failed", ctx.channel().remoteAddress(), cause);
    Closing.close(ctx);
  }
}
