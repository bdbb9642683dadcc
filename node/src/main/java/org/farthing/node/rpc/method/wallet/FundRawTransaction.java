package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.method.Decode;
import org.farthing.node.rpc.port.FeesPort;
import org.farthing.node.rpc.port.MempoolPort;
import org.farthing.node.rpc.port.NodePort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.Fields;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;
import org.farthing.wallet.spend.TxPlan;

/** {@code fundrawtransaction}. */
public final class FundRawTransaction implements RpcMethod {
  private static final Param<String> HEX = Param.text("hexstring", "The transaction in hex");
  private static final Param<Fields> OPTIONS = Funding.options(SolvingData.INPUT_WEIGHTS);
  private static final Param<Boolean> IS_WITNESS =
      Param.flag("iswitness", "Whether the hex has witnesses; without it both are tried")
          .orNothing();

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "fundrawtransaction",
              Category.WALLET,
              "Adds coins of the wallet to a transaction until they pay for it, and returns the"
                  + " rest as change. It is not signed.")
          .takes(HEX, OPTIONS, IS_WITNESS)
          .returns(
              Result.object(
                  "",
                  "",
                  Result.hex("hex", "the transaction"),
                  Result.amount("fee", "coins"),
                  Result.number("changepos", "the index of the change output, or -1")))
          .example("\"myhex\"");

  private final WalletAccess wallets;
  private final Funding funding;

  public FundRawTransaction(
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
    Decode.Form form =
        request
            .find(IS_WITNESS)
            .map(witness -> witness ? Decode.Form.EXTENDED : Decode.Form.BASE)
            .orElse(Decode.Form.EITHER);
    Transaction draft = Decode.transaction(request.get(HEX), form, "TX decode failed");
    Fields options = request.find(OPTIONS).orElseGet(Fields::none);
    Map<OutPoint, Integer> weights = SolvingData.weights(options.find(SolvingData.INPUT_WEIGHTS));
    Set<OutPoint> inputs = new LinkedHashSet<>();
    draft.inputs().forEach(input -> inputs.add(input.outPoint()));
    inputs.addAll(weights.keySet());
    TxPlan plan =
        wallets.ask(
            request,
            wallet ->
                funding.fund(
                    wallet,
                    new Funding.Wanted(
                        List.copyOf(inputs), weights, draft.outputs(), true, draft.version()),
                    options));
    Transaction funded = withDraftInputs(plan.unsigned(), draft);
    ObjectNode json = Json.object().put("hex", Hex.encode(funded.serialize()));
    json.set("fee", Json.amount(plan.feeSat()));
    return json.put("changepos", plan.changeIndex().orElse(-1));
  }

  /** The inputs that were there stay what they are, also those that are signed. */
  private static Transaction withDraftInputs(Transaction funded, Transaction draft) {
    Map<OutPoint, TxIn> own = new HashMap<>();
    draft.inputs().forEach(input -> own.put(input.outPoint(), input));
    List<TxIn> inputs =
        funded.inputs().stream().map(input -> own.getOrDefault(input.outPoint(), input)).toList();
    return new Transaction(draft.version(), inputs, funded.outputs(), draft.lockTime());
  }
}
