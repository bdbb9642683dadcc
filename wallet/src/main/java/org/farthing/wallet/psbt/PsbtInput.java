package org.farthing.wallet.psbt;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Sequence;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.primitives.Witness;
import org.farthing.wallet.descriptor.KeyOrigin;
import org.farthing.wallet.miniscript.HashType;
import org.farthing.wallet.spend.LeafScript;
import org.farthing.wallet.spend.TaprootData.LeafKey;
import org.farthing.wallet.spend.TaprootData.TaprootKey;

/** An input of a partially signed transaction, with all that is known of it; immutable. */
public final class PsbtInput {
  private final PsbtMap map;

  PsbtInput(PsbtMap map) {
    this.map = map;
  }

  /** An input of which nothing is known but what it spends. */
  static PsbtInput of(TxIn input) {
    return new PsbtInput(
        PsbtMap.builder()
            .put(InputField.PREVIOUS_TXID, input.outPoint().txid()::writeTo)
            .put(InputField.OUTPUT_INDEX, out -> out.int32(input.outPoint().index()))
            .put(InputField.SEQUENCE, out -> out.int32(input.sequence()))
            .build());
  }

  /**
   * Something that a participant of MuSig2 gave to the others (BIP-0373).
   *
   * @param participant 33 bytes, the key of who gave it
   * @param aggregate 33 bytes, the key for which all sign
   * @param leafHash 32 bytes; empty where the output is spent by its key
   * @param value a nonce of 66 bytes, or a partial signature of 32
   */
  public record MusigPart(
      ByteString participant,
      ByteString aggregate,
      Optional<ByteString> leafHash,
      ByteString value) {}

  PsbtMap map() {
    return map;
  }

  private <T> Optional<T> get(InputField field, FieldValues.Reading<T> reading) {
    return map.get(field).map(value -> checked(value, reading));
  }

  /** Reads what has been read before. */
  private static <T> T checked(ByteString value, FieldValues.Reading<T> reading) {
    try {
      return reading.read(value.reader());
    } catch (DecodeException e) {
      throw new AssertionError("a value that was read before", e);
    }
  }

  private Optional<Script> script(InputField field) {
    return map.get(field).map(FieldValues::toScript);
  }

  private OptionalInt int32(InputField field) {
    Optional<Integer> value = get(field, ByteReader::int32);
    return value.isPresent() ? OptionalInt.of(value.get()) : OptionalInt.empty();
  }

  /** The output that is spent. */
  public OutPoint outPoint() {
    return new OutPoint(
        get(InputField.PREVIOUS_TXID, Txid::read).orElseThrow(),
        get(InputField.OUTPUT_INDEX, ByteReader::int32).orElseThrow());
  }

  /** The sequence number, if one is given; else it is final. */
  public OptionalInt sequence() {
    return int32(InputField.SEQUENCE);
  }

  /** The least time that the transaction may be locked to, unsigned (BIP-0370). */
  public OptionalInt timeLock() {
    return int32(InputField.TIME_LOCKTIME);
  }

  /** The least height that the transaction may be locked to (BIP-0370). */
  public OptionalInt heightLock() {
    return int32(InputField.HEIGHT_LOCKTIME);
  }

  /** The input of the transaction, without signatures. */
  TxIn toUnsigned() {
    return new TxIn(outPoint(), Script.EMPTY, sequence().orElse(Sequence.FINAL));
  }

  /** The whole transaction whose output is spent. */
  public Optional<Transaction> nonWitnessUtxo() {
    return get(InputField.NON_WITNESS_UTXO, Transaction::read);
  }

  /** The output that is spent; enough for a signature that covers its amount. */
  public Optional<TxOut> witnessUtxo() {
    return get(InputField.WITNESS_UTXO, TxOut::read);
  }

  /** The output that is spent, from the whole transaction if that is there and has it. */
  public Optional<TxOut> utxo() {
    Optional<Transaction> previous = nonWitnessUtxo();
    return previous.isPresent() ? previous.flatMap(this::spentOutput) : witnessUtxo();
  }

  private Optional<TxOut> spentOutput(Transaction previous) {
    OutPoint spent = outPoint();
    boolean there =
        previous.txid().equals(spent.txid())
            && Integer.compareUnsigned(spent.index(), previous.outputs().size()) < 0;
    return there ? Optional.of(previous.outputs().get(spent.index())) : Optional.empty();
  }

  /** Signatures with their hash types by public key, in the order of the keys' hashes. */
  public List<Map.Entry<ByteString, ByteString>> partialSignatures() {
    return map.all(InputField.PARTIAL_SIG).stream()
        .map(field -> Map.entry(field.getKey().slice(1), field.getValue()))
        .toList();
  }

  /** What signatures should cover. */
  public OptionalInt sigHashType() {
    return int32(InputField.SIGHASH_TYPE);
  }

  public Optional<Script> redeemScript() {
    return script(InputField.REDEEM_SCRIPT);
  }

  public Optional<Script> witnessScript() {
    return script(InputField.WITNESS_SCRIPT);
  }

  /** Where keys come from, by public key. */
  public NavigableMap<ByteString, KeyOrigin> origins() {
    return PsbtOutput.origins(map, InputField.BIP32_DERIVATION);
  }

  /** What hashes to a value that a script names, by that value. */
  public NavigableMap<ByteString, ByteString> preimages(HashType type) {
    NavigableMap<ByteString, ByteString> preimages = new TreeMap<>();
    map.all(field(type)).forEach(field -> preimages.put(field.getKey().slice(1), field.getValue()));
    return preimages;
  }

  private static InputField field(HashType type) {
    return switch (type) {
      case RIPEMD160 -> InputField.RIPEMD160;
      case SHA256 -> InputField.SHA256;
      case HASH160 -> InputField.HASH160;
      case HASH256 -> InputField.HASH256;
    };
  }

  /** The scriptSig of an input that needs nothing more. */
  public Optional<Script> finalScriptSig() {
    return script(InputField.SCRIPT_SIG);
  }

  /** The witness of an input that needs nothing more. */
  public Optional<Witness> finalWitness() {
    return get(InputField.SCRIPT_WITNESS, Witness::read);
  }

  public boolean isFinal() {
    return map.has(InputField.SCRIPT_SIG) || map.has(InputField.SCRIPT_WITNESS);
  }

  /** 64 or 65 bytes. */
  public Optional<ByteString> taprootKeySignature() {
    return map.get(InputField.TAP_KEY_SIG);
  }

  /** 64 or 65 bytes each. */
  public NavigableMap<LeafKey, ByteString> taprootScriptSignatures() {
    NavigableMap<LeafKey, ByteString> signatures = new TreeMap<>();
    for (Map.Entry<ByteString, ByteString> field : map.all(InputField.TAP_SCRIPT_SIG)) {
      ByteString key = field.getKey();
      signatures.put(new LeafKey(key.slice(1, 33), key.slice(33)), field.getValue());
    }
    return signatures;
  }

  /** Scripts, each with a control block that reveals it, the shortest block of a script first. */
  public List<Map.Entry<LeafScript, ByteString>> taprootScripts() {
    return map.all(InputField.TAP_LEAF_SCRIPT).stream()
        .map(
            field ->
                Map.entry(
                    LeafFields.leaf(field.getValue()), LeafFields.controlBlock(field.getKey())))
        .toList();
  }

  /** Where keys come from, and in which leaves they stand, by x-only key. */
  public NavigableMap<ByteString, TaprootKey> taprootOrigins() {
    return PsbtOutput.taprootOrigins(map, InputField.TAP_BIP32_DERIVATION);
  }

  /** 32 bytes, x-only. */
  public Optional<ByteString> taprootInternalKey() {
    return map.get(InputField.TAP_INTERNAL_KEY);
  }

  /** 32 bytes. */
  public Optional<ByteString> taprootMerkleRoot() {
    return map.get(InputField.TAP_MERKLE_ROOT);
  }

  /** Keys that are aggregated, by the aggregate key. */
  public NavigableMap<ByteString, List<ByteString>> musigParticipants() {
    return PsbtOutput.participants(map, InputField.MUSIG2_PARTICIPANTS);
  }

  public List<MusigPart> musigNonces() {
    return map.all(InputField.MUSIG2_PUB_NONCE).stream().map(MusigFields::part).toList();
  }

  public List<MusigPart> musigPartialSignatures() {
    return map.all(InputField.MUSIG2_PARTIAL_SIG).stream().map(MusigFields::part).toList();
  }

  public List<Proprietary> proprietary() {
    return map.proprietary(InputField.PROPRIETARY);
  }

  /** Fields of kinds that we don't know, by key. */
  public NavigableMap<ByteString, ByteString> unknown() {
    return map.others(InputField.values());
  }

  /** With the whole transaction whose output it spends. */
  public PsbtInput withNonWitnessUtxo(Transaction previous) {
    return new PsbtInput(
        map.toBuilder().put(InputField.NON_WITNESS_UTXO, previous::writeTo).build());
  }

  PsbtInput withoutNonWitnessUtxo() {
    return new PsbtInput(map.toBuilder().remove(InputField.NON_WITNESS_UTXO).build());
  }

  /** With something that hashes to a value which a script names. */
  public PsbtInput withSha256Preimage(ByteString hash, ByteString preimage) {
    return new PsbtInput(map.toBuilder().put(InputField.SHA256.key(hash), preimage).build());
  }

  /** With the output that it spends. */
  public PsbtInput withWitnessUtxo(TxOut output) {
    return new PsbtInput(map.toBuilder().put(InputField.WITNESS_UTXO, output::writeTo).build());
  }

  PsbtInput withSigHashType(int type) {
    return new PsbtInput(
        map.toBuilder().put(InputField.SIGHASH_TYPE, out -> out.int32(type)).build());
  }

  /** The input with nothing left to be done; what signing needed is dropped (BIP-0174). */
  PsbtInput withFinal(Script scriptSig, Witness witness) {
    PsbtMap.Builder changed = map.toBuilder();
    for (InputField field : InputField.values()) {
      if (field.endsWithSigning()) {
        changed.remove(field);
      }
    }
    if (!scriptSig.isEmpty()) {
      changed.put(InputField.SCRIPT_SIG, ByteString.of(scriptSig.toByteArray()));
    }
    if (!witness.isEmpty()) {
      changed.put(InputField.SCRIPT_WITNESS, witness::writeTo);
    }
    return new PsbtInput(changed.build());
  }

  /** The input of a transaction whose lock time is settled. */
  PsbtInput settled() {
    return new PsbtInput(
        map.toBuilder()
            .put(InputField.SEQUENCE, out -> out.int32(sequence().orElse(Sequence.FINAL)))
            .remove(InputField.TIME_LOCKTIME)
            .remove(InputField.HEIGHT_LOCKTIME)
            .build());
  }

  /** The input as it was before any signature. */
  PsbtInput withoutSignatures() {
    return new PsbtInput(
        map.toBuilder()
            .remove(InputField.PARTIAL_SIG)
            .remove(InputField.SCRIPT_SIG)
            .remove(InputField.SCRIPT_WITNESS)
            .build());
  }

  /** Fields of both; of those with one key ours stays. */
  PsbtInput union(PsbtInput other) {
    return new PsbtInput(map.union(other.map));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PsbtInput that && map.equals(that.map);
  }

  @Override
  public int hashCode() {
    return map.hashCode();
  }
}
