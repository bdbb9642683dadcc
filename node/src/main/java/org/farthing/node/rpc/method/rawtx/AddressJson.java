package org.farthing.node.rpc.method.rawtx;

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
    boolean witness = address instanceof Address.Segwit;
    if (type != OutputType.WITNESS_UNKNOWN) {
      json.put(
          "isscript",
          type == OutputType.P2SH || type == OutputType.P2WSH || type == OutputType.P2TR);
    }
    json.put("iswitness", witness);
    if (address instanceof Address.Segwit segwit) {
      json.put("witness_version", segwit.version());
      json.put("witness_program", Hex.encode(segwit.payload()));
    }
  }
}
