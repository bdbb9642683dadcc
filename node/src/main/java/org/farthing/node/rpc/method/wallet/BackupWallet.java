package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/** {@code backupwallet}. */
public final class BackupWallet implements RpcMethod {
  private static final Param<String> DESTINATION =
      Param.text("destination", "The file or the folder");

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "backupwallet", Category.WALLET, "Copies the wallet to a file, or into a folder.")
          .takes(DESTINATION)
          .returns(Result.nothing())
          .example("\"/backups/alice.dat\"");

  private final WalletAccess wallets;

  public BackupWallet(WalletAccess wallets) {
    this.wallets = wallets;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    String destination = request.get(DESTINATION);
    return wallets.registry(
        registry -> {
          registry.backup(wallets.name(request), Path.of(destination));
          return Json.nothing();
        });
  }
}
