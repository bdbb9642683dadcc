package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Result;
import org.farthing.wallet.history.Balance;

/** {@code getbalances}. */
public final class GetBalances implements RpcMethod {
  private static final MethodSpec SPEC =
      MethodSpec.of("getbalances", Category.WALLET, "Returns what the wallet has.")
          .returns(
              Result.object(
                  "",
                  "",
                  Result.object(
                      "mine",
                      "",
                      Result.amount("trusted", "can be spent now"),
                      Result.amount("untrusted_pending", "unconfirmed payments by others"),
                      Result.amount("immature", "newly mined"),
                      Result.amount(
                          "nonmempool",
                          "negative: what of it transactions spend that wait outside the"
                              + " mempool"),
                      Result.amount(
                              "used",
                              "of addresses that were spent from; only of wallets that avoid reuse")
                          .maybe()),
                  LastProcessed.SHAPE))
          .example("");

  private final WalletAccess wallets;

  public GetBalances(WalletAccess wallets) {
    this.wallets = wallets;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    return wallets.ask(
        request,
        wallet -> {
          Balance reserved = wallet.history().reserved();
          boolean apart = wallet.info().kind().avoidReuse();
          Balance reused = apart ? wallet.history().reused(0) : Balance.ZERO;
          Balance balance = wallet.balance().plus(reserved).minus(reused);
          ObjectNode json = Json.object();
          ObjectNode mine = json.putObject("mine");
          mine.set("trusted", Json.amount(balance.trustedSat()));
          mine.set("untrusted_pending", Json.amount(balance.pendingSat()));
          mine.set("immature", Json.amount(balance.immatureSat()));
          mine.set("nonmempool", Json.amount(-reserved.totalSat()));
          if (apart) {
            mine.set("used", Json.amount(reused.trustedSat() + reused.pendingSat()));
          }
          LastProcessed.add(wallet, json);
          return json;
        });
  }
}
