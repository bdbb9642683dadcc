package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.method.rawtx.RawTransactionParams;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;
import org.farthing.wallet.Wallet;
import org.farthing.wallet.history.WalletTx;

/** {@code lockunspent}. */
public final class LockUnspent implements RpcMethod {
  private static final Param<Boolean> UNLOCK = Param.flag("unlock", "Whether to let go of them");
  private static final Param<JsonNode> COINS =
      Param.array(
              "transactions",
              "The coins; without it, all that are kept back are let go",
              Param.object(
                  "",
                  "",
                  Param.txid("txid", "The transaction id"),
                  Param.integer("vout", "The index of the output")))
          .orNothing();
  private static final Param<Boolean> PERSISTENT =
      Param.flag("persistent", "Keep them back also when the wallet is loaded again").or(false);

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "lockunspent",
              Category.WALLET,
              "Keeps coins back, so that the wallet doesn't spend them by itself, or lets go of"
                  + " them.")
          .takes(UNLOCK, COINS, PERSISTENT)
          .returns(Result.flag("", "always true"))
          .example("false '[{\"txid\":\"...\",\"vout\":1}]'");

  private final WalletAccess wallets;

  public LockUnspent(WalletAccess wallets) {
    this.wallets = wallets;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    boolean unlock = request.get(UNLOCK);
    Optional<JsonNode> given = request.find(COINS);
    boolean persistent = request.get(PERSISTENT);
    return wallets.ask(
        request,
        wallet -> {
          List<OutPoint> coins = new ArrayList<>();
          for (JsonNode coin : given.map(List::of).orElse(List.of())) {
            coin.forEach(each -> coins.add(coin(wallet, each, unlock, persistent)));
          }
          if (!unlock) {
            wallet.coinLocks().lock(coins, persistent);
          } else {
            wallet.coinLocks().unlock(given.isPresent() ? coins : wallet.coinLocks().all());
          }
          return Json.flag(true);
        });
  }

  private static OutPoint coin(Wallet wallet, JsonNode given, boolean unlock, boolean persistent) {
    OutPoint coin = RawTransactionParams.outPoint(given);
    Optional<WalletTx> transaction = wallet.history().find(coin.txid());
    if (transaction.isEmpty()) {
      throw RpcException.invalidParameter("Invalid parameter, unknown transaction");
    }
    if (coin.index() >= transaction.get().transaction().outputs().size()) {
      throw RpcException.invalidParameter("Invalid parameter, vout index out of bounds");
    }
    if (wallet.history().isSpent(coin)) {
      throw RpcException.invalidParameter("Invalid parameter, expected unspent output");
    }
    boolean locked = wallet.coinLocks().isLocked(coin);
    if (unlock && !locked) {
      throw RpcException.invalidParameter("Invalid parameter, expected locked output");
    }
    if (!unlock && locked && !persistent) {
      throw RpcException.invalidParameter("Invalid parameter, output already locked");
    }
    return coin;
  }
}
