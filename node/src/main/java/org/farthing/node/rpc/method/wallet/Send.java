package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.method.rawtx.RawTransactionParams;
import org.farthing.node.rpc.port.FeesPort;
import org.farthing.node.rpc.port.MempoolPort;
import org.farthing.node.rpc.port.NodePort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.Fields;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.wallet.spend.TxPlan;

/** {@code send}. */
public final class Send implements RpcMethod {
  private static final Param<Fields> OPTIONS =
      Funding.optionsBesideRates(
          SendingJson.ADD_TO_WALLET,
          PresetInputs.PARAM,
          PresetInputs.NO_WEIGHTS,
          SendingJson.LOCK_TIME,
          SendingJson.PSBT);

  /** Names that other methods still take, and what they are called here. */
  private static final Map<String, String> OLD_NAMES =
      Map.of(
          "feeRate", "fee_rate (sat/vB)",
          "changeAddress", "change_address",
          "changePosition", "change_position",
          "lockUnspents", "lock_unspents",
          "subtractFeeFromOutputs", "subtract_fee_from_outputs");

  private static final MethodSpec SPEC =
      MethodSpec.of("send", Category.WALLET, "Pays, or makes a transaction that pays.")
          .takes(
              RawTransactionParams.OUTPUTS,
              FeeWish.CONF_TARGET,
              FeeWish.ESTIMATE_MODE,
              FeeWish.FEE_RATE,
              OPTIONS,
              RawTransactionParams.VERSION)
          .returns(SendingJson.RESULT)
          .example("'{\"address\":0.1}'");

  private final WalletAccess wallets;
  private final Funding funding;

  public Send(WalletAccess wallets, MempoolPort mempool, NodePort node, FeesPort fees) {
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
    refuseOldNames(options);
    FeeWish fee = FeeWish.of(request, options);
    int version = RawTransactionParams.version(request);
    return wallets.ask(
        request,
        wallet -> {
          List<TxOut> outputs = RawTransactionParams.outputs(request, wallet.network());
          PresetInputs.refuseWeights(options);
          PresetInputs inputs = PresetInputs.of(options.find(PresetInputs.PARAM));
          TxPlan plan =
              funding.fund(wallet, Funding.Wanted.of(inputs, outputs, version), options, fee);
          int lockTime = inputs.lockTime(options.find(SendingJson.LOCK_TIME), plan);
          return SendingJson.finish(
              wallet,
              plan.framed(version, lockTime, inputs.sequences()),
              options.get(SendingJson.ADD_TO_WALLET),
              options.get(SendingJson.PSBT));
        });
  }

  private static void refuseOldNames(Fields options) {
    OLD_NAMES.forEach(
        (old, now) -> {
          if (options.json().has(old)) {
            throw RpcException.invalidParameter("Use " + now + " instead of " + old);
          }
        });
  }
}
