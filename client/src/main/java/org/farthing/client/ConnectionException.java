package org.farthing.client;

/**
 * There is no answer: nobody listens, the connection broke off, the credentials are wrong, or the
 * node is too busy. Where the connection broke off, the node may have done what it was asked.
 */
public final class ConnectionException extends RpcClientException {
  private static final long serialVersionUID = 1L;

  private final int status;

  ConnectionException(String message, int status, Throwable cause) {
    super(message, cause);
    this.status = status;
  }

  /** HTTP's status, such as 401 or 503; 0 where there is none. */
  public int status() {
    return status;
  }
}
