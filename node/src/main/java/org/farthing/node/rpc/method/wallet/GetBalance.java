package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;
import org.farthing.wallet.history.Balance;

/** {@code getbalance}. */
public final class GetBalance implements RpcMethod {
  private static final Param<String> DUMMY = Param.text("dummy", "Must be \"*\" if given").or("*");
  private static final Param<Integer> MIN_CONF =
      Param.integer("minconf", "Coins with fewer confirmations don't count").or(0);
  private static final Param<Boolean> WATCH_ONLY =
      Param.flag("include_watchonly", "Accepted and without effect").orNothing();
  private static final Param<Boolean> AVOID_REUSE =
      Param.flag(
              "avoid_reuse",
              "Without coins of addresses that were spent from; only of wallets that look after it")
          .otherwise("as the wallet's flag says");

  private static final MethodSpec SPEC =
      MethodSpec.of("getbalance", Category.WALLET, "Returns what can be spent now.")
          .takes(DUMMY, MIN_CONF, WATCH_ONLY, AVOID_REUSE)
          .returns(Result.amount("", "coins"))
          .example("")
          .example("\"*\" 6");

  private final WalletAccess wallets;

  public GetBalance(WalletAccess wallets) {
    this.wallets = wallets;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    if (!request.get(DUMMY).equals("*")) {
      throw new RpcException(
          RpcErrorCode.METHOD_DEPRECATED, "dummy first argument must be excluded or set to \"*\".");
    }
    int minConfirmations = request.get(MIN_CONF);
    return Json.amount(
        wallets.ask(
            request,
            wallet -> {
              boolean apart = WalletAccess.avoidsReuse(wallet, request.find(AVOID_REUSE));
              Balance reused = apart ? wallet.history().reused(minConfirmations) : Balance.ZERO;
              return wallet.history().balance(minConfirmations).minus(reused).trustedSat();
            }));
  }
}
