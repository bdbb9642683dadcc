package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.consensus.params.Network;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.script.OutputType;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.node.rpc.json.AddressJson;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.Result;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.descriptor.ScriptExpression;
import org.farthing.wallet.spend.DescriptorKeys;
import org.farthing.wallet.spend.SigningKeys;

/** What a wallet knows of an address: its public key, or the script behind it and what is in it. */
final class AddressDetails {
  private final Network network;
  private final SigningKeys known = new SigningKeys();

  AddressDetails(Network network) {
    this.network = network;
  }

  /** Takes note of the descriptor that a script comes from. */
  void add(ScriptExpression expression) {
    new DescriptorKeys(known, Set.of()).add(expression, 0);
  }

  /** The fields that {@link #describe} may add. */
  static Result[] shape() {
    List<Result> all = new ArrayList<>(base());
    all.add(
        Result.object(
                "embedded",
                "the address that the script in it has, if it has one",
                nested().toArray(Result[]::new))
            .maybe());
    return all.toArray(Result[]::new);
  }

  private static List<Result> nested() {
    List<Result> inner = new ArrayList<>(base());
    inner.add(Result.text("address", "the address"));
    inner.add(Result.hex("scriptPubKey", "its output script"));
    List<Result> all = new ArrayList<>(inner);
    all.add(Result.object("embedded", "the same once more", inner.toArray(Result[]::new)).maybe());
    return all;
  }

  private static List<Result> base() {
    return List.of(
        Result.flag("isscript", "pays to the hash of a script").maybe(),
        Result.flag("iswitness", "pays to a witness program"),
        Result.number("witness_version", "of the program").maybe(),
        Result.hex("witness_program", "the program").maybe(),
        Result.text("script", "the type of the script in it, if that is known").maybe(),
        Result.hex("hex", "the script in it").maybe(),
        Result.array("pubkeys", "of a multisig script", Result.hex("", "")).maybe(),
        Result.number("sigsrequired", "of a multisig script").maybe(),
        Result.hex("pubkey", "the public key of an address of one key").maybe(),
        Result.flag("iscompressed", "whether the public key is").maybe());
  }

  /** Adds what the address gives away, and what is known beyond that. */
  void describe(Address address, ObjectNode json) {
    AddressJson.describe(address, json);
    OutputType type = ScriptPattern.classify(address.toScript());
    ByteString payload = ByteString.of(address.payload());
    if (type == OutputType.P2PKH || type == OutputType.P2WPKH) {
      Optional<ByteString> key = known.publicKeyOf(payload);
      key.ifPresent(found -> json.put("pubkey", Hex.encode(found.toByteArray())));
      if (type == OutputType.P2PKH) {
        key.ifPresent(found -> json.put("iscompressed", found.size() == Secp256k1.COMPRESSED_SIZE));
      }
    } else if (type == OutputType.P2SH || type == OutputType.P2WSH) {
      known.scriptOf(payload).ifPresent(script -> describe(script, json));
    }
  }

  private void describe(Script script, ObjectNode json) {
    json.put("script", ScriptPattern.classify(script).rpcName());
    json.put("hex", script.toHex());
    Optional<Address> address = Address.ofScript(script, network);
    Optional<ScriptPattern.Multisig> multisig = ScriptPattern.multisig(script);
    if (address.isPresent()) {
      ObjectNode embedded = Json.object();
      describe(address.get(), embedded);
      embedded.put("address", address.get().toString());
      embedded.put("scriptPubKey", script.toHex());
      if (embedded.has("pubkey")) {
        json.set("pubkey", embedded.get("pubkey"));
      }
      json.set("embedded", embedded);
    } else if (multisig.isPresent()) {
      json.put("sigsrequired", multisig.get().required());
      json.set("pubkeys", Json.strings(multisig.get().keys().stream().map(Hex::encode).toList()));
    }
  }
}
