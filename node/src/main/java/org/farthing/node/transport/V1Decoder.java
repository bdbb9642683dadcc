package org.farthing.node.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import java.util.Optional;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.node.wire.FrameHeader;
import org.farthing.node.wire.MessageType;

/**
 * Bytes of the unencrypted protocol to {@link Received}. As in Bitcoin Core a header that cannot be
 * one of ours ends the connection, and a message with a wrong checksum or a name that is none is
 * dropped. The buffer grows with what comes, not with what is announced.
 */
final class V1Decoder extends ByteToMessageDecoder {
  private static final String HEADER_ERROR = "Header error: ";

  private final int magic;
  private final Traffic.Counter traffic;
  private final MessageTap tap;
  private FrameHeader header;
  private boolean broken;

  V1Decoder(int magic, Traffic.Counter traffic, MessageTap tap) {
    this.magic = magic;
    this.traffic = traffic;
    this.tap = tap;
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
      fail("Wrong MessageStart %08x received".formatted(next.magic()), out);
    } else if (next.length() > FrameHeader.MAX_PAYLOAD) {
      fail("Size too large (%s, %d bytes)".formatted(next.cleanCommand(), next.length()), out);
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
    out.add(new Received.Broken(HEADER_ERROR + reason));
  }

  private void readPayload(FrameHeader frame, byte[] payload, List<Object> out) {
    int size = FrameHeader.SIZE + payload.length;
    Optional<String> problem = problem(frame, payload);
    if (problem.isPresent()) {
      traffic.receivedMessage(MessageType.OTHER, size);
      out.add(new Received.Dropped(HEADER_ERROR + problem.get()));
      return;
    }
    traffic.receivedMessage(MessageType.of(frame.command()), size);
    tap.received(frame.command(), () -> payload);
    out.add(Received.of(frame.command(), new ByteReader(payload), size));
  }

  /** Why a message is dropped, in Bitcoin Core's words. */
  private static Optional<String> problem(FrameHeader frame, byte[] payload) {
    String message = "(%s, %d bytes)".formatted(frame.cleanCommand(), payload.length);
    int checksum = FrameHeader.checksum(payload, payload.length);
    if (checksum != frame.checksum()) {
      return Optional.of(
          "Wrong checksum %s, expected %08x was %08x"
              .formatted(message, checksum, frame.checksum()));
    }
    return frame.hasValidCommand()
        ? Optional.empty()
        : Optional.of("Invalid message type " + message);
  }
}
