package org.farthing.node.rpc.method.wallet;

import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;

/** The owner's names for addresses, in the parameters of methods. */
final class Labels {
  /** Where it stands for all labels, it can be none. */
  static final String ALL = "*";

  private Labels() {}

  /** The same text, which must be able to name an address. */
  static String checked(String label) {
    if (label.equals(ALL)) {
      throw new RpcException(RpcErrorCode.WALLET_INVALID_LABEL_NAME, "Invalid label name");
    }
    return label;
  }
}
