package org.farthing.node.rpc.call;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The answer to an HTTP request. */
public final class Reply {
  private static final int SERVICE_UNAVAILABLE = 503;
  private static final String JSON = "application/json";
  private static final String UNCACHED = "no-store";

  private final int status;
  private final Content content;
  private final List<ByteBuffer> body;

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

  private Reply(int status, Content content, List<ByteBuffer> body) {
    this.status = status;
    this.content = content;
    this.body = body;
  }

  /**
   * The answer to a call.
   *
   * @param body JSON and a line end, or nothing
   */
  static Reply ofCall(int status, List<ByteBuffer> body) {
    return new Reply(status, Content.uncached(JSON), body);
  }

  /** The answer where there is too little memory for a request or its answer. */
  public static Reply noRoom() {
    byte[] text = "Too much to hold in memory, try again later".getBytes(StandardCharsets.US_ASCII);
    return of(SERVICE_UNAVAILABLE, Content.uncached("text/plain"), text);
  }

  /** Any other answer. */
  public static Reply of(int status, Content content, byte[] body) {
    return new Reply(status, content, List.of(ByteBuffer.wrap(body)));
  }

  /** HTTP's status code. */
  public int status() {
    return status;
  }

  public Content content() {
    return content;
  }

  /** The body in its pieces: not copies, and the reader owns them. */
  public List<ByteBuffer> pieces() {
    return body;
  }

  /** The body in one piece: a copy. */
  public byte[] body() {
    ByteBuffer whole = ByteBuffer.allocate(length());
    body.forEach(piece -> whole.put(piece.duplicate()));
    return whole.array();
  }

  /** Of the body in bytes. */
  public int length() {
    return body.stream().mapToInt(ByteBuffer::remaining).sum();
  }

  public boolean isEmpty() {
    return length() == 0;
  }

  @Override
  public String toString() {
    return status + " " + content + " " + Arrays.toString(body());
  }
}
