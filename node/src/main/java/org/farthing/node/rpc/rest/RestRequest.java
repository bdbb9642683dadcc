package org.farthing.node.rpc.rest;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.node.rpc.http.PercentDecoding;

/** A request for one resource. */
final class RestRequest {
  private static final int MAX_HEADERS = 2000;
  private static final String DEFAULT_HEADERS = "5";

  private final String path;
  private final RestFormat format;
  private final String uri;
  private final byte[] body;

  /**
   * @param uri with its query
   * @param prefix of the resource, with which the URI begins
   */
  RestRequest(String uri, String prefix, byte[] body) {
    int query = uri.lastIndexOf('?');
    int end = query < prefix.length() ? uri.length() : query;
    RestFormat.Split split = RestFormat.split(uri.substring(prefix.length(), end));
    this.path = split.path();
    this.format = split.format();
    this.uri = uri;
    this.body = body;
  }

  /** What follows the resource's prefix, without format and query. */
  String path() {
    return path;
  }

  /** The parts of the path between slashes; at least one, which may be empty. */
  List<String> parts() {
    return List.of(path.split("/", -1));
  }

  RestFormat format() {
    return format;
  }

  /** Not a copy. */
  byte[] body() {
    return body;
  }

  /** The first value of this name in the query; empty text for a name without value. */
  Optional<String> parameter(String name) {
    int start = uri.indexOf('?');
    if (start < 0) {
      return Optional.empty();
    }
    int fragment = uri.indexOf('#', start);
    String query = uri.substring(start + 1, fragment < 0 ? uri.length() : fragment);
    return Arrays.stream(query.split("&", -1))
        .map(pair -> pair.split("=", 2))
        .filter(pair -> PercentDecoding.decode(pair[0]).equals(name))
        .map(pair -> pair.length < 2 ? "" : PercentDecoding.decode(pair[1]))
        .findFirst();
  }

  /** {@code true} or {@code false} in the query. */
  boolean flag(String name, boolean otherwise) {
    String text = parameter(name).orElse(Boolean.toString(otherwise));
    if (!text.equals("true") && !text.equals("false")) {
      throw RestException.badRequest(
          "The \"" + name + "\" query parameter must be either \"true\" or \"false\".");
    }
    return text.equals("true");
  }

  /**
   * How many headers are wanted, and from which block on.
   *
   * @param hash as it was given; {@link #hash} reads it
   */
  record Run(int count, String hash) {}

  /**
   * Reads {@code <hash>?count=<count>}, or {@code <count>/<hash>} as it was written before.
   *
   * @param parts of the path, those before count and hash left out
   */
  Run run(List<String> parts) {
    boolean old = parts.size() == 2;
    String count = old ? parts.get(0) : parameter("count").orElse(DEFAULT_HEADERS);
    long number = unsigned(count).orElse(0);
    if (number < 1 || number > MAX_HEADERS) {
      throw RestException.badRequest(
          "Header count is invalid or out of acceptable range (1-" + MAX_HEADERS + "): " + count);
    }
    return new Run((int) number, parts.get(parts.size() - 1));
  }

  static BlockHash hash(String text) {
    try {
      return BlockHash.parse(text);
    } catch (DecodeException e) {
      throw invalidHash(text);
    }
  }

  static RestException invalidHash(String text) {
    return RestException.badRequest("Invalid hash: " + text);
  }

  /** Digits and nothing else, of at most 63 bits. */
  static OptionalLong unsigned(String text) {
    if (!text.matches("[0-9]+")) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
