package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Result;
import org.farthing.node.wallets.Rescan;
import org.farthing.wallet.Wallet;

/** {@code abortrescan}. */
public final class AbortRescan implements RpcMethod {
  private static final MethodSpec SPEC =
      MethodSpec.of(
              "abortrescan",
              Category.WALLET,
              "Ends the search of blocks that another call waits for. What was not looked at may"
                  + " hold payments that the wallet doesn't know.")
          .returns(Result.flag("", "whether there was such a search"))
          .example("");

  private final WalletAccess wallets;

  public AbortRescan(WalletAccess wallets) {
    this.wallets = wallets;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    return wallets.registry(
        registry -> {
          Wallet wallet = registry.find(wallets.name(request)).orElseThrow();
          Optional<Rescan> rescan = registry.loaded().rescans().of(wallet);
          rescan.ifPresent(
              running -> {
                wallet.descriptors().endSearch();
                registry.loaded().rescans().end(running, Rescan.Outcome.ABORTED);
              });
          return Json.flag(rescan.isPresent());
        });
  }
}
