package org.farthing.node.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.farthing.node.wire.FrameHeader;
import org.farthing.node.wire.Message;
import org.farthing.node.wire.NetAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One socket. Its state belongs to the channel's loop, but for the counters that the loop and the
 * callers share. It knows messages only; what bytes they are is the business of the handlers before
 * it in the pipeline.
 */
@SuppressWarnings("FutureReturnValueIgnored") // outcomes are seen through the pipeline
final class NettyConnection extends SimpleChannelInboundHandler<Received> implements Connection {
  private static final Logger LOG = LoggerFactory.getLogger(NettyConnection.class);

  /** How long the last messages may take to leave a connection that is being closed. */
  private static final long LINGER_MILLIS = 2000;

  /** In so many times the patience that we have a peer has to take most of what waits for it. */
  private static final int PATIENCE_TIMES = 10;

  /** What it is called, and between whom it stands. */
  record Route(long id, Ends ends) {}

  /** How much may wait here, and in all connections together. */
  record Bounds(TransportLimits own, SharedLoad all) {}

  private final Channel channel;
  private final Route route;
  private final TransportLimits limits;
  private final Traffic.Counter traffic;
  private final ConnectionHandler handler;
  private final SharedLoad.Share share;
  private final Inflow inflow;
  private final Inbox inbox;

  private final AtomicReference<String> closeReason = new AtomicReference<>();

  /** About how many bytes the loop has still to encode. */
  private final AtomicLong unencoded = new AtomicLong();

  private volatile boolean clogged;

  /** How often it was clogged and got free again. */
  private final AtomicInteger freed = new AtomicInteger();

  private volatile Encryption encryption = Encryption.UNKNOWN;

  /** We have closed it: nothing more is to be received, not even what is there already. */
  private volatile boolean closedByUs;

  /**
   * @param owner runs the calls of the handler one after another
   */
  NettyConnection(
      Channel channel,
      Route route,
      Bounds bounds,
      Traffic.Counter traffic,
      ConnectionHandler handler,
      Executor owner) {
    this.channel = channel;
    this.route = route;
    this.limits = bounds.own();
    this.traffic = traffic;
    this.handler = handler;
    this.share = bounds.all().share(reason -> onLoop(() -> drop(reason)));
    this.inflow = new Inflow(channel, limits, share);
    this.inbox = new Inbox(owner, inflow, () -> !clogged || closeReason.get() != null);
  }

  @Override
  public long id() {
    return route.id();
  }

  @Override
  public NetAddress remote() {
    return route.ends().remote();
  }

  @Override
  public NetAddress local() {
    return route.ends().local();
  }

  @Override
  public boolean inbound() {
    return route.ends().inbound();
  }

  @Override
  public Traffic traffic() {
    return traffic.snapshot();
  }

  @Override
  public Encryption encryption() {
    return encryption;
  }

  /** It is known now how the bytes travel. */
  void found(Encryption now) {
    encryption = now;
  }

  @Override
  public boolean writable() {
    return !clogged && closeReason.get() == null;
  }

  @Override
  public void setReading(boolean reading) {
    inflow.allow(reading);
  }

  // Sending.

  @Override
  public void send(Message message) {
    if (closeReason.get() != null) {
      return;
    }
    // Before the task: whatever it finds clogged it will see to.
    int size = FrameHeader.SIZE + message.sizeHint();
    if (unencoded.addAndGet(size) >= limits.outboundBytes()) {
      clog();
    }
    onLoop(() -> write(message, size));
  }

  private void write(Message message, int size) {
    channel
        .write(message)
        .addListener(
            written -> {
              if (!written.isSuccess()) {
                abort("could not send " + message.command() + ": " + describe(written.cause()));
              }
            });
    if (unencoded.addAndGet(-size) == 0 || !channel.isWritable()) {
      channel.flush();
    }
    long waiting = waitingBytes();
    share.unsent(unencoded.get() + waiting);
    if (waiting > limits.maxOutboundBytes()) {
      drop("does not read what is sent: " + waiting + " bytes wait");
    }
    updateWritable();
  }

  private long waitingBytes() {
    var buffer = channel.unsafe().outboundBuffer();
    return buffer == null ? 0 : buffer.totalPendingWriteBytes();
  }

  private void updateWritable() {
    share.unsent(unencoded.get() + waitingBytes());
    if (!channel.isWritable()) {
      clog();
    } else if (clogged && unencoded.get() <= limits.outboundBytes() / 2) {
      clogged = false;
      freed.incrementAndGet();
      inbox.resume();
      inbox.event(
          () -> {
            if (closeReason.get() == null) {
              handler.writable(this);
            }
          });
    }
  }

  private void clog() {
    if (!clogged) {
      clogged = true;
      int episode = freed.get();
      onLoop(() -> watch(episode, traffic.sentBytes(), 1));
    }
  }

  /** Looks after a while whether the peer takes what waits for it. */
  private void watch(int episode, long sentBefore, int times) {
    channel
        .eventLoop()
        .schedule(
            () -> {
              long sent = traffic.sentBytes();
              if (!clogged || freed.get() != episode || !channel.isActive()) {
                return;
              }
              if (sent == sentBefore || times >= PATIENCE_TIMES) {
                drop("does not read what is sent: " + waitingBytes() + " bytes wait");
              } else {
                watch(episode, sent, times + 1);
              }
            },
            limits.patienceMillis(),
            TimeUnit.MILLISECONDS);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    updateWritable();
  }

  // Receiving.

  @Override
  public void channelActive(ChannelHandlerContext context) {
    inflow.awaitOwner();
    inbox.event(
        () -> {
          handler.connected(this);
          inflow.known();
        });
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    share.incomplete(traffic.incomplete());
    context.fireChannelReadComplete();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, Received received) {
    if (closedByUs) {
      return;
    }
    if (received instanceof Received.Whole whole) {
      deliver(
          whole.size(),
          () -> {
            log(whole.message().command(), whole.payloadBytes());
            handler.received(this, whole.message());
          });
    } else if (received instanceof Received.Malformed bad) {
      deliver(
          bad.size(),
          () -> {
            log(bad.command(), bad.payloadBytes());
            handler.malformed(this, bad.command(), bad.payloadBytes(), bad.problem());
          });
    } else if (received instanceof Received.Dropped dropped) {
      LOG.debug("{}, peer={}", dropped.reason(), id());
    } else if (received instanceof Received.Broken broken) {
      LOG.debug("{}, peer={}", broken.reason(), id());
      abort(broken.reason());
    }
  }

  private void log(String command, int payloadBytes) {
    LOG.debug("received: {} ({} bytes) peer={}", command, payloadBytes, id());
  }

  /** To be called by those who write messages on this connection, who know how long they are. */
  static void logSending(ChannelHandlerContext context, String command, int payloadBytes) {
    if (LOG.isDebugEnabled()) {
      NettyConnection connection = context.pipeline().get(NettyConnection.class);
      if (connection != null) {
        LOG.debug("sending {} ({} bytes) peer={}", command, payloadBytes, connection.id());
      }
    }
  }

  private void deliver(int size, Runnable call) {
    inbox.message(
        size,
        () -> {
          if (!closedByUs) {
            call.run();
          }
        });
  }

  // Closing.

  @Override
  public void close(String reason) {
    closedByUs = true;
    if (closeReason.compareAndSet(null, reason)) {
      inbox.resume();
      onLoop(this::closeAfterFlush);
    }
  }

  private void closeAfterFlush() {
    inflow.allow(false);
    channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    var forced =
        channel
            .eventLoop()
            .schedule((Runnable) channel::close, LINGER_MILLIS, TimeUnit.MILLISECONDS);
    channel.closeFuture().addListener(closed -> forced.cancel(false));
  }

  /** Closes at once, since the peer costs too much: what it asked before is not answered. */
  private void drop(String reason) {
    closedByUs = true;
    abort(reason);
  }

  /** Closes at once. What came before is still to be received. */
  private void abort(String reason) {
    closeReason.compareAndSet(null, reason);
    channel.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    closeReason.compareAndSet(null, "closed by the other side");
    share.close();
    inbox.event(() -> handler.closed(this, closeReason.get()));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    abort(describe(cause));
  }

  static String describe(Throwable cause) {
    String text = cause.getMessage();
    return cause instanceof IOException && text != null ? text : cause.toString();
  }

  /** Nothing is left to be done on a loop that has ended. */
  private void onLoop(Runnable task) {
    if (!channel.eventLoop().isShuttingDown()) {
      channel.eventLoop().execute(task);
    }
  }

  @Override
  public String toString() {
    return (inbound() ? "from " : "to ") + route.ends().remote();
  }
}
