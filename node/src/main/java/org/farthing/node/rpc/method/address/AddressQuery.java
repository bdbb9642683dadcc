package org.farthing.node.rpc.method.address;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.farthing.consensus.params.Network;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.Fields;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Read;

/**
 * Which scripts a call is about. Bitcore's clients give an object with addresses and options; a
 * person at a terminal gives an address.
 *
 * @param options empty where none were given
 */
record AddressQuery(List<NamedScript> scripts, Fields options) {
  private static final Param<JsonNode> LIST =
      Param.array(
          "addresses",
          "Addresses, descriptors of one script, or script hashes as Electrum has them",
          Param.text("address", "One of them"));

  /**
   * The parameter of a method.
   *
   * @param options what an object may say beside the addresses
   */
  static Param<JsonNode> param(Param<?>... options) {
    List<Param<?>> fields = new ArrayList<>(List.of(LIST));
    fields.addAll(List.of(options));
    return Param.any(
            "addresses",
            "An address, several in an array, or an object with addresses and options",
            Function.<JsonNode>identity())
        .oneOf(
            Param.object("", "Addresses and options", fields.toArray(Param<?>[]::new)),
            Param.array("", "Addresses", Param.text("address", "An address")),
            Param.text("", "An address"));
  }

  /**
   * Reads what was given for {@link #param}.
   *
   * @throws RpcException for anything else
   */
  static AddressQuery read(JsonNode value, Network network, Param<?>... options) {
    List<Param<?>> fields = new ArrayList<>(List.of(options));
    if (!value.isObject()) {
      JsonNode list = value.isArray() ? value : Json.array().add(value);
      return new AddressQuery(scripts(list, network), Fields.of(Json.object(), fields, true));
    }
    fields.add(LIST);
    Fields given = Fields.of(value, fields, true);
    return new AddressQuery(scripts(given.get(LIST), network), given);
  }

  private static List<NamedScript> scripts(JsonNode list, Network network) {
    List<NamedScript> scripts = new ArrayList<>();
    for (JsonNode text : list) {
      scripts.addAll(NamedScript.parse(Read.text(text), network));
    }
    if (scripts.isEmpty()) {
      throw RpcException.invalidParameter("Addresses is expected to be a non-empty array");
    }
    return scripts;
  }

  <T> Optional<T> option(Param<T> option) {
    return options.find(option);
  }
}
