package org.farthing.client;

/** An answer is not what the method declares: the node may be of another version. */
public final class UnexpectedAnswerException extends RpcClientException {
  private static final long serialVersionUID = 1L;

  public UnexpectedAnswerException(String message) {
    super(message, null);
  }

  public UnexpectedAnswerException(String message, Throwable cause) {
    super(message, cause);
  }
}
