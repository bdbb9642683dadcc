package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.method.psbt.PsbtProcessing;
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
  private static final Param<Boolean> ADD_TO_WALLET =
      Param.flag("add_to_wallet", "Publish it and keep it; otherwise it is only returned").or(true);
  private static final Param<JsonNode> INPUTS =
      Param.array(
              "inputs",
              "Coins that are spent in any case",
              Param.object(
                  "",
                  "",
                  Param.txid("txid", "The transaction id"),
                  Param.integer("vout", "The index of the output"),
                  Param.unsigned("sequence", 32, "The sequence number").orNothing()))
          .orNothing();
  private static final Param<Long> LOCK_TIME =
      Param.unsigned("locktime", 32, "The lock time").otherwise("about the height of the chain");
  private static final Param<Boolean> PSBT =
      Param.flag("psbt", "Return a partially signed transaction, and publish nothing").or(false);
  private static final Param<Fields> OPTIONS =
      Funding.optionsBesideRates(ADD_TO_WALLET, INPUTS, LOCK_TIME, PSBT);

  private static final MethodSpec SPEC =
      MethodSpec.of("send", Category.WALLET, "Pays, or makes a transaction that pays.")
          .takes(
              RawTransactionParams.OUTPUTS,
              FeeRates.CONF_TARGET,
              FeeRates.ESTIMATE_MODE,
              FeeRates.FEE_RATE,
              OPTIONS,
              RawTransactionParams.VERSION)
          .returns(SendingJson.RESULT)
          .example("'{\"address\":0.1}'");

  private final WalletAccess wallets;
  private final Funding funding;
  private final SendingJson sending;

  public Send(
      WalletAccess wallets,
      MempoolPort mempool,
      NodePort node,
      FeesPort fees,
      PsbtProcessing processing) {
    this.wallets = wallets;
    this.funding = new Funding(new FeeRates(mempool, node, fees));
    this.sending = new SendingJson(processing);
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {

    Optional<Fields> options = request.find(OPTIONS);
    Optional<Long> rate = request.find(FeeRates.FEE_RATE);
    if (rate.isPresent() && options.filter(given -> given.has(FeeRates.FEE_RATE)).isPresent()) {
      throw RpcException.invalidParameter(
          "Pass the fee_rate either as an argument, or in the options object, but not both");
    }
    int version = (int) (long) request.get(RawTransactionParams.VERSION);
    return wallets.ask(
        request,
        wallet -> {
          List<TxOut> outputs = RawTransactionParams.outputs(request, wallet.network());
          JsonNode inputs = options.flatMap(given -> given.find(INPUTS)).orElse(Json.array());
          Map<OutPoint, Integer> sequences = SendingJson.sequences(inputs);
          Funding.Wanted wanted =
              new Funding.Wanted(List.copyOf(sequences.keySet()), outputs, sequences.isEmpty());
          TxPlan plan = funding.fund(wallet, wanted, options, rate);
          int usual = plan.unsigned().inputs().get(0).sequence();
          int lockTime =
              options
                  .flatMap(given -> given.find(LOCK_TIME))
                  .map(Long::intValue)
                  .orElse(plan.unsigned().lockTime());
          TxPlan framed =
              plan.framed(
                  version,
                  lockTime,
                  outPoint -> Optional.ofNullable(sequences.get(outPoint)).orElse(usual));
          return sending.finish(
              wallet,
              framed,
              options.map(given -> given.get(ADD_TO_WALLET)).orElse(true),
              options.map(given -> given.get(PSBT)).orElse(false));
        });
  }
}
