package org.farthing.node.rpc.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;
import java.util.Map;

/**
 * Reads HTTP/1, and takes for malformed what servers may understand in different ways: a header
 * that goes on in the next line (RFC 9112, 5.2), a zero byte, another protocol's version.
 */
final class RequestDecoder extends HttpRequestDecoder {
  private static final String PROTOCOL = "HTTP";
  private static final int MAX_MINOR_VERSION = 9;
  private static final int MAX_LINE_BYTES = 8 * 1024;
  private static final int MAX_HEADER_BYTES = 8 * 1024;

  /** Colon, space and line end. */
  private static final int LINE_OVERHEAD = 4;

  private boolean inHead = true;
  private boolean startOfHead = true;
  private boolean folded;

  RequestDecoder() {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(MAX_LINE_BYTES)
            .setMaxHeaderSize(MAX_HEADER_BYTES));
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
    if (inHead && !folded) {
      folded = hasFoldedLine(in);
    }
    int before = out.size();
    super.decode(ctx, in, out);
    for (int i = before; i < out.size(); i++) {
      Object message = out.get(i);
      if (message instanceof HttpRequest request) {
        check(request);
        inHead = false;
      }
      if (message instanceof LastHttpContent) {
        inHead = true;
        startOfHead = true;
        folded = false;
      }
    }
  }

  /**
   * The chunks count, and the length doesn't (RFC 9112, 6.3). Whoever stands between may have
   * believed the length, and taken the rest for somebody else's request: so this one is answered as
   * the last of its connection, whatever follows it.
   */
  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    clearContentLength();
    message.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
    HttpUtil.setKeepAlive(message, false);
  }

  private void check(HttpRequest request) {
    HttpVersion version = request.protocolVersion();
    boolean known =
        version.protocolName().equals(PROTOCOL)
            && version.majorVersion() == 1
            && version.minorVersion() <= MAX_MINOR_VERSION;
    if (folded || !known || request.uri().indexOf('\0') >= 0 || size(request) > MAX_HEADER_BYTES) {
      request.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("malformed")));
    }
  }

  /** Of all headers, as they stand in lines. */
  private static int size(HttpRequest request) {
    int bytes = 0;
    for (Map.Entry<String, String> header : request.headers()) {
      bytes += header.getKey().length() + header.getValue().length() + LINE_OVERHEAD;
    }
    return bytes;
  }

  /** Looks at the lines from here to the end of the head, as far as it has come. */
  private boolean hasFoldedLine(ByteBuf in) {
    int line = in.readerIndex();
    while (line < in.writerIndex()) {
      byte first = in.getByte(line);
      if (!startOfHead && (first == ' ' || first == '\t')) {
        return true;
      }
      int end = in.indexOf(line, in.writerIndex(), (byte) '\n');
      if (end < 0) {
        return false;
      }
      boolean empty = end == line || (end == line + 1 && first == '\r');
      if (empty && !startOfHead) {
        return false;
      }
      startOfHead &= empty;
      line = end + 1;
    }
    return false;
  }
}
