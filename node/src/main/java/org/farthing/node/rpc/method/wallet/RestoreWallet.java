package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.farthing.node.rpc.call.Pace;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;
import org.farthing.node.wallets.Rescan;
import org.farthing.node.wallets.WalletRegistry;
import org.farthing.wallet.Wallet;

/** {@code restorewallet}. */
public final class RestoreWallet implements RpcMethod {
  private static final Param<String> FILE =
      Param.text("backup_file", "The file that backupwallet has written");

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "restorewallet",
              Category.WALLET,
              "Makes a wallet of a backup, loads it, and has it read what happened since.")
          .takes(NewWalletParams.NAME, FILE, NewWalletParams.LOAD_ON_STARTUP)
          .returns(Result.object("", "", Result.text("name", "the name"), NewWalletParams.WARNINGS))
          .example("\"alice\" \"/backups/alice.dat\"");

  private final WalletAccess wallets;

  public RestoreWallet(WalletAccess wallets) {
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
    if (name.isEmpty()) {
      throw RpcException.invalidParameter("Wallet name cannot be empty");
    }
    Rescan reading =
        wallets.registry(
            registry -> {
              Wallet wallet = registry.restoreBackup(name, Path.of(request.get(FILE)));
              NewWalletParams.remember(registry, name, request);
              Rescan begun = registry.loaded().rescans().begin(wallet);
              registry.loaded().rescans().run(begun);
              return begun;
            });
    wallets.await(reading, "Rescan aborted by user.");
    return NewWalletParams.answer(name, wallets.registry(WalletRegistry::warnings));
  }
}
