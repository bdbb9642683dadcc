package org.farthing.wallet.psbt;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.wallet.descriptor.KeyOrigin;
import org.farthing.wallet.spend.TaprootData.TaprootKey;
import org.farthing.wallet.spend.TaprootTree;

/** An output of a partially signed transaction, with all that is known of it; immutable. */
public final class PsbtOutput {
  private final PsbtMap map;

  PsbtOutput(PsbtMap map) {
    this.map = map;
  }

  /** An output of which nothing more is known. */
  static PsbtOutput of(TxOut output) {
    return new PsbtOutput(
        PsbtMap.builder()
            .put(OutputField.AMOUNT, out -> out.int64(output.valueSat()))
            .put(OutputField.SCRIPT, ByteString.of(output.scriptPubKey().toByteArray()))
            .build());
  }

  PsbtMap map() {
    return map;
  }

  /** The output of the transaction. */
  public TxOut output() {
    try {
      return new TxOut(
          map.get(OutputField.AMOUNT).orElseThrow().reader().int64(),
          map.get(OutputField.SCRIPT).map(FieldValues::toScript).orElseThrow());
    } catch (DecodeException e) {
      throw new AssertionError("an amount that was read before", e);
    }
  }

  public Optional<Script> redeemScript() {
    return map.get(OutputField.REDEEM_SCRIPT).map(FieldValues::toScript);
  }

  public Optional<Script> witnessScript() {
    return map.get(OutputField.WITNESS_SCRIPT).map(FieldValues::toScript);
  }

  /** Where keys come from, by public key. */
  public NavigableMap<ByteString, KeyOrigin> origins() {
    return origins(map, OutputField.BIP32_DERIVATION);
  }

  static NavigableMap<ByteString, KeyOrigin> origins(PsbtMap map, PsbtField field) {
    NavigableMap<ByteString, KeyOrigin> origins = new TreeMap<>();
    map.all(field)
        .forEach(entry -> origins.put(entry.getKey().slice(1), Origins.read(entry.getValue())));
    return origins;
  }

  /** 32 bytes, x-only. */
  public Optional<ByteString> taprootInternalKey() {
    return map.get(OutputField.TAP_INTERNAL_KEY);
  }

  public Optional<TaprootTree> taprootTree() {
    try {
      Optional<ByteString> tree = map.get(OutputField.TAP_TREE);
      return tree.isEmpty() ? Optional.empty() : Optional.of(OutputField.readTree(tree.get()));
    } catch (DecodeException e) {
      throw new AssertionError("a tree that was read before", e);
    }
  }

  /** Where keys come from, and in which leaves they stand, by x-only key. */
  public NavigableMap<ByteString, TaprootKey> taprootOrigins() {
    return taprootOrigins(map, OutputField.TAP_BIP32_DERIVATION);
  }

  static NavigableMap<ByteString, TaprootKey> taprootOrigins(PsbtMap map, PsbtField field) {
    NavigableMap<ByteString, TaprootKey> origins = new TreeMap<>();
    map.all(field)
        .forEach(
            entry -> origins.put(entry.getKey().slice(1), Origins.readTaproot(entry.getValue())));
    return origins;
  }

  /** Keys that are aggregated, by the aggregate key. */
  public NavigableMap<ByteString, List<ByteString>> musigParticipants() {
    return participants(map, OutputField.MUSIG2_PARTICIPANTS);
  }

  static NavigableMap<ByteString, List<ByteString>> participants(PsbtMap map, PsbtField field) {
    NavigableMap<ByteString, List<ByteString>> participants = new TreeMap<>();
    for (Map.Entry<ByteString, ByteString> entry : map.all(field)) {
      ByteReader in = entry.getValue().reader();
      List<ByteString> keys = new ArrayList<>();
      try {
        while (in.remaining() > 0) {
          keys.add(ByteString.of(in.bytes(Secp256k1.COMPRESSED_SIZE)));
        }
      } catch (DecodeException e) {
        throw new AssertionError("keys that were read before", e);
      }
      participants.put(entry.getKey().slice(1), keys);
    }
    return participants;
  }

  public List<Proprietary> proprietary() {
    return map.proprietary(OutputField.PROPRIETARY);
  }

  /** Fields of kinds that we don't know, by key. */
  public NavigableMap<ByteString, ByteString> unknown() {
    return map.others(OutputField.values());
  }

  /** Fields of both; of those with one key ours stays. */
  PsbtOutput union(PsbtOutput other) {
    return new PsbtOutput(map.union(other.map));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PsbtOutput that && map.equals(that.map);
  }

  @Override
  public int hashCode() {
    return map.hashCode();
  }
}
