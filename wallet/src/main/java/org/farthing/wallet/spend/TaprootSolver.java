package org.farthing.wallet.spend;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.script.Taproot;
import org.farthing.wallet.spend.SpendSolver.Items;
import org.farthing.wallet.spend.TaprootData.LeafKey;
import org.farthing.wallet.spend.TaprootData.TaprootKey;

/**
 * Spends a taproot output: by its key if that can be, else by the script with the least witness.
 */
final class TaprootSolver {
  private final SigningKeys keys;
  private final SignatureMaker maker;
  private final TaprootData data;

  TaprootSolver(SigningKeys keys, SignatureMaker maker, TaprootData data) {
    this.keys = keys;
    this.maker = maker;
    this.data = data;
  }

  Items solve(ByteString outputKey) {
    keys.taproot(outputKey).ifPresent(data::add);
    data.internalKey().ifPresent(key -> learnOrigin(key, List.of()));
    learnOrigin(outputKey, List.of());
    if (data.keySignature().isEmpty()) {
      ByteString root = data.merkleRoot().orElse(ByteString.EMPTY);
      data.internalKey()
          .flatMap(key -> maker.keyPath(key, Optional.of(root)))
          .or(() -> maker.keyPath(outputKey, Optional.empty()))
          .ifPresent(data::setKeySignature);
    }
    return data.keySignature().map(Items::complete).orElseGet(this::byScript);
  }

  /** Notes where a key comes from, and the leaves in which it stands, if the former is known. */
  private void learnOrigin(ByteString key, List<ByteString> leafHashes) {
    keys.originOfXOnly(key)
        .ifPresent(origin -> data.addKey(key, new TaprootKey(new TreeSet<>(leafHashes), origin)));
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
    Optional<TapscriptKeys> wanted =
        leaf.version() == Taproot.LEAF_TAPSCRIPT
            ? TapscriptKeys.of(leaf.toScript())
            : Optional.empty();
    return wanted.map(keysOfLeaf -> satisfy(keysOfLeaf, leaf.hash())).orElse(Items.NONE);
  }

  /**
   * The signature of the first key is wanted on top. Of more signatures than are wanted those of
   * the last keys are taken.
   */
  private Items satisfy(TapscriptKeys wanted, ByteString leafHash) {
    List<ByteString> stack = new ArrayList<>();
    int found = 0;
    for (int i = wanted.keys().size() - 1; i >= 0; i--) {
      Optional<ByteString> signature = signature(ByteString.of(wanted.keys().get(i)), leafHash);
      boolean taken = signature.isPresent() && found < wanted.required();
      stack.add(taken ? signature.get() : ByteString.EMPTY);
      found += taken ? 1 : 0;
    }
    return new Items(stack, found == wanted.required());
  }

  /** The signature that is there, or a new one. */
  private Optional<ByteString> signature(ByteString key, ByteString leafHash) {
    learnOrigin(key, List.of(leafHash));
    LeafKey inLeaf = new LeafKey(key, leafHash);
    Optional<ByteString> present = Optional.ofNullable(data.scriptSignatures().get(inLeaf));
    if (present.isPresent()) {
      return present;
    }
    Optional<ByteString> made = maker.scriptPath(key, leafHash);
    made.ifPresent(signature -> data.addScriptSignature(inLeaf, signature));
    return made;
  }
}
