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

/** {@code exportwatchonlywallet}. */
public final class ExportWatchOnlyWallet implements RpcMethod {
  private static final Param<String> DESTINATION =
      Param.text("destination", "The file, which must not be there yet");

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "exportwatchonlywallet",
              Category.WALLET,
              "Writes a wallet without private keys to a file, for restorewallet: the descriptors,"
                  + " transactions, labels and locked coins of this one. Of descriptors that end in"
                  + " a hardened step it has the addresses that were derived ahead, and no more.")
          .takes(DESTINATION)
          .returns(Result.object("", "", Result.text("exported_file", "the file")))
          .example("\"/backups/alice-watching.dat\"");

  private final WalletAccess wallets;

  public ExportWatchOnlyWallet(WalletAccess wallets) {
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
          registry.exportWatchOnly(wallets.name(request), Path.of(destination));
          return Json.object().put("exported_file", destination);
        });
  }
}
