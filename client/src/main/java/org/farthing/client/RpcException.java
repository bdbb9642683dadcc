package org.farthing.client;

/** The node refuses a call, and says why. */
public final class RpcException extends RpcClientException {
  private static final long serialVersionUID = 1L;

  private final String method;
  private final int code;
  private final String reason;

  RpcException(String method, int code, String reason) {
    super(method + ": " + reason + " (" + code + ")", null);
    this.method = method;
    this.code = code;
    this.reason = reason;
  }

  /** The method that was called. */
  public String method() {
    return method;
  }

  /** As in Bitcoin Core's {@code src/rpc/protocol.h}: -8 for a wrong parameter, for example. */
  public int code() {
    return code;
  }

  /** In the node's words. */
  public String reason() {
    return reason;
  }
}
