package org.farthing.node.rpc.method.util;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import java.util.Optional;
import org.farthing.consensus.params.Network;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.script.OutputType;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.method.Descriptors;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.descriptor.Descriptor;

/** {@code deriveaddresses}. */
public final class DeriveAddresses implements RpcMethod {
  private static final Param<String> DESCRIPTOR =
      Param.text("descriptor", "The descriptor, with its checksum");
  private static final Param<Descriptors.Range> RANGE =
      Param.range(
              "range",
              "The indexes of a ranged descriptor: the last, or [first, last]",
              Descriptors::range)
          .orNothing();

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "deriveaddresses", Category.UTIL, "Returns the addresses that a descriptor leads to.")
          .takes(DESCRIPTOR, RANGE)
          .returns(Result.array("", "", Result.text("", "an address")))
          .returns(
              Result.array(
                  "",
                  "for a multipath: those of each descriptor that it stands for",
                  Result.array("", "", Result.text("", "an address"))))
          .example(
              "\"wpkh([d34db33f/84h/0h/0h]xpub6DJ2dNUysrn5Vt36jH2KLBT2i1auw1tTSSomg8PhqNiUtx8QX2SvC9nrHu81fT41fvDUnhMjEzQgXnQjKEu3oaqMSzhSrHMxyyoEAmUHQbY/0/*)#cjjspncu\""
                  + " \"[0,2]\"");

  private final Network network;

  public DeriveAddresses(ChainPort chain) {
    this.network = chain.params().network();
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    Optional<Descriptors.Range> range = request.find(RANGE);
    List<Descriptor> descriptors = Descriptors.parseChecked(request.get(DESCRIPTOR), network);
    boolean ranged = descriptors.get(0).isRanged();
    if (!ranged && range.isPresent()) {
      throw RpcException.invalidParameter(
          "Range should not be specified for an un-ranged descriptor");
    }
    if (ranged && range.isEmpty()) {
      throw RpcException.invalidParameter("Range must be specified for a ranged descriptor");
    }
    ArrayNode all = Json.array();
    for (Descriptor descriptor : descriptors) {
      all.add(addresses(descriptor, range.orElse(Descriptors.Range.ONE)));
    }
    return all.size() == 1 ? all.get(0) : all;
  }

  private ArrayNode addresses(Descriptor descriptor, Descriptors.Range range) {
    Descriptors.checkDerivable(descriptor, "");
    ArrayNode addresses = Json.array();
    for (long index = range.first(); index <= range.last(); index++) {
      List<Script> scripts = descriptor.scriptsAt((int) index);
      for (Script script : scripts) {
        boolean publicKeyOfCombo =
            scripts.size() > 1 && ScriptPattern.classify(script) == OutputType.P2PK;
        if (!publicKeyOfCombo) {
          addresses.add(address(script));
        }
      }
    }
    return addresses;
  }

  private String address(Script script) {
    return Address.ofScript(script, network)
        .map(Address::toString)
        .orElseThrow(
            () ->
                new RpcException(
                    RpcErrorCode.INVALID_ADDRESS_OR_KEY,
                    "Descriptor does not have a corresponding address"));
  }
}
