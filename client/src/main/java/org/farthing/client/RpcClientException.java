package org.farthing.client;

/** A call has no result. */
public abstract sealed class RpcClientException extends RuntimeException
    permits RpcException, ConnectionException, UnexpectedAnswerException {
  private static final long serialVersionUID = 1L;

  RpcClientException(String message, Throwable cause) {
    super(message, cause);
  }
}
