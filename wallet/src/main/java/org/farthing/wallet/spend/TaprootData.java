package org.farthing.wallet.spend;

import java.util.Collections;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.wallet.descriptor.KeyOrigin;
import org.farthing.wallet.descriptor.TaprootOutput;

/** The part of {@link SpendData} that only taproot outputs have. For one thread. */
public final class TaprootData {
  private Optional<ByteString> internalKey = Optional.empty();
  private Optional<ByteString> merkleRoot = Optional.empty();
  private Optional<TaprootTree> tree = Optional.empty();
  private final NavigableMap<LeafScript, NavigableSet<ByteString>> scripts = new TreeMap<>();
  private Optional<ByteString> keySignature = Optional.empty();
  private final NavigableMap<LeafKey, ByteString> scriptSignatures = new TreeMap<>();
  private final NavigableMap<ByteString, TaprootKey> keys = new TreeMap<>();

  /**
   * A key in a leaf.
   *
   * @param key 32 bytes, x-only
   * @param leafHash 32 bytes
   */
  public record LeafKey(ByteString key, ByteString leafHash) implements Comparable<LeafKey> {
    private static final Comparator<LeafKey> ORDER =
        Comparator.comparing(LeafKey::key).thenComparing(LeafKey::leafHash);

    @Override
    public int compareTo(LeafKey other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * Where a key comes from, and in which leaves it stands.
   *
   * @param leafHashes 32 bytes each; none for the internal key
   */
  public record TaprootKey(NavigableSet<ByteString> leafHashes, KeyOrigin origin) {
    public TaprootKey {
      leafHashes = Collections.unmodifiableNavigableSet(new TreeSet<>(leafHashes));
    }

    private TaprootKey with(NavigableSet<ByteString> more) {
      NavigableSet<ByteString> all = new TreeSet<>(leafHashes);
      all.addAll(more);
      return new TaprootKey(all, origin);
    }
  }

  /** Takes in what the output commits to, as far as that is not known. */
  public void add(TaprootOutput output) {
    setInternalKey(internalKey.orElseGet(() -> ByteString.of(output.internalKey())));
    if (output.leaves().isEmpty()) {
      return;
    }
    setMerkleRoot(merkleRoot.orElseGet(() -> ByteString.of(output.merkleRoot())));
    for (TaprootOutput.Leaf leaf : output.leaves()) {
      addScript(LeafScript.tapscript(leaf.script()), ByteString.of(output.controlBlock(leaf)));
    }
    tree = Optional.of(TaprootTree.of(output));
  }

  public void setInternalKey(ByteString key) {
    internalKey = Optional.of(key);
  }

  public void setMerkleRoot(ByteString root) {
    merkleRoot = Optional.of(root);
  }

  public void addScript(LeafScript script, ByteString controlBlock) {
    scripts
        .computeIfAbsent(script, s -> new TreeSet<>(LeafScript.SHORTEST_FIRST))
        .add(controlBlock);
  }

  public void setKeySignature(ByteString signature) {
    keySignature = Optional.of(signature);
  }

  /** Takes in a signature, unless there is one of this key in this leaf. */
  public void addScriptSignature(LeafKey key, ByteString signature) {
    scriptSignatures.putIfAbsent(key, signature);
  }

  /** Takes in a key, and the leaves in which it stands. */
  public void addKey(ByteString xOnlyKey, TaprootKey key) {
    keys.merge(xOnlyKey, key, (known, more) -> known.with(more.leafHashes()));
  }

  public Optional<ByteString> internalKey() {
    return internalKey;
  }

  public Optional<ByteString> merkleRoot() {
    return merkleRoot;
  }

  /** The whole tree, where it is known. */
  public Optional<TaprootTree> tree() {
    return tree;
  }

  /** The scripts, with the control blocks that reveal them. */
  public NavigableMap<LeafScript, NavigableSet<ByteString>> scripts() {
    return Collections.unmodifiableNavigableMap(scripts);
  }

  public Optional<ByteString> keySignature() {
    return keySignature;
  }

  public NavigableMap<LeafKey, ByteString> scriptSignatures() {
    return Collections.unmodifiableNavigableMap(scriptSignatures);
  }

  /**
   * The x-only key that has a hash.
   *
   * @param hash 20 bytes
   */
  Optional<ByteString> xOnlyKeyOf(ByteString hash) {
    return keys.keySet().stream().filter(key -> SpendData.hash(key).equals(hash)).findFirst();
  }

  /** By the x-only key. */
  public NavigableMap<ByteString, TaprootKey> keys() {
    return Collections.unmodifiableNavigableMap(keys);
  }
}
