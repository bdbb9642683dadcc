package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.method.rawtx.RawTransactionParams;
import org.farthing.node.rpc.port.FeesPort;
import org.farthing.node.rpc.port.MempoolPort;
import org.farthing.node.rpc.port.NodePort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.Fields;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;
import org.farthing.wallet.psbt.Psbt;
import org.farthing.wallet.psbt.PsbtCodec;
import org.farthing.wallet.spend.TxPlan;

/** {@code walletcreatefundedpsbt}. */
public final class WalletCreateFundedPsbt implements RpcMethod {
  private static final Param<Fields> OPTIONS = Funding.options(PresetInputs.NO_WEIGHTS);
  private static final Param<Boolean> DERIVATIONS =
      Param.flag("bip32derivs", "Whether to fill in where keys come from").or(true);

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "walletcreatefundedpsbt",
              Category.WALLET,
              "Makes a partially signed transaction that coins of the wallet pay for. It is not"
                  + " signed.")
          .takes(
              PresetInputs.PARAM,
              RawTransactionParams.OUTPUTS,
              RawTransactionParams.LOCK_TIME,
              OPTIONS,
              DERIVATIONS,
              RawTransactionParams.VERSION,
              WalletPsbts.VERSION)
          .returns(
              Result.object(
                  "",
                  "",
                  Result.text("psbt", "in base 64"),
                  Result.amount("fee", "coins"),
                  Result.number("changepos", "the index of the change output, or -1")))
          .example("'[]' '[{\"address\":0.1}]'");

  private final WalletAccess wallets;
  private final Funding funding;

  public WalletCreateFundedPsbt(
      WalletAccess wallets, MempoolPort mempool, NodePort node, FeesPort fees) {
    this.wallets = wallets;
    this.funding = new Funding(new FeeRates(mempool, node, fees));
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    Fields options = request.find(OPTIONS).orElseGet(Fields::none);
    PresetInputs.refuseWeights(options);
    int psbtVersion = WalletPsbts.version(request.get(WalletPsbts.VERSION));
    int lockTime = (int) (long) request.get(RawTransactionParams.LOCK_TIME);
    int version = RawTransactionParams.version(request);
    PresetInputs inputs = PresetInputs.of(request.find(PresetInputs.PARAM));
    return wallets.ask(
        request,
        wallet -> {
          List<TxOut> outputs = RawTransactionParams.outputs(request, wallet.network());
          TxPlan plan = funding.fund(wallet, Funding.Wanted.of(inputs, outputs, version), options);
          TxPlan framed = plan.framed(version, lockTime, inputs.sequences());
          Psbt psbt = Psbt.of(framed.unsigned(), psbtVersion);
          Psbt filled =
              WalletPsbts.process(wallet, psbt, WalletPsbts.Wish.fill(request.get(DERIVATIONS)));
          ObjectNode json = Json.object().put("psbt", PsbtCodec.format(filled));
          json.set("fee", Json.amount(plan.feeSat()));
          return json.put("changepos", plan.changeIndex().orElse(-1));
        });
  }
}
