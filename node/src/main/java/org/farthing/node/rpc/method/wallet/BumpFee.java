package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.FeesPort;
import org.farthing.node.rpc.port.MempoolPort;
import org.farthing.node.rpc.port.NodePort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.Fields;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;
import org.farthing.wallet.WalletReplacements;

/** {@code bumpfee}. */
public final class BumpFee implements RpcMethod {
  private static final Param<Fields> OPTIONS = Bumping.options();

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "bumpfee",
              Category.WALLET,
              "Puts a transaction that pays more in the place of one that waits. It spends the"
                  + " same coins, and others where these don't suffice.")
          .takes(Bumping.TXID, OPTIONS)
          .returns(Bumping.result(Result.hex("txid", "the new transaction")))
          .example("\"txid\"");

  private final WalletAccess wallets;
  private final Bumping bumping;

  public BumpFee(WalletAccess wallets, MempoolPort mempool, NodePort node, FeesPort fees) {
    this.wallets = wallets;
    this.bumping = new Bumping(mempool, node, fees);
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    Txid txid = request.get(Bumping.TXID);
    Fields options = request.find(OPTIONS).orElseGet(Fields::none);
    return wallets.ask(
        request,
        wallet -> {
          if (!wallet.descriptors().hasPrivateKeys()) {
            throw new RpcException(
                RpcErrorCode.WALLET_ERROR,
                "bumpfee is not available with wallets that have private keys disabled. Use"
                    + " psbtbumpfee instead.");
          }
          WalletReplacements.Replacement replacement = bumping.plan(wallet, txid, options);
          Transaction sent = wallet.replacements().execute(replacement);
          return Bumping.answer(Json.object().put("txid", sent.txid().toString()), replacement);
        });
  }
}
