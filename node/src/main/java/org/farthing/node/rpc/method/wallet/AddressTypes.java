package org.farthing.node.rpc.method.wallet;

import java.util.Set;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;

/** The kinds of addresses that a caller may ask for. */
final class AddressTypes {
  private static final Set<String> OTHERS = Set.of("legacy", "p2sh-segwit", "bech32m");

  private AddressTypes() {}

  /** Accepts the one kind that wallets have. */
  static void check(String type) {
    if (OTHERS.contains(type)) {
      throw RpcException.invalidParameter(
          "Farthing's wallets have addresses of type bech32 only, not " + type);
    }
    if (!type.equals("bech32")) {
      throw new RpcException(
          RpcErrorCode.INVALID_ADDRESS_OR_KEY, "Unknown address type '" + type + "'");
    }
  }
}
