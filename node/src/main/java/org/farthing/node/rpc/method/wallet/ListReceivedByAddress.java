package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;
import org.farthing.wallet.Wallet;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.error.WalletException;

/** {@code listreceivedbyaddress}. */
public final class ListReceivedByAddress implements RpcMethod {
  private static final Param<String> ADDRESS =
      Param.text("address_filter", "Only this address").orNothing();

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "listreceivedbyaddress",
              Category.WALLET,
              "Returns what each address has received, whether spent since or not.")
          .takes(Received.MIN_CONF, Received.EMPTY, Received.WATCH_ONLY, ADDRESS, Received.IMMATURE)
          .returns(
              Result.array(
                  "",
                  "",
                  Result.object(
                      "",
                      "",
                      Result.text("address", ""),
                      Result.amount("amount", "coins"),
                      Result.number("confirmations", "of the latest transaction"),
                      Result.text("label", "the owner's name for the address; may be empty"),
                      Result.array("txids", "", Result.hex("txid", "")))))
          .example("")
          .example("6 true");

  private final WalletAccess wallets;

  public ListReceivedByAddress(WalletAccess wallets) {
    this.wallets = wallets;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    Optional<String> only = request.find(ADDRESS).filter(text -> !text.isEmpty());
    return wallets.ask(
        request,
        wallet -> {
          Optional<Address> address = only.map(text -> address(text, wallet));
          ArrayNode lines = Json.array();
          Received.byAddress(wallet, request.get(Received.MIN_CONF), request.get(Received.IMMATURE))
              .forEach(
                  (receiver, tally) -> {
                    boolean wanted = address.isEmpty() || address.get().equals(receiver);
                    if (wanted && (request.get(Received.EMPTY) || !tally.txids().isEmpty())) {
                      lines.add(line(receiver, tally, wallet));
                    }
                  });
          return lines;
        });
  }

  private static Address address(String text, Wallet wallet) {
    try {
      return Address.parse(text, wallet.network());
    } catch (WalletException e) {
      throw new RpcException(RpcErrorCode.WALLET_ERROR, "address_filter parameter was invalid");
    }
  }

  private static ObjectNode line(Address address, Received.Tally tally, Wallet wallet) {
    ObjectNode line = Json.object().put("address", address.toString());
    line.set("amount", Json.amount(tally.amountSat()));
    line.put("confirmations", tally.confirmations());
    line.put("label", wallet.addresses().label(address));
    line.set("txids", Json.strings(tally.txids().stream().map(Txid::toString).toList()));
    return line;
  }
}
