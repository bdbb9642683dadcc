package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
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
import org.farthing.wallet.psbt.Psbt;
import org.farthing.wallet.psbt.PsbtCodec;

/** {@code psbtbumpfee}. */
public final class PsbtBumpFee implements RpcMethod {
  private static final Param<Fields> OPTIONS = Bumping.options(WalletPsbts.VERSION);

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "psbtbumpfee",
              Category.WALLET,
              "Makes a transaction that pays more, for the place of one that waits: partially"
                  + " signed, without signatures. A wallet that only watches can do it too, and"
                  + " coins of others may be spent with it.")
          .takes(Bumping.TXID, OPTIONS)
          .returns(Bumping.result(Result.text("psbt", "in base 64")))
          .example("\"txid\"");

  private final WalletAccess wallets;
  private final Bumping bumping;

  public PsbtBumpFee(WalletAccess wallets, MempoolPort mempool, NodePort node, FeesPort fees) {
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
    int version = WalletPsbts.version(options.get(WalletPsbts.VERSION));
    return wallets.ask(
        request,
        wallet -> {
          WalletReplacements.Replacement replacement = bumping.draft(wallet, txid, options);
          Psbt psbt = Psbt.of(replacement.plan().unsigned(), version);
          Psbt filled = WalletPsbts.process(wallet, psbt, WalletPsbts.Wish.fill(true));
          ObjectNode json = Json.object().put("psbt", PsbtCodec.format(filled));
          return Bumping.answer(json, replacement);
        });
  }
}
