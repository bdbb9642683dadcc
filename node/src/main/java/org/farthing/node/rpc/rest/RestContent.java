package org.farthing.node.rpc.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;
import org.farthing.consensus.bytes.Hex;
import org.farthing.node.rpc.call.Reply;
import org.farthing.node.rpc.json.Json;

/** What a resource is, in the forms that it has. */
final class RestContent {
  private static final int OK = 200;

  /**
   * The bytes never change. For a day only, so that what an older version of the node said is
   * forgotten some time.
   */
  private static final String IMMUTABLE = "public, immutable, max-age=86400";

  private static final String NO_STORE = "no-store";
  private static final String ALL = ".bin, .hex, .json";
  private static final String ONLY_JSON = "json";

  private RestContent() {}

  /** May be different the next time. */
  static Reply changing(RestRequest request, Supplier<byte[]> bytes, Supplier<JsonNode> json) {
    return request.format() == RestFormat.JSON
        ? json(json.get(), NO_STORE)
        : raw(request, bytes, NO_STORE);
  }

  /** Is the same for ever in all its forms. */
  static Reply immutable(RestRequest request, Supplier<byte[]> bytes, Supplier<JsonNode> json) {
    return request.format() == RestFormat.JSON
        ? json(json.get(), IMMUTABLE)
        : raw(request, bytes, IMMUTABLE);
  }

  /** The bytes are the same for ever; what is said of them in JSON is not. */
  static Reply immutableBytes(
      RestRequest request, Supplier<byte[]> bytes, Supplier<JsonNode> json) {
    return request.format() == RestFormat.JSON
        ? json(json.get(), NO_STORE)
        : raw(request, bytes, IMMUTABLE);
  }

  private static Reply raw(RestRequest request, Supplier<byte[]> bytes, String caching) {
    return switch (request.format()) {
      case BIN -> reply("application/octet-stream", caching, bytes.get());
      case HEX -> text(Hex.encode(bytes.get()), caching);
      case JSON, NONE -> throw unknownFormat(ALL);
    };
  }

  /** Only in JSON, and different the next time. */
  static Reply changing(RestRequest request, Supplier<JsonNode> json) {
    checkJson(request);
    return json(json.get(), NO_STORE);
  }

  /** Only in JSON, and the same for ever. */
  static Reply immutable(RestRequest request, Supplier<JsonNode> json) {
    checkJson(request);
    return json(json.get(), IMMUTABLE);
  }

  private static void checkJson(RestRequest request) {
    if (request.format() != RestFormat.JSON) {
      throw unknownFormat(ONLY_JSON);
    }
  }

  /** One line that may be different the next time. */
  static Reply changingText(String line) {
    return text(line, NO_STORE);
  }

  private static RestException unknownFormat(String available) {
    return RestException.notFound("output format not found (available: " + available + ")");
  }

  private static Reply json(JsonNode value, String caching) {
    byte[] bytes = Json.bytes(value);
    byte[] line = Arrays.copyOf(bytes, bytes.length + 1);
    line[bytes.length] = '\n';
    return reply("application/json", caching, line);
  }

  private static Reply text(String line, String caching) {
    return reply("text/plain", caching, (line + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  private static Reply reply(String type, String caching, byte[] body) {
    return Reply.of(OK, new Reply.Content(type, caching), body);
  }
}
