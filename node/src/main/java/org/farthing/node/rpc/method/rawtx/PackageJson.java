package org.farthing.node.rpc.method.rawtx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.node.mempool.MempoolEntry;
import org.farthing.node.mempool.PackageForm;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.method.Decode;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Read;

/** What the methods that take several transactions have in common. */
final class PackageJson {
  private PackageJson() {}

  /** Several transactions in hex. */
  static Param<JsonNode> param(String name, String description) {
    return Param.array(name, description, Param.hex("rawtx", "One of them"));
  }

  /** As many texts as a package may have transactions, each for {@link #transaction}. */
  static JsonNode texts(RpcRequest request, Param<JsonNode> param) {
    JsonNode texts = request.get(param);
    if (texts.isEmpty() || texts.size() > PackageForm.MAX_COUNT) {
      throw RpcException.invalidParameter(
          "Array must contain between 1 and " + PackageForm.MAX_COUNT + " transactions.");
    }
    return texts;
  }

  static Transaction transaction(JsonNode text) {
    return Decode.transaction(
        Read.text(text),
        "TX decode failed: " + text.textValue() + " Make sure the tx has at least one input.");
  }

  /**
   * Says how large a transaction is, and what it pays.
   *
   * @return its fees, for what else is to be said of them
   */
  static ObjectNode describe(MempoolEntry entry, ObjectNode json) {
    json.put("vsize_adjusted", entry.virtualSize());
    json.put("vsize", entry.virtualSize());
    json.put("vsize_bip141", entry.transaction().virtualSize());
    ObjectNode fees = json.putObject("fees");
    fees.set("base", Json.amount(entry.feeSat()));
    return fees;
  }
}
