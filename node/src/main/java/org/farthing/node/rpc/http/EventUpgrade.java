package org.farthing.node.rpc.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.netty.handler.timeout.IdleStateHandler;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.farthing.node.rpc.call.Reply;
import org.farthing.node.rpc.event.EventJson;
import org.farthing.node.rpc.event.EventQuery;
import org.farthing.node.rpc.event.EventRefusal;
import org.farthing.node.rpc.json.Json;

/** Makes a stream of events of a connection that has asked for one. */
final class EventUpgrade {
  /** The protocol that browsers ask for, beside the one that carries their credentials. */
  static final String SUBPROTOCOL = "farthing-events";

  private static final String LAST_EVENT_ID = "last-event-id";
  private static final int MAX_FRAME_BYTES = 1024;

  private final EventSite site;

  EventUpgrade(EventSite site) {
    this.site = site;
  }

  static boolean isWebSocket(HttpHeaders headers) {
    return headers.containsValue(
            HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, /* ignoreCase= */ true)
        && headers.contains(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
  }

  /**
   * Begins a stream, and takes the connection away from whoever handles its requests.
   *
   * @param handlers of requests, to be removed
   * @return an answer instead, if there can be no stream
   */
  Optional<FullHttpResponse> begin(
      ChannelHandlerContext ctx, HttpRequest request, Class<?>... handlers) {
    if (isWebSocket(request.headers())) {
      return webSocket(ctx, request, handlers);
    }
    try {
      Optional<String> lastEventId = Optional.ofNullable(request.headers().get(LAST_EVENT_ID));
      EventQuery query = site.query(request.uri(), lastEventId);
      EventStream stream = new EventStream(site.log(), EventForm.SERVER_SENT, query);
      var unused = ctx.write(head(request));
      begin(ctx, stream, handlers);
      return Optional.empty();
    } catch (EventRefusal refusal) {
      return Optional.of(answer(request, refusal));
    }
  }

  private Optional<FullHttpResponse> webSocket(
      ChannelHandlerContext ctx, HttpRequest request, Class<?>... handlers) {
    WebSocketServerHandshaker handshaker =
        new WebSocketServerHandshakerFactory(request.uri(), SUBPROTOCOL, false, MAX_FRAME_BYTES)
            .newHandshaker(request);
    if (handshaker == null) {
      FullHttpResponse response = Answers.text(HttpResponseStatus.UPGRADE_REQUIRED, "");
      response.headers().set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13");
      return Optional.of(response);
    }
    try {
      EventQuery query = site.query(request.uri(), Optional.empty());
      EventStream stream = new EventStream(site.log(), EventForm.WEB_SOCKET, query);
      shake(ctx, handshaker, request)
          .addListener(
              done -> {
                if (done.isSuccess()) {
                  begin(ctx, stream, handlers);
                } else {
                  Closing.close(ctx);
                }
              });
    } catch (EventRefusal refusal) {
      // A browser's page sees no answer to a handshake but the one that succeeds.
      shake(ctx, handshaker, request)
          .addListener(
              done -> {
                var unused = ctx.write(EventForm.WEB_SOCKET.failure(refusal));
                ctx.writeAndFlush(EventForm.WEB_SOCKET.end(refusal))
                    .addListener(written -> Closing.afterAnswer(ctx));
              });
    }
    return Optional.empty();
  }

  private static ChannelFuture shake(
      ChannelHandlerContext ctx, WebSocketServerHandshaker handshaker, HttpRequest request) {
    DefaultFullHttpRequest whole =
        new DefaultFullHttpRequest(
            request.protocolVersion(),
            request.method(),
            request.uri(),
            Unpooled.EMPTY_BUFFER,
            request.headers(),
            EmptyHttpHeaders.INSTANCE);
    return handshaker.handshake(ctx.channel(), whole);
  }

  private HttpResponse head(HttpRequest request) {
    HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    head.headers().set(HttpHeaderNames.CONTENT_TYPE, "text/event-stream");
    head.headers().set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE);
    allowOrigin(request.headers(), head.headers());
    if (request.protocolVersion().minorVersion() == 0) {
      head.setProtocolVersion(HttpVersion.HTTP_1_0);
    } else {
      HttpUtil.setTransferEncodingChunked(head, true);
    }
    return head;
  }

  private static FullHttpResponse answer(HttpRequest request, EventRefusal refusal) {
    FullHttpResponse response =
        Answers.of(
            Reply.of(
                refusal.reason().status(),
                Reply.Content.uncached("application/json"),
                Json.bytes(EventJson.failure(refusal))));
    allowOrigin(request.headers(), response.headers());
    return response;
  }

  /** What a browser wants to know before a page of another origin may ask. */
  static FullHttpResponse preflight(HttpHeaders asked) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.NO_CONTENT);
    allowOrigin(asked, response.headers());
    response.headers().set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "GET");
    response
        .headers()
        .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, "authorization, last-event-id");
    return response;
  }

  /** To be used only for origins that are welcome. */
  private static void allowOrigin(HttpHeaders asked, HttpHeaders answered) {
    String origin = asked.get(HttpHeaderNames.ORIGIN);
    if (origin != null) {
      answered.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
      answered.set(HttpHeaderNames.VARY, HttpHeaderNames.ORIGIN);
    }
  }

  private static void begin(ChannelHandlerContext ctx, EventStream stream, Class<?>... handlers) {
    ChannelPipeline pipeline = ctx.pipeline();
    ctx.channel().config().setAutoRead(true);
    pipeline.replace(
        IdleStateHandler.class,
        "heartbeat",
        new IdleStateHandler(true, 0, 0, EventStream.HEARTBEAT_SECONDS, TimeUnit.SECONDS));
    pipeline.addLast("events", stream);
    for (Class<?> handler : handlers) {
      remove(pipeline, handler);
    }
    stream.begin(pipeline.context(stream));
  }

  private static void remove(ChannelPipeline pipeline, Class<?> handler) {
    pipeline.toMap().values().stream()
        .filter(handler::isInstance)
        .findFirst()
        .ifPresent(pipeline::remove);
  }
}
