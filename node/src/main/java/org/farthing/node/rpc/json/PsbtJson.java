package org.farthing.node.rpc.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.params.Network;
import org.farthing.consensus.primitives.Amount;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.wallet.descriptor.KeyOrigin;
import org.farthing.wallet.encoding.Base58Check;
import org.farthing.wallet.miniscript.HashType;
import org.farthing.wallet.psbt.GlobalXpub;
import org.farthing.wallet.psbt.Proprietary;
import org.farthing.wallet.psbt.Psbt;
import org.farthing.wallet.psbt.PsbtInput;
import org.farthing.wallet.psbt.PsbtInput.MusigPart;
import org.farthing.wallet.psbt.PsbtOutput;
import org.farthing.wallet.spend.LeafScript;
import org.farthing.wallet.spend.TaprootData.TaprootKey;
import org.farthing.wallet.spend.TaprootTree;

/** Partially signed transactions of one network in JSON. */
public final class PsbtJson {
  private final TxJson transactions;
  private final ScriptJson scripts;

  public PsbtJson(Network network) {
    this.transactions = new TxJson(network);
    this.scripts = new ScriptJson(network);
  }

  /** All that is in it. */
  public ObjectNode of(Psbt psbt) {
    ObjectNode json = Json.object();
    boolean version2 = psbt.version() == 2;
    if (!version2) {
      json.set("tx", transactions.decoded(psbt.unsigned().orElseThrow()));
    }
    ArrayNode xpubs = json.putArray("global_xpubs");
    psbt.xpubs().forEach(xpub -> xpubs.add(xpub(xpub)));
    if (version2) {
      form(psbt, json);
    }
    json.put("psbt_version", psbt.version());
    json.set("proprietary", proprietary(psbt.proprietary()));
    json.set("unknown", map(psbt.unknown()));
    ArrayNode inputs = json.putArray("inputs");
    psbt.inputs().forEach(input -> inputs.add(input(input, version2)));
    ArrayNode outputs = json.putArray("outputs");
    psbt.outputs().forEach(output -> outputs.add(output(output, version2)));
    fee(psbt).ifPresent(fee -> json.set("fee", Json.amount(fee)));
    return json;
  }

  private static ObjectNode xpub(GlobalXpub xpub) {
    ObjectNode json = Json.object();
    json.put("xpub", Base58Check.encode(xpub.xpub().toByteArray()));
    return origin(json, xpub.origin());
  }

  private static ObjectNode origin(ObjectNode json, KeyOrigin origin) {
    json.put("master_fingerprint", "%08x".formatted(origin.fingerprint()));
    String path = origin.path().toString();
    return json.put("path", path.isEmpty() ? "m" : "m/" + path);
  }

  private static void form(Psbt psbt, ObjectNode json) {
    json.put("tx_version", Integer.toUnsignedLong(psbt.txVersion()));
    unsigned(json, "fallback_locktime", psbt.fallbackLockTime());
    json.put("input_count", psbt.inputs().size());
    json.put("output_count", psbt.outputs().size());
    if (psbt.hasModifiableFlags()) {
      json.put("inputs_modifiable", psbt.inputsModifiable());
      json.put("outputs_modifiable", psbt.outputsModifiable());
      json.put("has_sighash_single", psbt.hasSigHashSingle());
    }
  }

  private static void unsigned(ObjectNode json, String name, OptionalInt value) {
    value.ifPresent(number -> json.put(name, Integer.toUnsignedLong(number)));
  }

  private static ArrayNode proprietary(List<Proprietary> fields) {
    ArrayNode array = Json.array();
    for (Proprietary field : fields) {
      ObjectNode json = array.addObject();
      json.put("identifier", field.identifier().toString());
      json.put("subtype", field.subtype());
      json.put("key", field.key().toString());
      json.put("value", field.value().toString());
    }
    return array;
  }

  private static ObjectNode map(Map<ByteString, ByteString> fields) {
    ObjectNode json = Json.object();
    fields.forEach((key, value) -> json.put(key.toString(), value.toString()));
    return json;
  }

  private ObjectNode input(PsbtInput input, boolean version2) {
    ObjectNode json = Json.object();
    input.witnessUtxo().ifPresent(output -> json.set("witness_utxo", utxo(output)));
    input
        .nonWitnessUtxo()
        .ifPresent(previous -> json.set("non_witness_utxo", transactions.decoded(previous)));
    if (!input.partialSignatures().isEmpty()) {
      ObjectNode signatures = json.putObject("partial_signatures");
      input
          .partialSignatures()
          .forEach(entry -> signatures.put(entry.getKey().toString(), entry.getValue().toString()));
    }
    input.sigHashType().ifPresent(type -> json.put("sighash", ScriptJson.sigHashName(type & 0xff)));
    input.redeemScript().ifPresent(script -> json.set("redeem_script", ScriptJson.bare(script)));
    input.witnessScript().ifPresent(script -> json.set("witness_script", ScriptJson.bare(script)));
    origins(json, input.origins());
    input
        .finalScriptSig()
        .ifPresent(script -> json.set("final_scriptSig", ScriptJson.input(script)));
    input
        .finalWitness()
        .ifPresent(
            witness ->
                json.set(
                    "final_scriptwitness",
                    Json.strings(witness.toList().stream().map(Hex::encode).toList())));
    preimages(json, input);
    if (version2) {
      json.put("previous_txid", input.outPoint().txid().toString());
      json.put("previous_vout", Integer.toUnsignedLong(input.outPoint().index()));
      unsigned(json, "sequence", input.sequence());
      unsigned(json, "time_locktime", input.timeLock());
      unsigned(json, "height_locktime", input.heightLock());
    }
    taproot(json, input);
    participants(json, input.musigParticipants());
    musig(json, "musig2_pubnonces", "pubnonce", input.musigNonces());
    musig(json, "musig2_partial_sigs", "partial_sig", input.musigPartialSignatures());
    others(json, input.proprietary(), input.unknown());
    return json;
  }

  private ObjectNode utxo(TxOut output) {
    ObjectNode json = Json.object();
    json.set("amount", Json.amount(output.valueSat()));
    json.set("scriptPubKey", scripts.output(output.scriptPubKey()));
    return json;
  }

  private static void origins(ObjectNode json, Map<ByteString, KeyOrigin> origins) {
    if (!origins.isEmpty()) {
      ArrayNode array = json.putArray("bip32_derivs");
      origins.forEach(
          (key, origin) -> origin(array.addObject().put("pubkey", key.toString()), origin));
    }
  }

  private static void preimages(ObjectNode json, PsbtInput input) {
    for (HashType type : HashType.values()) {
      Map<ByteString, ByteString> preimages = input.preimages(type);
      if (!preimages.isEmpty()) {
        json.set(
            switch (type) {
              case RIPEMD160 -> "ripemd160_preimages";
              case SHA256 -> "sha256_preimages";
              case HASH160 -> "hash160_preimages";
              case HASH256 -> "hash256_preimages";
            },
            map(preimages));
      }
    }
  }

  private static void taproot(ObjectNode json, PsbtInput input) {
    input
        .taprootKeySignature()
        .ifPresent(signature -> json.put("taproot_key_path_sig", signature.toString()));
    if (!input.taprootScriptSignatures().isEmpty()) {
      ArrayNode signatures = json.putArray("taproot_script_path_sigs");
      input
          .taprootScriptSignatures()
          .forEach(
              (key, signature) ->
                  signatures
                      .addObject()
                      .put("pubkey", key.key().toString())
                      .put("leaf_hash", key.leafHash().toString())
                      .put("sig", signature.toString()));
    }
    leaves(json, input.taprootScripts());
    taprootOrigins(json, input.taprootOrigins());
    input.taprootInternalKey().ifPresent(key -> json.put("taproot_internal_key", key.toString()));
    input.taprootMerkleRoot().ifPresent(root -> json.put("taproot_merkle_root", root.toString()));
  }

  /** Each leaf once, with all its control blocks. */
  private static void leaves(ObjectNode json, List<Map.Entry<LeafScript, ByteString>> scripts) {
    if (scripts.isEmpty()) {
      return;
    }
    ArrayNode array = json.putArray("taproot_scripts");
    Map<LeafScript, ArrayNode> blocks = new HashMap<>();
    for (Map.Entry<LeafScript, ByteString> entry : scripts) {
      blocks
          .computeIfAbsent(
              entry.getKey(),
              leaf ->
                  array
                      .addObject()
                      .put("script", leaf.script().toString())
                      .put("leaf_ver", leaf.version())
                      .putArray("control_blocks"))
          .add(entry.getValue().toString());
    }
  }

  private static void taprootOrigins(ObjectNode json, Map<ByteString, TaprootKey> keys) {
    if (!keys.isEmpty()) {
      ArrayNode array = json.putArray("taproot_bip32_derivs");
      keys.forEach(
          (key, known) -> {
            ObjectNode one = array.addObject().put("pubkey", key.toString());
            origin(one, known.origin()).set("leaf_hashes", Json.strings(known.leafHashes()));
          });
    }
  }

  private static void participants(ObjectNode json, Map<ByteString, List<ByteString>> keys) {
    if (!keys.isEmpty()) {
      ArrayNode array = json.putArray("musig2_participant_pubkeys");
      keys.forEach(
          (aggregate, participants) ->
              array
                  .addObject()
                  .put("aggregate_pubkey", aggregate.toString())
                  .set("participant_pubkeys", Json.strings(participants)));
    }
  }

  private static void musig(ObjectNode json, String name, String value, List<MusigPart> parts) {
    if (parts.isEmpty()) {
      return;
    }
    ArrayNode array = json.putArray(name);
    for (MusigPart part : parts) {
      ObjectNode one = array.addObject();
      one.put("participant_pubkey", part.participant().toString());
      one.put("aggregate_pubkey", part.aggregate().toString());
      part.leafHash().ifPresent(hash -> one.put("leaf_hash", hash.toString()));
      one.put(value, part.value().toString());
    }
  }

  private static void others(
      ObjectNode json, List<Proprietary> proprietary, Map<ByteString, ByteString> unknown) {
    if (!proprietary.isEmpty()) {
      json.set("proprietary", proprietary(proprietary));
    }
    if (!unknown.isEmpty()) {
      json.set("unknown", map(unknown));
    }
  }

  private ObjectNode output(PsbtOutput output, boolean version2) {
    ObjectNode json = Json.object();
    output.redeemScript().ifPresent(script -> json.set("redeem_script", ScriptJson.bare(script)));
    output.witnessScript().ifPresent(script -> json.set("witness_script", ScriptJson.bare(script)));
    origins(json, output.origins());
    if (version2) {
      json.set("amount", Json.amount(output.output().valueSat()));
      json.set("script", scripts.output(output.output().scriptPubKey()));
    }
    output.taprootInternalKey().ifPresent(key -> json.put("taproot_internal_key", key.toString()));
    output.taprootTree().ifPresent(tree -> json.set("taproot_tree", tree(tree)));
    taprootOrigins(json, output.taprootOrigins());
    participants(json, output.musigParticipants());
    others(json, output.proprietary(), output.unknown());
    return json;
  }

  private static ArrayNode tree(TaprootTree tree) {
    ArrayNode array = Json.array();
    for (TaprootTree.Leaf leaf : tree.leaves()) {
      array
          .addObject()
          .put("depth", leaf.depth())
          .put("leaf_ver", leaf.script().version())
          .put("script", leaf.script().script().toString());
    }
    return array;
  }

  /** Empty where an output that is spent is not known, or amounts are out of range. */
  private static OptionalLong fee(Psbt psbt) {
    long fee = 0;
    for (PsbtInput input : psbt.inputs()) {
      long value = input.utxo().map(TxOut::valueSat).orElse(-1L);
      if (!Amount.isInRange(value) || !Amount.isInRange(fee + value)) {
        return OptionalLong.empty();
      }
      fee += value;
    }
    long paid = 0;
    for (PsbtOutput output : psbt.outputs()) {
      long value = output.output().valueSat();
      if (!Amount.isInRange(value) || !Amount.isInRange(paid + value)) {
        return OptionalLong.empty();
      }
      paid += value;
    }
    return OptionalLong.of(fee - paid);
  }
}
