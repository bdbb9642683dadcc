package org.farthing.node.rpc.method.wallet;

import java.util.List;
import java.util.Map;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.wallet.Wallet;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.error.WalletException;

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

  /** An address, with the error that these methods have. */
  static Address address(String text, Wallet wallet) {
    try {
      return Address.parse(text, wallet.network());
    } catch (WalletException e) {
      throw new RpcException(RpcErrorCode.INVALID_ADDRESS_OR_KEY, "Invalid Bitcoin address");
    }
  }

  /** The addresses of this name: the wallet's own that were given to others, and others. */
  static List<Address> addresses(String label, Wallet wallet) {
    return wallet.addresses().book().entrySet().stream()
        .filter(entry -> entry.getValue().equals(label))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** What a named address is for. */
  static String purpose(Address address, Wallet wallet) {
    return wallet.addresses().originOf(address).isPresent() ? "receive" : "send";
  }
}
