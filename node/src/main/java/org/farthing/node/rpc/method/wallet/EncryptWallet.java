package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Optional;
import org.farthing.node.rpc.call.Pace;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;
import org.farthing.node.wallets.WalletRegistry;
import org.farthing.wallet.Wallet;
import org.farthing.wallet.keys.Mnemonic;
import org.farthing.wallet.keys.VaultKey;

/** {@code encryptwallet}. */
public final class EncryptWallet implements RpcMethod {
  private static final Param<String> PASSPHRASE =
      Param.text("passphrase", "The passphrase, of several words");

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "encryptwallet",
              Category.WALLET,
              "Encrypts the wallet with a passphrase; it is locked afterwards. If it has keys of"
                  + " its own, it gets new ones, since copies may still have the old ones in clear;"
                  + " the answer has their recovery words, this once and never again.")
          .takes(PASSPHRASE)
          .returns(Result.text("", "what the owner should know"))
          .example("\"my pass phrase\"");

  private final WalletAccess wallets;

  public EncryptWallet(WalletAccess wallets) {
    this.wallets = wallets;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public Pace pace(RpcRequest request) {
    return Pace.LONG;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    char[] passphrase = request.get(PASSPHRASE).toCharArray();
    try {
      wallets.registry(registry -> unencrypted(registry, request, passphrase));
      try (VaultKey key = Passphrases.fresh(passphrase, wallets.vaultCost())) {
        Optional<Mnemonic> words =
            wallets.registry(
                registry -> unencrypted(registry, request, passphrase).locking().encrypt(key));
        return Json.text(
            "wallet encrypted. Copies that were made before are not: replace them with a new"
                + " backup."
                + words.map(EncryptWallet::tell).orElse(""));
      }
    } finally {
      Arrays.fill(passphrase, '\0');
    }
  }

  private Wallet unencrypted(WalletRegistry registry, RpcRequest request, char[] passphrase) {
    Wallet wallet = registry.find(wallets.name(request)).orElseThrow();
    if (!wallet.descriptors().hasPrivateKeys()) {
      throw new RpcException(
          RpcErrorCode.WALLET_ENCRYPTION_FAILED,
          "Error: wallet does not contain private keys, nothing to encrypt.");
    }
    if (wallet.info().encrypted()) {
      throw new RpcException(
          RpcErrorCode.WALLET_WRONG_ENC_STATE,
          "Error: running with an encrypted wallet, but encryptwallet was called.");
    }
    if (registry.loaded().rescans().of(wallet).isPresent()) {
      throw new RpcException(
          RpcErrorCode.WALLET_ERROR,
          "Error: the wallet is currently being used to rescan the blockchain for related"
              + " transactions. Please call `abortrescan` before encrypting the wallet.");
    }
    if (passphrase.length == 0) {
      throw RpcException.invalidParameter("passphrase cannot be empty");
    }
    return wallet;
  }

  private static String tell(Mnemonic words) {
    return " New addresses come from new keys. Write down their recovery words, beside the old ones"
        + " which bring back what was received before: "
        + String.join(" ", words.words());
  }
}
