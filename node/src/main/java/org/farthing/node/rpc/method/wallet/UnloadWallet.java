package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/** {@code unloadwallet}. */
public final class UnloadWallet implements RpcMethod {
  private static final Param<String> NAME =
      Param.text("wallet_name", "The name of the wallet; not needed at /wallet/<name>").orNothing();

  private static final MethodSpec SPEC =
      MethodSpec.of("unloadwallet", Category.WALLET, "Closes a wallet.")
          .takes(NAME, NewWalletParams.LOAD_ON_STARTUP)
          .returns(Result.object("", "", NewWalletParams.WARNINGS))
          .example("\"alice\"");

  private final WalletAccess wallets;

  public UnloadWallet(WalletAccess wallets) {
    this.wallets = wallets;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    Optional<String> given = request.find(NAME);
    Optional<String> path = request.caller().wallet();
    if (given.isPresent() && path.isPresent() && !given.equals(path)) {
      throw RpcException.invalidParameter(
          "The RPC endpoint wallet and the wallet name parameter specify different wallets");
    }
    return wallets.registry(
        registry -> {
          String name = given.isPresent() ? given.get() : wallets.name(request);
          registry.unload(name);
          NewWalletParams.remember(registry, name, request);
          return Json.object();
        });
  }
}
