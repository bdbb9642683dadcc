package org.farthing.node.rpc.call;

import java.util.Arrays;

/** The answer to an HTTP request: a status, and JSON if the body is not empty. */
public final class Reply {
  private final int status;
  private final byte[] body;

  Reply(int status, byte[] body) {
    this.status = status;
    this.body = body;
  }

  /** HTTP's status code. */
  public int status() {
    return status;
  }

  /** JSON and a line end, or nothing. Not a copy: the reader owns it. */
  public byte[] body() {
    return body;
  }

  public boolean isEmpty() {
    return body.length == 0;
  }

  @Override
  public String toString() {
    return status + " " + Arrays.toString(body);
  }
}
