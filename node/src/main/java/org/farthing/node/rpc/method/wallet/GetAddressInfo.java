package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.AddressJson;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.method.Decode;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;
import org.farthing.wallet.Wallet;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.descriptor.ScriptOrigin;

/** {@code getaddressinfo}. */
public final class GetAddressInfo implements RpcMethod {
  private static final Param<String> ADDRESS = Param.text("address", "The address");

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "getaddressinfo", Category.WALLET, "Returns what the wallet knows of an address.")
          .takes(ADDRESS)
          .returns(
              Result.object(
                  "",
                  "",
                  Result.text("address", "the address"),
                  Result.hex("scriptPubKey", "its output script"),
                  Result.flag("ismine", "the wallet has its key"),
                  Result.flag("solvable", "the wallet knows how to sign"),
                  Result.text("parent_desc", "the descriptor that it comes from").maybe(),
                  Result.flag("isscript", "pays to the hash of a script").maybe(),
                  Result.flag("iswitness", "pays to a witness program"),
                  Result.number("witness_version", "of the program").maybe(),
                  Result.hex("witness_program", "the program").maybe(),
                  Result.flag("ischange", "made for change"),
                  Result.number("index", "in its descriptor (Farthing's own)").maybe(),
                  Result.array("labels", "the owner's names for it", Result.text("", ""))))
          .example("\"address\"");

  private final WalletAccess wallets;

  public GetAddressInfo(WalletAccess wallets) {
    this.wallets = wallets;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    String text = request.get(ADDRESS);
    return wallets.ask(request, wallet -> json(wallet, Decode.address(text, wallet.network())));
  }

  private static ObjectNode json(Wallet wallet, Address address) {
    Optional<ScriptOrigin> origin = wallet.addresses().originOf(address);
    ObjectNode json = Json.object();
    json.put("address", address.toString());
    json.put("scriptPubKey", address.toScript().toHex());
    json.put("ismine", origin.isPresent());
    json.put("solvable", origin.isPresent());
    origin.ifPresent(own -> json.put("parent_desc", own.keychain().descriptor().text()));
    AddressJson.describe(address, json);
    json.put("ischange", origin.filter(ScriptOrigin::isChange).isPresent());
    origin.ifPresent(own -> json.put("index", own.index()));
    ArrayNode labels = json.putArray("labels");
    if (origin.filter(own -> !own.isChange()).isPresent()) {
      labels.add(wallet.addresses().label(address));
    }
    return json;
  }
}
