package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.node.rpc.call.Pace;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;
import org.farthing.wallet.Protection;
import org.farthing.wallet.Recovery;
import org.farthing.wallet.Wallet;
import org.farthing.wallet.descriptor.Keychains;
import org.farthing.wallet.keys.Mnemonic;

/** {@code restorewalletfromwords}: Farthing's own. */
public final class RestoreWalletFromWords implements RpcMethod {
  private static final Param<String> WORDS =
      Param.text("mnemonic", "The recovery words, separated by spaces (BIP-0039)");
  private static final Param<String> WORDS_PASSPHRASE =
      Param.text("mnemonic_passphrase", "The further secret of BIP-0039, if there is one").or("");
  private static final Param<Integer> FROM_HEIGHT =
      Param.integer("from_height", "The first block that may hold a payment to the wallet").or(0);

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "restorewalletfromwords",
              Category.WALLET,
              "Makes a wallet with the keys of recovery words, and finds its payments in the chain."
                  + " (Bitcoin Core has no such method.)")
          .ofFarthing()
          .takes(
              NewWalletParams.NAME,
              WORDS,
              NewWalletParams.PASSPHRASE,
              NewWalletParams.LOAD_ON_STARTUP,
              WORDS_PASSPHRASE,
              FROM_HEIGHT)
          .returns(Result.object("", "", Result.text("name", "the name")))
          .example("\"alice\" \"abandon abandon ... about\" \"correct horse\"");

  private final WalletAccess wallets;

  public RestoreWalletFromWords(WalletAccess wallets) {
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
    String name = request.get(NewWalletParams.NAME);
    Protection protection =
        NewWalletParams.protection(request.find(NewWalletParams.PASSPHRASE), wallets);
    wallets.registry(
        registry -> {
          Recovery recovery =
              new Recovery(
                  Mnemonic.parse(request.get(WORDS)),
                  request.get(WORDS_PASSPHRASE),
                  request.get(FROM_HEIGHT),
                  Keychains.RECOVERY_GAP_LIMIT);
          Wallet wallet = registry.restore(name, protection, recovery);
          NewWalletParams.remember(registry, name, request);
          return wallet;
        });
    return Json.object().put("name", name);
  }
}
