package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.method.Decode;
import org.farthing.node.rpc.port.FeesPort;
import org.farthing.node.rpc.port.MempoolPort;
import org.farthing.node.rpc.port.NodePort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.history.WalletTx;
import org.farthing.wallet.spend.Payment;

/** {@code sendtoaddress}. */
public final class SendToAddress implements RpcMethod {
  private static final Param<String> ADDRESS = Param.text("address", "The address to pay to");
  private static final Param<Long> AMOUNT = Param.amount("amount", "Coins");
  private static final Param<String> COMMENT_TO =
      Param.text("comment_to", "Kept with the transaction too").or("");
  private static final Param<Boolean> SUBTRACT_FEE =
      Param.flag("subtractfeefromamount", "The payee pays the fee").or(false);
  private static final Param<Boolean> AVOID_REUSE =
      Param.flag(
              "avoid_reuse",
              "Leave out coins of addresses that were spent from; only of wallets that look after"
                  + " it")
          .otherwise("as the wallet's flag says");

  private static final MethodSpec SPEC =
      MethodSpec.of("sendtoaddress", Category.WALLET, "Pays to an address.")
          .takes(
              ADDRESS,
              AMOUNT,
              PlainSend.COMMENT,
              COMMENT_TO,
              SUBTRACT_FEE,
              Funding.REPLACEABLE,
              FeeWish.CONF_TARGET,
              FeeWish.ESTIMATE_MODE,
              AVOID_REUSE,
              FeeWish.FEE_RATE,
              PlainSend.VERBOSE)
          .returns(PlainSend.TXID)
          .returns(PlainSend.DETAILS)
          .example("\"address\" 0.1");

  private final PlainSend sending;

  public SendToAddress(WalletAccess wallets, MempoolPort mempool, NodePort node, FeesPort fees) {
    this.sending = new PlainSend(wallets, new FeeRates(mempool, node, fees));
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
    return sending.call(
        request,
        WalletTx.Notes.of(request.get(PlainSend.COMMENT), request.get(COMMENT_TO)),
        wallet -> WalletAccess.avoidsReuse(wallet, request.find(AVOID_REUSE)),
        wallet -> {
          Address to = Decode.address(request.get(ADDRESS), wallet.network());
          return List.of(new Payment(to.toScript(), amountSat, request.get(SUBTRACT_FEE)));
        });
  }
}
