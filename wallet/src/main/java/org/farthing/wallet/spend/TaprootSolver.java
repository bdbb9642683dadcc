package org.farthing.wallet.spend;

import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.script.Taproot;
import org.farthing.wallet.miniscript.ScriptContext;
import org.farthing.wallet.spend.SpendSolver.Items;
import org.farthing.wallet.spend.TaprootData.LeafKey;
import org.farthing.wallet.spend.TaprootData.TaprootKey;

/**
 * Spends a taproot output: by its key if that can be, else by the script with the least witness.
 */
final class TaprootSolver {
  private final SigningKeys keys;
  private final SignatureMaker maker;
  private final SpendData spend;
  private final TaprootData data;

  TaprootSolver(SigningKeys keys, SignatureMaker maker, SpendData spend) {
    this.keys = keys;
    this.maker = maker;
    this.spend = spend;
    this.data = spend.taproot();
  }

  Items solve(ByteString outputKey) {
    keys.taproot(outputKey).ifPresent(data::add);
    data.internalKey().ifPresent(key -> learnOrigin(key, List.of()));
    learnOrigin(outputKey, List.of());
    if (data.keySignature().isEmpty()) {
      ByteString root = data.merkleRoot().orElse(ByteString.EMPTY);
      data.internalKey()
          .flatMap(key -> byKey(key, Optional.of(root)))
          .or(() -> byKey(outputKey, Optional.empty()))
          .ifPresent(data::setKeySignature);
    }
    return data.keySignature().map(Items::complete).orElseGet(this::byScript);
  }

  private Optional<ByteString> byKey(ByteString key, Optional<ByteString> root) {
    return maker.keyPath(key, root).or(() -> maker.together(key, root, Optional.empty(), spend));
  }

  /**
   * Notes where a key and those who share it come from, and the leaves in which it stands, as far
   * as that is known.
   */
  private void learnOrigin(ByteString key, List<ByteString> leafHashes) {
    keys.originOfXOnly(key)
        .ifPresent(origin -> data.addKey(key, new TaprootKey(new TreeSet<>(leafHashes), origin)));
    keys.musigOf(key)
        .ifPresent(
            musig -> {
              spend.musig().addParticipants(musig.aggregate(), musig.participants());
              musig
                  .participants()
                  .forEach(participant -> learnOrigin(SigningKeys.xOnly(participant), leafHashes));
            });
  }

  private Items byScript() {
    Items best = Items.NONE;
    for (Map.Entry<LeafScript, NavigableSet<ByteString>> leaf : data.scripts().entrySet()) {
      Items items = satisfy(leaf.getKey());
      if (items.complete()) {
        Items whole = items.with(leaf.getKey().script()).with(leaf.getValue().first());
        if (!best.complete() || size(whole) < size(best)) {
          best = whole;
        }
      }
    }
    return best;
  }

  private static int size(Items items) {
    return items.toWitness().encodedSize();
  }

  private Items satisfy(LeafScript leaf) {
    if (leaf.version() != Taproot.LEAF_TAPSCRIPT) {
      return Items.NONE;
    }
    ByteString leafHash = leaf.hash();
    return new MiniscriptSolver(
            ScriptContext.TAPSCRIPT,
            maker,
            spend,
            hash -> data.xOnlyKeyOf(hash).or(() -> keys.xOnlyKeyOf(hash)),
            key -> signature(key, leafHash))
        .solve(leaf.toScript());
  }

  /** The signature that is there, or a new one. */
  private Optional<ByteString> signature(ByteString key, ByteString leafHash) {
    learnOrigin(key, List.of(leafHash));
    LeafKey inLeaf = new LeafKey(key, leafHash);
    Optional<ByteString> present = Optional.ofNullable(data.scriptSignatures().get(inLeaf));
    if (present.isPresent()) {
      return present;
    }
    Optional<ByteString> made =
        maker
            .scriptPath(key, leafHash)
            .or(() -> maker.together(key, Optional.empty(), Optional.of(leafHash), spend));
    made.ifPresent(signature -> data.addScriptSignature(inLeaf, signature));
    return made;
  }
}
