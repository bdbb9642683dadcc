package org.farthing.node.rpc.method.wallet;

import java.util.Optional;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.spec.Param;
import org.farthing.wallet.address.AddressType;

/** The kinds of addresses that a caller may ask for. */
final class AddressTypes {
  private static final String NAMES = "\"legacy\", \"p2sh-segwit\", \"bech32\" or \"bech32m\"";

  private AddressTypes() {}

  /** The parameter; what it stands for if it is missing, the words say. */
  static Param<String> param(String otherwise) {
    return Param.text("address_type", "The kind of address: " + NAMES).otherwise(otherwise);
  }

  /** The kind that the caller asks for. */
  static Optional<AddressType> of(RpcRequest request, Param<String> param) {
    return request.find(param).map(AddressTypes::of);
  }

  static AddressType of(String name) {
    return AddressType.named(name)
        .orElseThrow(
            () ->
                new RpcException(
                    RpcErrorCode.INVALID_ADDRESS_OR_KEY, "Unknown address type '" + name + "'"));
  }
}
