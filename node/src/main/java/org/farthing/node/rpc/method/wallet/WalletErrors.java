package org.farthing.node.rpc.method.wallet;

import java.nio.CharBuffer;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;

/** The wallet's errors under Bitcoin Core's numbers. */
final class WalletErrors {
  private WalletErrors() {}

  static RpcException answer(WalletException e) {
    return switch (e.error()) {
      case LOCKED ->
          new RpcException(
              RpcErrorCode.WALLET_UNLOCK_NEEDED,
              "Error: Please enter the wallet passphrase with walletpassphrase first.");
      case WRONG_PASSPHRASE ->
          new RpcException(
              RpcErrorCode.WALLET_PASSPHRASE_INCORRECT,
              "Error: The wallet passphrase entered was incorrect.");
      default -> new RpcException(code(e.error()), e.getMessage());
    };
  }

  /**
   * The same with a hint where a passphrase with a zero byte was wrong: other programs may have cut
   * it off there.
   *
   * @param whose what it is called, with a space behind it; may be empty
   */
  static RpcException answer(WalletException e, char[] passphrase, String whose) {
    boolean zero = CharBuffer.wrap(passphrase).chars().anyMatch(c -> c == 0);
    if (e.error() != WalletError.WRONG_PASSPHRASE || !zero) {
      return answer(e);
    }
    return new RpcException(
        RpcErrorCode.WALLET_PASSPHRASE_INCORRECT,
        "Error: The "
            + whose
            + "wallet passphrase entered is incorrect. It contains a null character (ie - a zero"
            + " byte).");
  }

  private static RpcErrorCode code(WalletError error) {
    return switch (error) {
      case INVALID_ADDRESS, OTHER_NETWORK, INVALID_KEY, INVALID_DESCRIPTOR, NOT_FOUND ->
          RpcErrorCode.INVALID_ADDRESS_OR_KEY;
      case COIN_SPENT -> RpcErrorCode.MISC_ERROR;
      case INVALID_AMOUNT -> RpcErrorCode.TYPE_ERROR;
      case INVALID_REQUEST, INVALID_WORDS, BACKUP_NOT_FOUND -> RpcErrorCode.INVALID_PARAMETER;
      case INSUFFICIENT_FUNDS, NO_FEE_RATE, FEE_RATE_TOO_LOW ->
          RpcErrorCode.WALLET_INSUFFICIENT_FUNDS;
      case LOCKED -> RpcErrorCode.WALLET_UNLOCK_NEEDED;
      case WRONG_PASSPHRASE -> RpcErrorCode.WALLET_PASSPHRASE_INCORRECT;
      case WRONG_ENCRYPTION_STATE -> RpcErrorCode.WALLET_WRONG_ENC_STATE;
      case WALLET_NOT_FOUND, UNKNOWN_FORMAT, OTHER_CHAIN -> RpcErrorCode.WALLET_NOT_FOUND;
      case WALLET_EXISTS -> RpcErrorCode.WALLET_ALREADY_EXISTS;
      case WALLET_IN_USE -> RpcErrorCode.WALLET_ALREADY_LOADED;
      case OUT_OF_KEYS -> RpcErrorCode.WALLET_KEYPOOL_RAN_OUT;
      case DESCRIPTOR_REFUSED,
          RANGE_REFUSED,
          NO_KEYS,
          NO_PRIVATE_KEYS,
          FEE_TOO_HIGH,
          UNREADABLE_WALLET,
          REJECTED,
          SYNCHRONISING,
          TOO_LARGE,
          BACKUP_FAILED,
          NOT_REPLACEABLE,
          RESCANNING,
          BLOCKS_PRUNED ->
          RpcErrorCode.WALLET_ERROR;
    };
  }
}
