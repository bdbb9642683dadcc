package org.farthing.node.rpc.electrum;

import java.io.Serial;

/** The answer to a request that fails. */
final class ElectrumException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  /** What JSON-RPC 2.0 reserves, and the protocol's one code for everything else. */
  enum Code {
    PARSE(-32700),
    INVALID_REQUEST(-32600),
    UNKNOWN_METHOD(-32601),
    INVALID_PARAMS(-32602),
    INTERNAL(-32603),
    BAD_REQUEST(1),
    DAEMON(2);

    private final int number;

    Code(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }
  }

  private final Code code;

  ElectrumException(Code code, String message) {
    super(message);
    this.code = code;
  }

  static ElectrumException badRequest(String message) {
    return new ElectrumException(Code.BAD_REQUEST, message);
  }

  static ElectrumException invalidParams(String message) {
    return new ElectrumException(Code.INVALID_PARAMS, message);
  }

  Code code() {
    return code;
  }
}
