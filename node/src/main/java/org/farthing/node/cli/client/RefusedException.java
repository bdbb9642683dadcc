package org.farthing.node.cli.client;

import org.farthing.node.rpc.error.RpcErrorCode;

/** The node understood the call and refused it. */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int number;

  public RefusedException(int number, String message) {
    super(message);
    this.number = number;
  }

  /** As in Bitcoin Core's {@code rpc/protocol.h}. */
  public int number() {
    return number;
  }

  public boolean is(RpcErrorCode code) {
    return number == code.number();
  }
}
