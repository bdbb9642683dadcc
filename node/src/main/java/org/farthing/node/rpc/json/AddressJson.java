package org.farthing.node.rpc.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.script.OutputType;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.wallet.address.Address;

/** What an address alone gives away. */
public final class AddressJson {
  private AddressJson() {}

  /** Adds isscript, iswitness, and version and program of a witness address. */
  public static void describe(Address address, ObjectNode json) {
    OutputType type = ScriptPattern.classify(address.toScript());
    if (type != OutputType.WITNESS_UNKNOWN) {
      json.put(
          "isscript",
          switch (type) {
            case P2SH, P2WSH, P2TR, ANCHOR -> true;
            default -> false;
          });
    }
    json.put("iswitness", address instanceof Address.Segwit);
    if (address instanceof Address.Segwit segwit && type != OutputType.ANCHOR) {
      json.put("witness_version", segwit.version());
      json.put("witness_program", Hex.encode(segwit.payload()));
    }
  }
}
