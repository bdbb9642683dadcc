package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Result;
import org.farthing.wallet.Wallet;
import org.farthing.wallet.WalletInfo;
import org.farthing.wallet.descriptor.Keychains;

/** {@code getwalletinfo}. */
public final class GetWalletInfo implements RpcMethod {
  private static final MethodSpec SPEC =
      MethodSpec.of("getwalletinfo", Category.WALLET, "Returns the state of the wallet in short.")
          .returns(
              Result.object(
                  "",
                  "",
                  Result.text("walletname", "the name"),
                  Result.number("walletversion", "as Bitcoin Core's"),
                  Result.text("format", "how it is stored"),
                  Result.number("txcount", "transactions"),
                  Result.number("keypoolsize", "addresses derived ahead"),
                  Result.number("keypoolsize_hd_internal", "the same for change"),
                  Result.time("unlocked_until", "0 if locked; only if encrypted").maybe(),
                  Result.flag("private_keys_enabled", "always"),
                  Result.flag("avoid_reuse", "never"),
                  Result.any("scanning", "false, or how far it has caught up"),
                  Result.flag("descriptors", "always"),
                  Result.flag("external_signer", "never"),
                  Result.flag("blank", "never"),
                  Result.time("birthtime", "when it was made"),
                  LastProcessed.SHAPE))
          .example("");

  private static final int CORE_WALLET_VERSION = 169_900;

  private final WalletAccess wallets;

  public GetWalletInfo(WalletAccess wallets) {
    this.wallets = wallets;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    return wallets.ask(request, wallet -> json(wallets.name(request), wallet));
  }

  private static ObjectNode json(String name, Wallet wallet) {
    WalletInfo info = wallet.info();
    ObjectNode json = Json.object();
    json.put("walletname", name);
    json.put("walletversion", CORE_WALLET_VERSION);
    json.put("format", "farthing");
    json.put("txcount", info.transactionCount());
    json.put("keypoolsize", Keychains.DEFAULT_GAP_LIMIT);
    json.put("keypoolsize_hd_internal", Keychains.DEFAULT_GAP_LIMIT);
    if (info.encrypted()) {
      json.put("unlocked_until", info.unlockedUntilSeconds());
    }
    json.put("private_keys_enabled", true);
    json.put("avoid_reuse", false);
    if (info.synchronised()) {
      json.put("scanning", false);
    } else {
      json.putObject("scanning").put("height", info.height());
    }
    json.put("descriptors", true);
    json.put("external_signer", false);
    json.put("blank", false);
    json.put("birthtime", info.createdSeconds());
    LastProcessed.add(wallet, json);
    return json;
  }
}
