package org.farthing.node.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Counts the bytes that come, before anybody looks at them. */
final class TrafficMeter extends ChannelInboundHandlerAdapter {
  private final Traffic.Counter traffic;

  TrafficMeter(Traffic.Counter traffic) {
    this.traffic = traffic;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof ByteBuf bytes) {
      traffic.received(bytes.readableBytes());
    }
    context.fireChannelRead(message);
  }
}
