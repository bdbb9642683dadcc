package org.farthing.node.rpc.call;

import java.util.Arrays;

/** The answer to an HTTP request. */
public final class Reply {
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
