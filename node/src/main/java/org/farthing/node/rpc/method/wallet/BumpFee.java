package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.farthing.consensus.params.Network;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.mempool.MempoolEntry;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
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
import org.farthing.wallet.Wallet;
import org.farthing.wallet.WalletReplacements;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.spend.Payment;

/** {@code bumpfee}. */
public final class BumpFee implements RpcMethod {
  private static final Param<Txid> TXID = Param.txid("txid", "The transaction that waits");
  private static final Param<Boolean> REPLACEABLE =
      Param.flag("replaceable", "The new one may be replaced too (BIP-0125)").or(true);
  private static final Param<JsonNode> OUTPUTS = RawTransactionParams.newOutputs("outputs");
  private static final Param<Integer> CHANGE_INDEX =
      Param.integer("original_change_index", "Which output is the change")
          .otherwise("the wallet's own change");
  private static final Param<Fields> OPTIONS =
      Param.options(
              "options",
              "",
              FeeRates.CONF_TARGET,
              FeeRates.FEE_RATE,
              REPLACEABLE,
              FeeRates.ESTIMATE_MODE,
              OUTPUTS,
              CHANGE_INDEX)
          .orNothing();

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "bumpfee",
              Category.WALLET,
              "Puts a transaction that pays more in the place of one that waits. It spends the"
                  + " same coins, and others where these don't suffice.")
          .takes(TXID, OPTIONS)
          .returns(
              Result.object(
                  "",
                  "",
                  Result.hex("txid", "the new transaction"),
                  Result.amount("origfee", "coins that the old one paid"),
                  Result.amount("fee", "coins that the new one pays"),
                  Result.array("errors", "always empty", Result.text("", ""))))
          .example("\"txid\"");

  private final WalletAccess wallets;
  private final MempoolPort mempool;
  private final FeeRates rates;

  public BumpFee(WalletAccess wallets, MempoolPort mempool, NodePort node, FeesPort fees) {
    this.wallets = wallets;
    this.mempool = mempool;
    this.rates = new FeeRates(mempool, node, fees);
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    Txid txid = request.get(TXID);
    Optional<Fields> options = request.find(OPTIONS);
    return wallets.ask(
        request,
        wallet -> {
          if (!wallet.descriptors().hasPrivateKeys()) {
            throw new RpcException(
                RpcErrorCode.WALLET_ERROR,
                "bumpfee is not available with wallets that have private keys disabled. Use"
                    + " psbtbumpfee instead.");
          }
          wallet.locking().expectUnlocked();
          return bump(wallet, txid, wish(options, wallet.network()));
        });
  }

  private static WalletReplacements.Wish wish(Optional<Fields> options, Network network) {
    Optional<Long> rate = options.flatMap(fields -> fields.find(FeeRates.FEE_RATE));
    Optional<Integer> changeIndex = options.flatMap(fields -> fields.find(CHANGE_INDEX));
    List<Payment> outputs =
        options
            .flatMap(fields -> fields.find(OUTPUTS))
            .map(given -> RawTransactionParams.payments(given, network))
            .orElse(List.of());
    if (!outputs.isEmpty() && changeIndex.isPresent()) {
      throw RpcException.invalidParameter(
          "The options 'outputs' and 'original_change_index' are incompatible. You can only either"
              + " specify a new set of outputs, or designate a change output to be recycled.");
    }
    return new WalletReplacements.Wish(
        rate.map(OptionalLong::of).orElseGet(OptionalLong::empty),
        options.map(fields -> fields.get(REPLACEABLE)).orElse(true),
        outputs,
        changeIndex.map(OptionalInt::of).orElseGet(OptionalInt::empty));
  }

  private ObjectNode bump(Wallet wallet, Txid txid, WalletReplacements.Wish wish)
      throws WalletException {
    Optional<MempoolEntry> waiting = mempool.snapshot().get(txid);
    if (waiting.filter(entry -> !mempool.snapshot().children(entry).isEmpty()).isPresent()) {
      throw RpcException.invalidParameter("Transaction has descendants in the mempool");
    }
    WalletReplacements.Replacement replacement =
        wallet
            .replacements()
            .plan(txid, wish, new WalletReplacements.Rules(rates.incremental(), rates.minimum()));
    Transaction sent = wallet.replacements().execute(replacement);
    ObjectNode json = Json.object().put("txid", sent.txid().toString());
    json.set("origfee", Json.amount(replacement.oldFeeSat()));
    json.set("fee", Json.amount(replacement.plan().feeSat()));
    json.putArray("errors");
    return json;
  }
}
