package org.farthing.wallet.psbt;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.primitives.Script;
import org.farthing.wallet.miniscript.HashType;
import org.farthing.wallet.spend.MusigData;
import org.farthing.wallet.spend.SpendData;
import org.farthing.wallet.spend.TaprootTree;

/** From what inputs and outputs say to what signing works with, and back. */
final class PsbtSpendData {
  private PsbtSpendData() {}

  static SpendData of(PsbtInput input) {
    SpendData data = new SpendData();
    input
        .partialSignatures()
        .forEach(signature -> data.addSignature(signature.getKey(), signature.getValue()));
    input.redeemScript().ifPresent(data::setRedeemScript);
    input.witnessScript().ifPresent(data::setWitnessScript);
    input.origins().forEach(data::addKey);
    for (HashType type : HashType.values()) {
      input.preimages(type).forEach((hash, preimage) -> data.addPreimage(type, hash, preimage));
    }
    input.taprootKeySignature().ifPresent(data.taproot()::setKeySignature);
    input.taprootScriptSignatures().forEach(data.taproot()::addScriptSignature);
    input.taprootInternalKey().ifPresent(data.taproot()::setInternalKey);
    input.taprootMerkleRoot().ifPresent(data.taproot()::setMerkleRoot);
    input
        .taprootScripts()
        .forEach(script -> data.taproot().addScript(script.getKey(), script.getValue()));
    input.taprootOrigins().forEach(data.taproot()::addKey);
    input.musigParticipants().forEach(data.musig()::addParticipants);
    input.musigNonces().forEach(part -> data.musig().addNonce(slot(part), part.value()));
    input.musigPartialSignatures().forEach(part -> data.musig().addPart(slot(part), part.value()));
    return data;
  }

  private static MusigData.Slot slot(PsbtInput.MusigPart part) {
    return new MusigData.Slot(part.participant(), part.aggregate(), part.leafHash());
  }

  /** Of control blocks nothing is known, and for an output nothing is needed. */
  static SpendData of(PsbtOutput output) {
    SpendData data = new SpendData();
    output.redeemScript().ifPresent(data::setRedeemScript);
    output.witnessScript().ifPresent(data::setWitnessScript);
    output.origins().forEach(data::addKey);
    output.taprootInternalKey().ifPresent(data.taproot()::setInternalKey);
    for (TaprootTree.Leaf leaf : output.taprootTree().map(TaprootTree::leaves).orElse(List.of())) {
      data.taproot().addScript(leaf.script(), ByteString.EMPTY);
    }
    output.taprootOrigins().forEach(data.taproot()::addKey);
    output.musigParticipants().forEach(data.musig()::addParticipants);
    return data;
  }

  /** The input with what signing added; of what it had nothing changes. */
  static PsbtInput merge(PsbtInput input, SpendData data) {
    PsbtMap.Builder map = input.map().toBuilder();
    data.signatures()
        .values()
        .forEach(
            made ->
                map.putIfAbsent(InputField.PARTIAL_SIG.key(made.publicKey()), made.signature()));
    script(map, InputField.REDEEM_SCRIPT, data.redeemScript());
    script(map, InputField.WITNESS_SCRIPT, data.witnessScript());
    origins(map, InputField.BIP32_DERIVATION, data);
    bytes(map, InputField.TAP_KEY_SIG, data.taproot().keySignature());
    data.taproot()
        .scriptSignatures()
        .forEach(
            (key, signature) ->
                map.putIfAbsent(
                    InputField.TAP_SCRIPT_SIG.key(key.key().then(key.leafHash())), signature));
    bytes(map, InputField.TAP_INTERNAL_KEY, data.taproot().internalKey());
    bytes(map, InputField.TAP_MERKLE_ROOT, data.taproot().merkleRoot());
    data.taproot()
        .scripts()
        .forEach(
            (leaf, blocks) ->
                blocks.forEach(
                    block ->
                        map.putIfAbsent(
                            InputField.TAP_LEAF_SCRIPT.key(block), LeafFields.write(leaf))));
    taprootOrigins(map, InputField.TAP_BIP32_DERIVATION, data);
    participants(map, InputField.MUSIG2_PARTICIPANTS, data);
    contributions(map, InputField.MUSIG2_PUB_NONCE, data.musig().nonces());
    contributions(map, InputField.MUSIG2_PARTIAL_SIG, data.musig().parts());
    return new PsbtInput(map.build());
  }

  /** The output with what was learned; of what it had nothing changes but a tree now known. */
  static PsbtOutput merge(PsbtOutput output, SpendData data) {
    PsbtMap.Builder map = output.map().toBuilder();
    script(map, OutputField.REDEEM_SCRIPT, data.redeemScript());
    script(map, OutputField.WITNESS_SCRIPT, data.witnessScript());
    origins(map, OutputField.BIP32_DERIVATION, data);
    bytes(map, OutputField.TAP_INTERNAL_KEY, data.taproot().internalKey());
    data.taproot().tree().ifPresent(tree -> map.put(OutputField.TAP_TREE, OutputField.write(tree)));
    taprootOrigins(map, OutputField.TAP_BIP32_DERIVATION, data);
    participants(map, OutputField.MUSIG2_PARTICIPANTS, data);
    return new PsbtOutput(map.build());
  }

  private static void participants(PsbtMap.Builder map, PsbtField field, SpendData data) {
    data.musig()
        .participants()
        .forEach(
            (aggregate, keys) ->
                map.putIfAbsent(
                    field.key(aggregate),
                    keys.stream().reduce(ByteString.EMPTY, ByteString::then)));
  }

  private static void contributions(
      PsbtMap.Builder map, PsbtField field, Map<MusigData.Slot, ByteString> values) {
    values.forEach(
        (slot, value) ->
            map.putIfAbsent(
                field.key(
                    slot.participant()
                        .then(slot.key())
                        .then(slot.leafHash().orElse(ByteString.EMPTY))),
                value));
  }

  private static void script(PsbtMap.Builder map, PsbtField field, Optional<Script> script) {
    bytes(map, field, script.map(known -> ByteString.of(known.toByteArray())));
  }

  private static void bytes(PsbtMap.Builder map, PsbtField field, Optional<ByteString> bytes) {
    bytes.filter(known -> !known.isEmpty()).ifPresent(known -> map.putIfAbsent(field.key(), known));
  }

  private static void origins(PsbtMap.Builder map, PsbtField field, SpendData data) {
    data.keys()
        .values()
        .forEach(
            known -> map.putIfAbsent(field.key(known.publicKey()), Origins.write(known.origin())));
  }

  private static void taprootOrigins(PsbtMap.Builder map, PsbtField field, SpendData data) {
    data.taproot()
        .keys()
        .forEach((key, known) -> map.putIfAbsent(field.key(key), Origins.write(known)));
  }
}
