package org.farthing.node.transport;

import io.netty.channel.Channel;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Decides whether a socket is read from: not while too much that came from it waits to be taken,
 * and not while the consumer does not want to.
 */
final class Inflow {
  private final Channel channel;
  private final TransportLimits limits;
  private final SharedLoad.Share share;
  private final AtomicInteger messages = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private volatile boolean allowed = true;
  private volatile boolean unknown;
  private volatile boolean paused;

  Inflow(Channel channel, TransportLimits limits, SharedLoad.Share share) {
    this.channel = channel;
    this.limits = limits;
    this.share = share;
  }

  /**
   * Nothing is read before the owner knows the connection: whom it turns away at once learns
   * nothing, not even which protocol is spoken. On the loop.
   */
  void awaitOwner() {
    unknown = true;
    channel.config().setAutoRead(false);
  }

  /** The owner knows the connection. Any thread. */
  void known() {
    unknown = false;
    update();
  }

  /** The consumer wants to read, or not. Any thread. */
  void allow(boolean reading) {
    allowed = reading;
    update();
  }

  /** A message was given to the owner. On the loop. */
  void handedOver(int size) {
    messages.incrementAndGet();
    bytes.addAndGet(size);
    share.untaken(size);
    if (isFull()) {
      paused = true;
      channel.config().setAutoRead(false);
      // What was taken before the flag was set has not seen it.
      resumeIfDrained();
    }
  }

  /** The owner is done with a message. Any thread. */
  void taken(int size) {
    messages.decrementAndGet();
    bytes.addAndGet(-size);
    share.untaken(-size);
    resumeIfDrained();
  }

  private void resumeIfDrained() {
    if (paused && isHalfEmpty()) {
      update();
    }
  }

  private boolean isFull() {
    return messages.get() >= limits.inboundMessages()
        || bytes.get() >= limits.inboundBytes()
        || share.isCrowded();
  }

  private boolean isHalfEmpty() {
    return messages.get() <= limits.inboundMessages() / 2
        && bytes.get() <= limits.inboundBytes() / 2
        && !share.isCrowded();
  }

  private void update() {
    if (!channel.eventLoop().isShuttingDown()) {
      channel.eventLoop().execute(this::updateOnLoop);
    }
  }

  private void updateOnLoop() {
    if (paused && isHalfEmpty()) {
      paused = false;
    }
    channel.config().setAutoRead(allowed && !paused && !unknown);
  }
}
