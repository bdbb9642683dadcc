package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.NodePort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Read;
import org.farthing.node.rpc.spec.Result;

/** {@code removeprunedfunds}. */
public final class RemovePrunedFunds implements RpcMethod {
  private static final String NAME = "removeprunedfunds";

  private static final Param<String> TXID = Param.text("txid", "The transaction id");

  private static final MethodSpec SPEC =
      MethodSpec.of(
              NAME,
              Category.WALLET,
              "Makes the wallet forget a transaction. Deprecated: only with"
                  + " -deprecatedrpc=removeprunedfunds.")
          .takes(TXID)
          .returns(Result.nothing())
          .example("\"txid\"");

  private final WalletAccess wallets;
  private final NodePort node;

  public RemovePrunedFunds(WalletAccess wallets, NodePort node) {
    this.wallets = wallets;
    this.node = node;
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
          if (!node.allowsDeprecated(NAME)) {
            throw new RpcException(
                RpcErrorCode.METHOD_DEPRECATED,
                "DEPRECATION WARNING: This feature will be removed in the next major release. Start"
                    + " bitcoind with the `-deprecatedrpc=removeprunedfunds` option in order to use"
                    + " this.");
          }
          Txid txid = Txid.of(Read.hash("txid", request.get(TXID)));
          if (!wallet.history().forget(txid)) {
            throw new RpcException(
                RpcErrorCode.WALLET_ERROR,
                "Transaction " + txid + " does not belong to this wallet");
          }
          return Json.nothing();
        });
  }
}
