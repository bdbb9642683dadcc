package org.farthing.node.rpc.method.util;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.farthing.consensus.params.Network;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.AddressJson;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.address.AddressMistake;
import org.farthing.wallet.error.WalletException;

/** {@code validateaddress}. */
public final class ValidateAddress implements RpcMethod {
  private static final Param<String> ADDRESS = Param.text("address", "The address");

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "validateaddress",
              Category.UTIL,
              "Return information about the given bitcoin address.")
          .takes(ADDRESS)
          .returns(
              Result.object(
                  "",
                  "",
                  Result.flag("isvalid", "whether it is an address of this network"),
                  Result.text("address", "the address").maybe(),
                  Result.hex("scriptPubKey", "its output script").maybe(),
                  Result.flag("isscript", "pays to the hash of a script").maybe(),
                  Result.flag("iswitness", "pays to a witness program").maybe(),
                  Result.number("witness_version", "of the program").maybe(),
                  Result.hex("witness_program", "the program").maybe(),
                  Result.text("error", "what is wrong").maybe(),
                  Result.array(
                          "error_locations", "where it may be wrong", Result.number("", "index"))
                      .maybe()))
          .example("\"address\"");

  private final Network network;

  public ValidateAddress(ChainPort chain) {
    this.network = chain.params().network();
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    ObjectNode json = Json.object();
    Address address;
    try {
      address = Address.parse(request.get(ADDRESS), network);
    } catch (WalletException e) {
      AddressMistake mistake = AddressMistake.of(request.get(ADDRESS), network);
      json.put("isvalid", false);
      ArrayNode locations = json.putArray("error_locations");
      mistake.positions().forEach(locations::add);
      return json.put("error", mistake.message());
    }
    json.put("isvalid", true);
    json.put("address", address.toString());
    json.put("scriptPubKey", address.toScript().toHex());
    AddressJson.describe(address, json);
    return json;
  }
}
