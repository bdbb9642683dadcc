package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.method.rawtx.RawTransactionParams;
import org.farthing.node.rpc.port.FeesPort;
import org.farthing.node.rpc.port.MempoolPort;
import org.farthing.node.rpc.port.NodePort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.wallet.history.WalletTx;

/** {@code sendmany}. */
public final class SendMany implements RpcMethod {
  private static final Param<String> DUMMY =
      Param.text("dummy", "Must be empty").or("").placeholder();
  private static final Param<JsonNode> AMOUNTS =
      Param.map("amounts", "Who gets how much", Param.amount("address", "Coins"));
  private static final Param<JsonNode> MIN_CONF =
      Param.any("minconf", "Accepted and without effect", value -> value)
          .oneOf(Param.number("", ""))
          .orNothing();
  private static final Param<JsonNode> SUBTRACT_FROM =
      Param.array(
              "subtractfeefrom",
              "Who pays the fee, in equal parts",
              Param.any("address", "An address, or a place among the payees", value -> value)
                  .oneOf(Param.text("", ""), Param.integer("", "")))
          .orNothing();

  private static final MethodSpec SPEC =
      MethodSpec.of("sendmany", Category.WALLET, "Pays to several addresses with one transaction.")
          .takes(
              DUMMY,
              AMOUNTS,
              MIN_CONF,
              PlainSend.COMMENT,
              SUBTRACT_FROM,
              Funding.REPLACEABLE,
              FeeWish.CONF_TARGET,
              FeeWish.ESTIMATE_MODE,
              FeeWish.FEE_RATE,
              PlainSend.VERBOSE)
          .returns(PlainSend.TXID)
          .returns(PlainSend.DETAILS)
          .example("\"\" '{\"address\":0.01,\"another\":0.02}'");

  private final PlainSend sending;

  public SendMany(WalletAccess wallets, MempoolPort mempool, NodePort node, FeesPort fees) {
    this.sending = new PlainSend(wallets, new FeeRates(mempool, node, fees));
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    if (!request.get(DUMMY).isEmpty()) {
      throw RpcException.invalidParameter("Dummy value must be set to \"\"");
    }
    return sending.call(
        request,
        WalletTx.Notes.of(request.get(PlainSend.COMMENT)),
        wallet -> false,
        wallet -> {
          List<TxOut> outputs =
              RawTransactionParams.outputs(request.get(AMOUNTS), wallet.network());
          return FeePayers.payments(outputs, request.find(SUBTRACT_FROM), wallet);
        });
  }
}
