package org.farthing.node.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.node.wire.FrameHeader;
import org.farthing.node.wire.MessageCodec;
import org.farthing.node.wire.MessageType;

/**
 * Bytes of the unencrypted protocol to {@link Received}. As in Bitcoin Core a header that cannot be
 * one of ours ends the connection, and a message with a wrong checksum or a name that is none is
 * dropped. The buffer grows with what comes, not with what is announced.
 */
final class V1Decoder extends ByteToMessageDecoder {
  private final int magic;
  private final Traffic.Counter traffic;
  private FrameHeader header;
  private boolean broken;

  V1Decoder(int magic, Traffic.Counter traffic) {
    this.magic = magic;
    this.traffic = traffic;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    if (message instanceof ByteBuf bytes) {
      traffic.received(bytes.readableBytes());
    }
    super.channelRead(context, message);
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (broken) {
      in.skipBytes(in.readableBytes());
    } else if (header == null) {
      readHeader(in, out);
    } else if (in.readableBytes() >= header.length()) {
      byte[] payload = new byte[(int) header.length()];
      in.readBytes(payload);
      readPayload(header, payload, out);
      header = null;
    }
  }

  private void readHeader(ByteBuf in, List<Object> out) {
    if (in.readableBytes() < FrameHeader.SIZE) {
      return;
    }
    byte[] bytes = new byte[FrameHeader.SIZE];
    in.readBytes(bytes);
    FrameHeader next;
    try {
      next = FrameHeader.read(new ByteReader(bytes));
    } catch (DecodeException e) {
      throw new AssertionError("24 bytes are always a header", e);
    }
    if (next.magic() != magic) {
      fail("wrong network: magic %08x instead of %08x".formatted(next.magic(), magic), out);
    } else if (next.length() > FrameHeader.MAX_PAYLOAD) {
      fail("message too long: '%s' of %d bytes".formatted(next.command(), next.length()), out);
    } else {
      header = next;
      if (next.length() == 0) {
        // An empty payload is there already: no further bytes need to come for it.
        readPayload(next, new byte[0], out);
        header = null;
      }
    }
  }

  private void fail(String reason, List<Object> out) {
    broken = true;
    out.add(new Received.Broken(reason));
  }

  private void readPayload(FrameHeader frame, byte[] payload, List<Object> out) {
    int size = FrameHeader.SIZE + payload.length;
    if (!frame.matches(payload, payload.length) || !frame.hasValidCommand()) {
      traffic.receivedMessage(MessageType.OTHER, size);
      return;
    }
    traffic.receivedMessage(MessageType.of(frame.command()), size);
    try {
      out.add(new Received.Whole(MessageCodec.decode(frame.command(), payload), size));
    } catch (DecodeException e) {
      out.add(new Received.Malformed(frame.command(), payload.length, e));
    }
  }
}
