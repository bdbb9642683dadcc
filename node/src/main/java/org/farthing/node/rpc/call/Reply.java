package org.farthing.node.rpc.call;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The answer to an HTTP request. */
public final class Reply {
  private static final int SERVICE_UNAVAILABLE = 503;
  private static final String JSON = "application/json";
  private static final String UNCACHED = "no-store";

  private final int status;
  private final Content content;
  private final byte[] body;

  /**
   * What the body is.
   *
   * @param type its media type
   * @param caching for how long others may keep it: the value of {@code Cache-Control}
   */
  public record Content(String type, String caching) {
    /** A body that may be different the next time. */
    public static Content uncached(String type) {
      return new Content(type, UNCACHED);
    }
  }

  private Reply(int status, Content content, byte[] body) {
    this.status = status;
    this.content = content;
    this.body = body;
  }

  /**
   * The answer to a call.
   *
   * @param body JSON and a line end, or nothing
   */
  static Reply ofCall(int status, byte[] body) {
    return new Reply(status, Content.uncached(JSON), body);
  }

  /** The answer where there is too little memory for a request or its answer. */
  public static Reply noRoom() {
    byte[] text = "Too much to hold in memory, try again later".getBytes(StandardCharsets.US_ASCII);
    return new Reply(SERVICE_UNAVAILABLE, Content.uncached("text/plain"), text);
  }

  /** Any other answer. */
  public static Reply of(int status, Content content, byte[] body) {
    return new Reply(status, content, body);
  }

  /** HTTP's status code. */
  public int status() {
    return status;
  }

  public Content content() {
    return content;
  }

  /** Not a copy: the reader owns it. */
  public byte[] body() {
    return body;
  }

  public boolean isEmpty() {
    return body.length == 0;
  }

  @Override
  public String toString() {
    return status + " " + content + " " + Arrays.toString(body);
  }
}
