package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.farthing.consensus.primitives.Script;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.json.ScriptJson;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Read;
import org.farthing.node.rpc.spec.Result;
import org.farthing.wallet.UnspentCoin;
import org.farthing.wallet.Wallet;
import org.farthing.wallet.address.Address;

/** {@code listunspent}. */
public final class ListUnspent implements RpcMethod {
  private static final int MOST = 9_999_999;

  private static final Param<Integer> MIN_CONF =
      Param.integer("minconf", "Confirmations at least").or(1);
  private static final Param<Integer> MAX_CONF =
      Param.integer("maxconf", "Confirmations at most").or(MOST);
  private static final Param<JsonNode> ADDRESSES =
      Param.array("addresses", "Only coins of these addresses").orNothing();
  private static final Param<Boolean> UNSAFE =
      Param.flag("include_unsafe", "Also unconfirmed coins from others").or(true);
  private static final Param<JsonNode> OPTIONS =
      Param.object("query_options", "Accepted and without effect").orNothing();

  private static final MethodSpec SPEC =
      MethodSpec.of("listunspent", Category.WALLET, "Returns the coins of the wallet.")
          .takes(MIN_CONF, MAX_CONF, ADDRESSES, UNSAFE, OPTIONS)
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
                      Result.flag("spendable", "the wallet has the key"),
                      Result.flag("solvable", "the wallet knows how to sign"),
                      Result.text("desc", "the descriptor"),
                      Result.array("parent_descs", "", Result.text("", "")),
                      Result.flag("safe", "nobody but the owner can undo it"))))
          .example("6 9999999");

  private final WalletAccess wallets;

  public ListUnspent(WalletAccess wallets) {
    this.wallets = wallets;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    int least = request.get(MIN_CONF);
    int most = request.get(MAX_CONF);
    boolean unsafe = request.get(UNSAFE);
    Set<String> addresses = new HashSet<>();
    request
        .find(ADDRESSES)
        .ifPresent(list -> list.forEach(address -> addresses.add(Read.text(address))));
    return wallets.ask(
        request,
        wallet -> {
          ArrayNode json = Json.array();
          for (UnspentCoin coin : wallet.history().unspent()) {
            Optional<String> address = address(wallet, coin);
            boolean wanted =
                coin.blocksToMaturity() == 0
                    && coin.confirmations() >= least
                    && coin.confirmations() <= most
                    && (unsafe || coin.trusted())
                    && (addresses.isEmpty() || address.filter(addresses::contains).isPresent());
            if (wanted) {
              json.add(coin(wallet, coin, address));
            }
          }
          return json;
        });
  }

  private static Optional<String> address(Wallet wallet, UnspentCoin coin) {
    return wallet.addresses().of(coin.own().output().scriptPubKey()).map(Address::toString);
  }

  private static ObjectNode coin(Wallet wallet, UnspentCoin coin, Optional<String> address) {
    Script script = coin.own().output().scriptPubKey();
    ObjectNode json = Json.object();
    json.put("txid", coin.own().outPoint().txid().toString());
    json.put("vout", coin.own().outPoint().index());
    address.ifPresent(text -> json.put("address", text));
    wallet
        .addresses()
        .of(script)
        .filter(own -> !coin.own().origin().isChange())
        .ifPresent(own -> json.put("label", wallet.addresses().label(own)));
    json.put("scriptPubKey", script.toHex());
    json.set("amount", Json.amount(coin.valueSat()));
    json.put("confirmations", Math.max(0, coin.confirmations()));
    json.put("spendable", true);
    json.put("solvable", true);
    String parent = coin.own().origin().keychain().descriptor().text();
    json.put("desc", new ScriptJson(wallet.network()).descriptor(script));
    json.putArray("parent_descs").add(parent);
    json.put("safe", coin.trusted());
    return json;
  }
}
