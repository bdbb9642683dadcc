package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;
import org.farthing.wallet.error.WalletException;

/** {@code abandontransaction}. */
public final class AbandonTransaction implements RpcMethod {
  private static final Param<Txid> TXID = Param.txid("txid", "The transaction id");

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "abandontransaction",
              Category.WALLET,
              "Gives up a transaction that no mempool has any more, so that its coins can be spent"
                  + " again.")
          .takes(TXID)
          .returns(Result.nothing())
          .example("\"txid\"");

  private final WalletAccess wallets;

  public AbandonTransaction(WalletAccess wallets) {
    this.wallets = wallets;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    Txid txid = request.get(TXID);
    return wallets.ask(
        request,
        wallet -> {
          if (wallet.history().find(txid).isEmpty()) {
            throw new RpcException(
                RpcErrorCode.INVALID_ADDRESS_OR_KEY, "Invalid or non-wallet transaction id");
          }
          try {
            wallet.payments().abandon(txid);
          } catch (WalletException e) {
            throw new RpcException(
                RpcErrorCode.INVALID_ADDRESS_OR_KEY, "Transaction not eligible for abandonment");
          }
          return Json.nothing();
        });
  }
}
