package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.farthing.consensus.primitives.Script;
import org.farthing.node.mempool.MempoolEntry;
import org.farthing.node.mempool.MempoolSnapshot;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.MempoolPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Result;
import org.farthing.wallet.UnspentCoin;
import org.farthing.wallet.Wallet;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.descriptor.ScriptExpression;
import org.farthing.wallet.descriptor.ScriptOrigin;

/** {@code listunspent}. */
public final class ListUnspent implements RpcMethod {
  private static final MethodSpec SPEC =
      MethodSpec.of("listunspent", Category.WALLET, "Returns the coins of the wallet.")
          .takes(
              UnspentQuery.MIN_CONF,
              UnspentQuery.MAX_CONF,
              UnspentQuery.ADDRESSES,
              UnspentQuery.UNSAFE,
              UnspentQuery.OPTIONS)
          .returns(
              Result.array(
                  "",
                  "",
                  Result.object(
                      "",
                      "",
                      Result.hex("txid", "the transaction id"),
                      Result.number("vout", "the index of the output"),
                      Result.text("address", "the address").maybe(),
                      Result.text("label", "the owner's name for the address").maybe(),
                      Result.hex("scriptPubKey", "the output script"),
                      Result.amount("amount", "coins"),
                      Result.number("confirmations", "0 while it is in no block"),
                      Result.number("ancestorcount", "while it waits: with its ancestors").maybe(),
                      Result.number("ancestorsize", "their virtual bytes").maybe(),
                      Result.number("ancestorfees", "their fees in satoshis").maybe(),
                      Result.hex("redeemScript", "the script behind a P2SH output").maybe(),
                      Result.hex("witnessScript", "the script behind a P2WSH output").maybe(),
                      Result.flag("spendable", "always true; kept for old callers"),
                      Result.flag("solvable", "the wallet knows what spends it, keys aside"),
                      Result.flag("reused", "the address was spent from; only with avoid_reuse")
                          .maybe(),
                      Result.text("desc", "the descriptor of this output alone").maybe(),
                      Result.array(
                          "parent_descs", "the descriptors it comes from", Result.text("", "")),
                      Result.flag("safe", "nobody but the owner can undo it"))))
          .example("6 9999999");

  private final WalletAccess wallets;
  private final MempoolPort mempool;

  public ListUnspent(WalletAccess wallets, MempoolPort mempool) {
    this.wallets = wallets;
    this.mempool = mempool;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    return wallets.ask(
        request,
        wallet -> {
          UnspentQuery query = UnspentQuery.of(request, wallet.network());
          ArrayNode json = Json.array();
          long sum = 0;
          for (UnspentCoin coin : wallet.history().unspent()) {
            Optional<Address> address = wallet.addresses().of(coin.own().output().scriptPubKey());
            if (query.wants(coin, address) && !wallet.coinLocks().isLocked(coin.own().outPoint())) {
              json.add(coin(wallet, coin, address));
              sum += coin.valueSat();
              if (query.isEnough(json.size(), sum)) {
                break;
              }
            }
          }
          return json;
        });
  }

  private ObjectNode coin(Wallet wallet, UnspentCoin coin, Optional<Address> address) {
    Script script = coin.own().output().scriptPubKey();
    ObjectNode json = Json.object();
    json.put("txid", coin.own().outPoint().txid().toString());
    json.put("vout", coin.own().outPoint().index());
    address.ifPresent(own -> json.put("address", own.toString()));
    address.flatMap(wallet.addresses()::labelOf).ifPresent(label -> json.put("label", label));
    json.put("scriptPubKey", script.toHex());
    json.set("amount", Json.amount(coin.valueSat()));
    json.put("confirmations", Math.max(0, coin.confirmations()));
    if (coin.confirmations() == 0) {
      addAncestors(coin, json);
    }
    ScriptExpression expression = coin.own().origin().expression();
    addScripts(expression, json);
    json.put("spendable", true);
    json.put("solvable", expression.isSolvable());
    if (wallet.info().kind().avoidReuse()) {
      json.put("reused", wallet.history().isSpentFrom(script));
    }
    if (expression.isSolvable()) {
      json.put("desc", expression.text());
    }
    Set<String> parents = new LinkedHashSet<>();
    for (ScriptOrigin origin : wallet.addresses().originsOf(script)) {
      parents.add(origin.keychain().descriptor().text());
    }
    json.set("parent_descs", Json.strings(parents));
    json.put("safe", coin.trusted());
    return json;
  }

  private void addAncestors(UnspentCoin coin, ObjectNode json) {
    MempoolSnapshot now = mempool.snapshot();
    Optional<MempoolEntry> entry = now.get(coin.own().outPoint().txid());
    if (entry.isPresent()) {
      Collection<MempoolEntry> ancestors = now.withAncestors(entry.get());
      json.put("ancestorcount", ancestors.size());
      json.put("ancestorsize", ancestors.stream().mapToLong(MempoolEntry::virtualSize).sum());
      json.put("ancestorfees", MempoolEntry.modifiedFeesSat(ancestors));
    }
  }

  private static void addScripts(ScriptExpression expression, ObjectNode json) {
    ScriptExpression inner = expression;
    if (expression instanceof ScriptExpression.Sh sh) {
      json.put("redeemScript", sh.redeemScriptAt(0).toHex());
      inner = sh.inner();
    }
    if (inner instanceof ScriptExpression.Wsh wsh) {
      json.put("witnessScript", wsh.witnessScriptAt(0).toHex());
    }
  }
}
