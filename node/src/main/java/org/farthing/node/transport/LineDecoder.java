package org.farthing.node.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Cuts what another program says into lines of text. One that is too long ends the connection. */
@SuppressWarnings("FutureReturnValueIgnored") // outcomes are seen through the pipeline
abstract class LineDecoder extends ByteToMessageDecoder {
  private final int maxLine;

  /**
   * @param maxLine bytes of the longest line, without its line feed
   */
  LineDecoder(int maxLine) {
    this.maxLine = maxLine;
  }

  /**
   * The next line, each byte a character.
   *
   * @param text without its line feed
   * @param out gets what the handlers behind this are to hear
   */
  abstract void heard(String text, List<Object> out);

  /** The line is too long; the connection ends now. */
  void refused() {}

  @Override
  protected final void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    int length = in.bytesBefore((byte) '\n');
    if (length > maxLine || (length < 0 && in.readableBytes() > maxLine)) {
      in.skipBytes(in.readableBytes());
      refused();
      context.close();
    } else if (length >= 0) {
      String text = in.readString(length, StandardCharsets.ISO_8859_1);
      in.skipBytes(1);
      heard(text, out);
    }
  }
}
