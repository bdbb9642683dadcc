package org.farthing.node.rpc.error;

/** The answer to a call that fails: a number for programs and a sentence for people. */
public final class RpcException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final RpcErrorCode code;

  public RpcException(RpcErrorCode code, String message) {
    // An answer, not a fault: no stack trace.
    super(message, null, false, false);
    this.code = code;
  }

  public static RpcException invalidParameter(String message) {
    return new RpcException(RpcErrorCode.INVALID_PARAMETER, message);
  }

  public static RpcException typeError(String message) {
    return new RpcException(RpcErrorCode.TYPE_ERROR, message);
  }

  public static RpcException misc(String message) {
    return new RpcException(RpcErrorCode.MISC_ERROR, message);
  }

  public RpcErrorCode code() {
    return code;
  }
}
