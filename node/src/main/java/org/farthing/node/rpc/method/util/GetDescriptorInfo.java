package org.farthing.node.rpc.method.util;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.farthing.consensus.params.Network;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.method.Descriptors;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;
import org.farthing.wallet.descriptor.Descriptor;
import org.farthing.wallet.descriptor.DescriptorChecksum;

/** {@code getdescriptorinfo}. */
public final class GetDescriptorInfo implements RpcMethod {
  private static final Param<String> DESCRIPTOR =
      Param.text("descriptor", "The descriptor, with or without checksum");

  private static final MethodSpec SPEC =
      MethodSpec.of("getdescriptorinfo", Category.UTIL, "Shows what a descriptor is.")
          .takes(DESCRIPTOR)
          .returns(
              Result.object(
                  "",
                  "",
                  Result.text("descriptor", "its canonical form, without private keys"),
                  Result.array(
                          "multipath_expansion",
                          "all descriptors that it stands for, if it has a multipath",
                          Result.text("", ""))
                      .maybe(),
                  Result.text("checksum", "of the descriptor as it was given"),
                  Result.flag("isrange", "whether it stands for many scripts"),
                  Result.flag("issolvable", "whether it says how to spend"),
                  Result.flag("hasprivatekeys", "whether any private key is in it")))
          .example("\"wpkh(03a34b99f22c790c4e36b2b3c2c35a36db06226e41c692fc82b8b56ac1c540c5bd)\"");

  private final Network network;

  public GetDescriptorInfo(ChainPort chain) {
    this.network = chain.params().network();
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    String text = request.get(DESCRIPTOR);
    List<Descriptor> descriptors = Descriptors.parse(text, network);
    Descriptor first = descriptors.get(0);
    ObjectNode json = Json.object();
    json.put("descriptor", first.text());
    if (descriptors.size() > 1) {
      json.set(
          "multipath_expansion", Json.strings(descriptors.stream().map(Descriptor::text).toList()));
    }
    json.put("checksum", DescriptorChecksum.of(text.split("#", -1)[0]));
    json.put("isrange", first.isRanged());
    json.put("issolvable", first.isSolvable());
    json.put("hasprivatekeys", first.hasPrivateKeys());
    return json;
  }
}
