package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.node.rpc.call.Pace;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;
import org.farthing.node.wallets.Rescan;
import org.farthing.node.wallets.WalletRegistry;
import org.farthing.wallet.Wallet;
import org.farthing.wallet.error.WalletException;

/** {@code rescanblockchain}. */
public final class RescanBlockchain implements RpcMethod {
  private static final Param<Integer> START =
      Param.integer("start_height", "The first block").or(0);
  private static final Param<Integer> STOP =
      Param.integer("stop_height", "The last block").otherwise("the tip");

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "rescanblockchain",
              Category.WALLET,
              "Looks through blocks again for transactions of the wallet; getwalletinfo tells how"
                  + " far it is.")
          .takes(START, STOP)
          .returns(
              Result.object(
                  "",
                  "",
                  Result.number("start_height", "the first block"),
                  Result.number("stop_height", "the last block")))
          .example("100000 120000");

  private final WalletAccess wallets;

  public RescanBlockchain(WalletAccess wallets) {
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

  /** The blocks to be read, and the reading of them. */
  private record Begun(int start, int stop, Rescan rescan) {}

  @Override
  public JsonNode call(RpcRequest request) {
    Begun begun =
        wallets.registry(
            registry -> {
              Wallet wallet = registry.find(wallets.name(request)).orElseThrow();
              Rescan rescan = registry.loaded().rescans().begin(wallet);
              try {
                return begin(registry, rescan, request);
              } catch (WalletException | RpcException e) {
                registry.loaded().rescans().end(rescan, Rescan.Outcome.DONE);
                throw e;
              }
            });
    wallets.await(begun.rescan(), "Rescan aborted.");
    return Json.object().put("start_height", begun.start()).put("stop_height", begun.stop());
  }

  private static Begun begin(WalletRegistry registry, Rescan rescan, RpcRequest request)
      throws WalletException {
    Wallet wallet = rescan.wallet();
    wallet.locking().expectUnlocked();
    int tip = wallet.info().height();
    int start = request.get(START);
    int stop = request.find(STOP).orElse(tip);
    if (start < 0 || start > tip) {
      throw RpcException.invalidParameter("Invalid start_height");
    }
    if (stop < 0 || stop > tip) {
      throw RpcException.invalidParameter("Invalid stop_height");
    }
    if (stop < start) {
      throw RpcException.invalidParameter("stop_height must be greater than start_height");
    }
    if (!wallet.descriptors().searchBlocks(start, stop)) {
      throw RpcException.misc(
          "Can't rescan beyond pruned data. Use RPC call getblockchaininfo to determine your"
              + " pruned height.");
    }
    registry.loaded().rescans().run(rescan);
    return new Begun(start, stop, rescan);
  }
}
