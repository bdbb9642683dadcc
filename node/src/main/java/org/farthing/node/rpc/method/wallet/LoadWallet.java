package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.node.rpc.call.Pace;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;
import org.farthing.node.wallets.Rescan;
import org.farthing.node.wallets.WalletRegistry;
import org.farthing.wallet.Wallet;

/** {@code loadwallet}. */
public final class LoadWallet implements RpcMethod {
  private static final Param<String> NAME = Param.text("filename", "The name of the wallet");

  private static final MethodSpec SPEC =
      MethodSpec.of("loadwallet", Category.WALLET, "Loads a wallet of the node's folder.")
          .takes(NAME, NewWalletParams.LOAD_ON_STARTUP)
          .returns(Result.object("", "", Result.text("name", "the name"), NewWalletParams.WARNINGS))
          .example("\"alice\"");

  private final WalletAccess wallets;

  public LoadWallet(WalletAccess wallets) {
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
    String name = request.get(NAME);
    Rescan reading =
        wallets.registry(
            registry -> {
              Wallet wallet = registry.load(name);
              NewWalletParams.remember(registry, name, request);
              Rescan begun = registry.loaded().rescans().begin(wallet);
              registry.loaded().rescans().run(begun);
              return begun;
            });
    wallets.await(reading, "Rescan aborted by user.");
    return NewWalletParams.answer(name, wallets.registry(WalletRegistry::warnings));
  }
}
