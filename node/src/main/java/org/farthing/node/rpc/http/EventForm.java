package org.farthing.node.rpc.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.nio.charset.StandardCharsets;
import org.farthing.node.rpc.event.EventJson;
import org.farthing.node.rpc.event.EventRefusal;
import org.farthing.node.rpc.json.Json;

/** How messages of a stream look on the wire. */
enum EventForm {
  /** Server-sent events: a message is an {@code id} and a line of {@code data}. */
  SERVER_SENT {
    @Override
    Object message(ObjectNode json) {
      return content("id: " + json.get("cursor").asText() + "\ndata: " + text(json) + "\n\n");
    }

    /** An {@code id} without data moves the browser's cursor, and is no message for its page. */
    @Override
    Object heartbeat(ObjectNode json) {
      return content(": heartbeat\nid: " + json.get("cursor").asText() + "\n\n");
    }

    @Override
    Object failure(EventRefusal refusal) {
      return content("data: " + text(EventJson.failure(refusal)) + "\n\n");
    }

    @Override
    Object end(EventRefusal refusal) {
      return LastHttpContent.EMPTY_LAST_CONTENT;
    }

    private DefaultHttpContent content(String lines) {
      return new DefaultHttpContent(Unpooled.wrappedBuffer(lines.getBytes(StandardCharsets.UTF_8)));
    }
  },

  /** WebSocket: a message is a text. */
  WEB_SOCKET {
    @Override
    Object message(ObjectNode json) {
      return new TextWebSocketFrame(text(json));
    }

    @Override
    Object heartbeat(ObjectNode json) {
      return message(json);
    }

    @Override
    Object failure(EventRefusal refusal) {
      return new TextWebSocketFrame(text(EventJson.failure(refusal)));
    }

    @Override
    Object end(EventRefusal refusal) {
      return new CloseWebSocketFrame(
          APPLICATION_CODES + refusal.reason().status(), refusal.reason().label());
    }
  };

  /** Codes from here on are the application's (RFC 6455, 7.4.2). */
  private static final int APPLICATION_CODES = 4000;

  /** An event, or where the stream begins. */
  abstract Object message(ObjectNode json);

  abstract Object heartbeat(ObjectNode json);

  /** Why the stream ends. */
  abstract Object failure(EventRefusal refusal);

  /** What comes last. */
  abstract Object end(EventRefusal refusal);

  private static String text(ObjectNode json) {
    return new String(Json.bytes(json), StandardCharsets.UTF_8);
  }
}
