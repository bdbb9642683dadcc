package org.farthing.node.app;

/** The RPC server cannot start; the message says why. */
public final class RpcStartException extends StartException {
  private static final long serialVersionUID = 1L;

  RpcStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
