package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;
import org.farthing.wallet.Wallet;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.spend.Payment;
import org.farthing.wallet.spend.SendRequest;

/** What {@code sendtoaddress} and {@code sendmany} have in common. */
final class PlainSend {
  static final Param<String> COMMENT =
      Param.text("comment", "Kept with the transaction in the wallet").or("");
  static final Param<Boolean> VERBOSE = Param.flag("verbose", "true for an object").or(false);

  static final Result TXID = Result.hex("", "the transaction id");
  static final Result DETAILS =
      Result.object(
          "",
          "for verbose = true",
          Result.hex("txid", "the transaction id"),
          Result.text("fee_reason", "where the fee rate comes from"));

  private final WalletAccess wallets;
  private final FeeRates rates;

  PlainSend(WalletAccess wallets, FeeRates rates) {
    this.wallets = wallets;
    this.rates = rates;
  }

  /** Who gets how much of a wallet. */
  @FunctionalInterface
  interface Payees {
    List<Payment> of(Wallet wallet) throws WalletException;
  }

  /** Pays, and says what the caller wants to know of it. */
  JsonNode call(RpcRequest request, String note, Payees payees) {
    FeeWish fee = FeeWish.of(request);
    boolean replaceable = request.get(Funding.REPLACEABLE);
    return wallets.ask(
        request,
        wallet -> {
          FeeRates.Chosen rate = rates.choose(wallet, fee, replaceable);
          Transaction sent =
              wallet.send(
                  SendRequest.of(payees.of(wallet), rate.satPerKvb())
                      .withReplaceable(replaceable)
                      .withNote(note));
          return request.get(VERBOSE)
              ? Json.object().put("txid", sent.txid().toString()).put("fee_reason", rate.reason())
              : Json.text(sent.txid());
        });
  }
}
