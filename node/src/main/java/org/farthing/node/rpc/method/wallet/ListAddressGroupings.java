package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Result;
import org.farthing.wallet.UnspentCoin;
import org.farthing.wallet.Wallet;
import org.farthing.wallet.address.Address;

/** {@code listaddressgroupings}. */
public final class ListAddressGroupings implements RpcMethod {
  private static final MethodSpec SPEC =
      MethodSpec.of(
              "listaddressgroupings",
              Category.WALLET,
              "Returns which addresses everybody can tell to have one owner, since transactions"
                  + " spent from them together or paid change to them.")
          .returns(
              Result.array(
                  "",
                  "",
                  Result.array(
                      "",
                      "of one owner",
                      Result.fixed(
                          "",
                          "",
                          Result.text("address", ""),
                          Result.amount("amount", "coins that it has"),
                          Result.text("label", "the owner's name for it, if it is no change")
                              .maybe()))))
          .example("");

  private final WalletAccess wallets;

  public ListAddressGroupings(WalletAccess wallets) {
    this.wallets = wallets;
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
          Map<Address, Long> balances = balances(wallet);
          ArrayNode groups = Json.array();
          for (Set<Address> group : wallet.history().addressGroups()) {
            ArrayNode lines = groups.addArray();
            group.forEach(address -> lines.add(line(address, balances, wallet)));
          }
          return groups;
        });
  }

  private static Map<Address, Long> balances(Wallet wallet) {
    Map<Address, Long> balances = new HashMap<>();
    for (UnspentCoin coin : wallet.history().unspent()) {
      if (coin.isSpendable()) {
        wallet
            .addresses()
            .of(coin.own().output().scriptPubKey())
            .ifPresent(address -> balances.merge(address, coin.valueSat(), Long::sum));
      }
    }
    return balances;
  }

  private static ArrayNode line(Address address, Map<Address, Long> balances, Wallet wallet) {
    ArrayNode line = Json.array().add(address.toString());
    line.add(Json.amount(balances.getOrDefault(address, 0L)));
    wallet.addresses().labelOf(address).ifPresent(line::add);
    return line;
  }
}
