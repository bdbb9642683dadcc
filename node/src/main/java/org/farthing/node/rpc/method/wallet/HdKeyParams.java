package org.farthing.node.rpc.method.wallet;

import java.util.List;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.wallet.Wallet;
import org.farthing.wallet.WalletHdKeys.Filter;
import org.farthing.wallet.WalletHdKeys.HdKey;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.keys.ExtendedKey;

/** How callers name an extended key of a wallet. */
final class HdKeyParams {
  static final String UNDECIDED =
      "Unable to determine which HD key to use from active descriptors. Please specify with"
          + " 'hdkey'";

  private HdKeyParams() {}

  /** Reads the public form. */
  static ExtendedKey publicKey(String text, Wallet wallet) {
    try {
      ExtendedKey key = ExtendedKey.parse(text, wallet.network());
      if (!key.isPrivate()) {
        return key;
      }
    } catch (WalletException e) {
      // The same is said of everything that is none.
    }
    throw unknown("Unable to parse HD key. Please provide a valid xpub");
  }

  /** The only key that new addresses come from. */
  static ExtendedKey onlyActive(Wallet wallet, String ifNone) {
    List<HdKey> active = wallet.hdKeys().list(Filter.ACTIVE);
    if (active.isEmpty()) {
      throw unknown(ifNone);
    }
    if (active.size() > 1) {
      throw unknown(UNDECIDED);
    }
    return active.get(0).publicKey();
  }

  static RpcException unknown(String message) {
    return new RpcException(RpcErrorCode.INVALID_ADDRESS_OR_KEY, message);
  }
}
