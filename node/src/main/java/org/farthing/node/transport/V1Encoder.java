package org.farthing.node.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.node.wire.FrameHeader;
import org.farthing.node.wire.Message;
import org.farthing.node.wire.MessageCodec;

/** Messages to bytes of the unencrypted protocol. */
@SuppressWarnings("FutureReturnValueIgnored") // outcomes are seen through the pipeline
final class V1Encoder extends ChannelOutboundHandlerAdapter {
  private final int magic;
  private final Traffic.Counter traffic;
  private final MessageTap tap;

  V1Encoder(int magic, Traffic.Counter traffic, MessageTap tap) {
    this.magic = magic;
    this.traffic = traffic;
    this.tap = tap;
  }

  @Override
  public void write(ChannelHandlerContext context, Object object, ChannelPromise promise) {
    if (!(object instanceof Message message)) {
      context.write(object, promise);
      return;
    }
    byte[] payload = payload(message);
    tap.sent(message.command(), payload);
    NettyConnection.logSending(context, message.command(), payload.length);
    int size = FrameHeader.SIZE + payload.length;
    ByteWriter header = new ByteWriter(FrameHeader.SIZE);
    FrameHeader.of(magic, message.command(), payload).writeTo(header);
    ByteBuf bytes = context.alloc().ioBuffer(size);
    bytes.writeBytes(header.toByteArray()).writeBytes(payload);
    promise.addListener(
        sent -> {
          if (sent.isSuccess()) {
            traffic.sent(message.type(), size);
          }
        });
    context.write(bytes, promise);
  }

  /**
   * The payload, in either protocol.
   *
   * @throws IllegalArgumentException if it is longer than any message may be
   */
  static byte[] payload(Message message) {
    byte[] payload = MessageCodec.encode(message);
    if (payload.length > FrameHeader.MAX_PAYLOAD) {
      throw new IllegalArgumentException(
          message.command() + " of " + payload.length + " bytes is too long to be sent");
    }
    return payload;
  }
}
