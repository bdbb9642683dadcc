package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.method.Decode;
import org.farthing.node.rpc.port.FeesPort;
import org.farthing.node.rpc.port.MempoolPort;
import org.farthing.node.rpc.port.NodePort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.spend.Payment;
import org.farthing.wallet.spend.SendRequest;

/** {@code sendtoaddress}. */
public final class SendToAddress implements RpcMethod {
  private static final Param<String> ADDRESS = Param.text("address", "The address to pay to");
  private static final Param<Long> AMOUNT = Param.amount("amount", "Coins");
  private static final Param<String> COMMENT =
      Param.text("comment", "Kept with the transaction in the wallet").or("");
  private static final Param<String> COMMENT_TO =
      Param.text("comment_to", "Kept with the transaction too").or("");
  private static final Param<Boolean> SUBTRACT_FEE =
      Param.flag("subtractfeefromamount", "The payee pays the fee").or(false);
  private static final Param<Boolean> REPLACEABLE =
      Param.flag("replaceable", "May be replaced by one that pays more (BIP-0125)").or(true);
  private static final Param<Boolean> AVOID_REUSE =
      Param.flag("avoid_reuse", "Accepted and without effect").orNothing();
  private static final Param<Boolean> VERBOSE =
      Param.flag("verbose", "true for an object").or(false);

  private static final MethodSpec SPEC =
      MethodSpec.of("sendtoaddress", Category.WALLET, "Pays to an address.")
          .takes(
              ADDRESS,
              AMOUNT,
              COMMENT,
              COMMENT_TO,
              SUBTRACT_FEE,
              REPLACEABLE,
              FeeRates.CONF_TARGET,
              FeeRates.ESTIMATE_MODE,
              AVOID_REUSE,
              FeeRates.FEE_RATE,
              VERBOSE)
          .returns(Result.hex("", "the transaction id"))
          .returns(
              Result.object(
                  "",
                  "for verbose = true",
                  Result.hex("txid", "the transaction id"),
                  Result.text("fee_reason", "where the fee rate comes from")))
          .example("\"address\" 0.1");

  private final WalletAccess wallets;
  private final FeeRates rates;

  public SendToAddress(WalletAccess wallets, MempoolPort mempool, NodePort node, FeesPort fees) {
    this.wallets = wallets;
    this.rates = new FeeRates(mempool, node, fees);
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    long amountSat = request.get(AMOUNT);
    if (amountSat == 0) {
      throw RpcException.typeError("Invalid amount for send: it must be more than 0");
    }
    Optional<Long> chosen = request.find(FeeRates.FEE_RATE);
    Transaction sent =
        wallets.ask(
            request,
            wallet -> {
              Address to = Decode.address(request.get(ADDRESS), wallet.network());
              Payment payment = new Payment(to.toScript(), amountSat, request.get(SUBTRACT_FEE));
              return wallet.send(
                  SendRequest.of(List.of(payment), rates.of(wallet, chosen))
                      .withReplaceable(request.get(REPLACEABLE))
                      .withNote(note(request)));
            });
    if (!request.get(VERBOSE)) {
      return Json.text(sent.txid());
    }
    return Json.object()
        .put("txid", sent.txid().toString())
        .put("fee_reason", wallets.<String>ask(request, wallet -> rates.reason(chosen)));
  }

  private static String note(RpcRequest request) {
    String comment = request.get(COMMENT);
    String to = request.get(COMMENT_TO);
    return to.isEmpty() ? comment : (comment + " (to: " + to + ")").strip();
  }
}
