package org.farthing.node.rpc.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.farthing.node.rpc.call.Caller;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the head of each request, before any of its body is kept: path, method, credentials.
 * What is refused here has its body dropped as it comes, so that nobody without a password can make
 * the node hold data.
 */
final class Gate extends ChannelDuplexHandler {
  /** Who calls a method; null for requests of an open site. */
  static final AttributeKey<Caller> CALLER = AttributeKey.valueOf("farthing.rpc.caller");

  /** What anybody may make the node hold. */
  static final int MAX_OPEN_BODY_BYTES = 64 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

  private static final String WALLET_PREFIX = "/wallet/";
  private static final Set<HttpMethod> OPEN_METHODS =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST, HttpMethod.PUT);
  private static final String CHALLENGE = "Basic realm=\"jsonrpc\"";

  /** Slows down who guesses passwords. */
  private static final long WRONG_PASSWORD_DELAY_MILLIS = 250;

  private final Authenticator authenticator;
  private final Optional<OpenSite> site;
  private boolean refusing;

  /** How much more of a request's body may come, where anybody may have sent it. */
  private long openBytesLeft;

  Gate(Authenticator authenticator, Optional<OpenSite> site) {
    this.authenticator = authenticator;
    this.site = site;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof HttpRequest request) {
      head(ctx, request);
    }
    if (!refusing && message instanceof HttpContent content && isOpen(ctx)) {
      openBytesLeft -= content.content().readableBytes();
      if (openBytesLeft < 0) {
        refusing = true;
        refuseForEver(ctx);
      }
    }
    if (!refusing) {
      ctx.fireChannelRead(message);
      return;
    }
    refusing = !(message instanceof LastHttpContent);
    ReferenceCountUtil.release(message);
  }

  private void head(ChannelHandlerContext ctx, HttpRequest request) {
    refusing = true;
    if (request.decoderResult().isFailure()) {
      refuse(ctx, request, HttpResponseStatus.BAD_REQUEST, "");
      return;
    }
    String path = path(request);
    if (site.isPresent() && site.get().serves(request.uri())) {
      open(ctx, request);
    } else if (!path.equals("/") && !path.startsWith(WALLET_PREFIX)) {
      refuse(ctx, request, HttpResponseStatus.NOT_FOUND, "");
    } else if (!request.method().equals(HttpMethod.POST)) {
      refuse(
          ctx,
          request,
          HttpResponseStatus.METHOD_NOT_ALLOWED,
          "JSONRPC server handles only POST requests");
    } else {
      authenticate(ctx, request, path);
    }
  }

  private void open(ChannelHandlerContext ctx, HttpRequest request) {
    if (!OPEN_METHODS.contains(request.method())) {
      refuse(ctx, request, HttpResponseStatus.METHOD_NOT_ALLOWED, "");
      return;
    }
    if (HttpUtil.getContentLength(request, 0L) > MAX_OPEN_BODY_BYTES) {
      refuse(ctx, request, response(BodyLimit.TOO_LARGE, ""));
      return;
    }
    refusing = false;
    openBytesLeft = MAX_OPEN_BODY_BYTES;
    ctx.channel().attr(CALLER).set(null);
  }

  private static boolean isOpen(ChannelHandlerContext ctx) {
    return ctx.channel().attr(CALLER).get() == null;
  }

  private static void refuseForEver(ChannelHandlerContext ctx) {
    FullHttpResponse response = response(BodyLimit.TOO_LARGE, "");
    HttpUtil.setKeepAlive(response, false);
    Closing.writeAndMaybeClose(ctx, response, false);
  }

  private void authenticate(ChannelHandlerContext ctx, HttpRequest request, String path) {
    String header = request.headers().get(HttpHeaderNames.AUTHORIZATION);
    Optional<String> user = header == null ? Optional.empty() : authenticator.user(header);
    if (user.isPresent()) {
      refusing = false;
      ctx.channel().attr(CALLER).set(new Caller(user.get(), wallet(path)));
      return;
    }
    FullHttpResponse response = response(HttpResponseStatus.UNAUTHORIZED, "");
    response.headers().set(HttpHeaderNames.WWW_AUTHENTICATE, CHALLENGE);
    if (header == null) {
      refuse(ctx, request, response);
      return;
    }
    LOG.warn("RPC: wrong credentials from {}", ctx.channel().remoteAddress());
    ctx.channel().config().setAutoRead(false);
    var unused =
        ctx.executor()
            .schedule(
                () -> refuse(ctx, request, response),
                WRONG_PASSWORD_DELAY_MILLIS,
                TimeUnit.MILLISECONDS);
  }

  private void refuse(
      ChannelHandlerContext ctx, HttpRequest request, HttpResponseStatus status, String text) {
    refuse(ctx, request, response(status, text));
  }

  /** Answers, and closes: what the client still sends is not worth reading. */
  private void refuse(ChannelHandlerContext ctx, HttpRequest request, FullHttpResponse response) {
    boolean bodyless =
        !HttpUtil.isTransferEncodingChunked(request) && HttpUtil.getContentLength(request, 0L) == 0;
    boolean keepAlive =
        bodyless && HttpUtil.isKeepAlive(request) && request.decoderResult().isSuccess();
    HttpUtil.setKeepAlive(response, keepAlive);
    Closing.writeAndMaybeClose(ctx, response, keepAlive);
  }

  private static FullHttpResponse response(HttpResponseStatus status, String text) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, status, Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
    HttpUtil.setContentLength(response, response.content().readableBytes());
    response.headers().set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE);
    return response;
  }

  private static String path(HttpRequest request) {
    String uri = request.uri();
    int query = uri.indexOf('?');
    return query < 0 ? uri : uri.substring(0, query);
  }

  private static Optional<String> wallet(String path) {
    return path.startsWith(WALLET_PREFIX)
        ? Optional.of(PercentDecoding.decode(path.substring(WALLET_PREFIX.length())))
        : Optional.empty();
  }
}
