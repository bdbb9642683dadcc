package org.farthing.wallet.descriptor;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.params.Network;
import org.farthing.consensus.primitives.Script;
import org.farthing.wallet.keys.Secrets;

/**
 * The scripts of one descriptor in their order, and how many of them have been given away. Owned by
 * one thread.
 *
 * <p>Most descriptors tell their public keys without secrets. Where the last step is hardened they
 * don't: such a keychain has the scripts of those indexes only whose public keys it was taught
 * while the secrets were at hand.
 */
public final class Keychain {
  /**
   * So many indexes are remembered together. When a wallet is opened, one of each block is derived
   * to see that it is right, and those behind the last block, which is not full yet.
   */
  public static final int BLOCK = 512;

  private final int id;
  private final Descriptor descriptor;
  private final Descriptor source;
  private final List<ScriptExpression> shortened;

  /**
   * Those of each index one after the other, beginning with the first index that is watched for.
   */
  private final ScriptList scripts = new ScriptList();

  private final Map<Integer, List<byte[]>> taught = new TreeMap<>();

  /** Blocks that are stored and need not be derived, as long as not all of them were wanted. */
  private final Map<Integer, PackedScripts> remembered = new TreeMap<>();

  /** The numbers of the blocks that are stored, or are to be. */
  private final Set<Integer> stored = new TreeSet<>();

  private final Map<Integer, Optional<InputSize>> inputSizes = new HashMap<>();
  private final Map<Integer, Optional<InputSize>> solvedSizes = new HashMap<>();
  private Role role;
  private Details details;
  private int next;
  private int derived;

  /** What the scripts are for. */
  public enum Role {
    /** Addresses given to others. */
    RECEIVE,
    /** The wallet's own change. */
    CHANGE
  }

  /**
   * What may be told anew of a keychain.
   *
   * @param createdSeconds no payment is older, in seconds since 1970
   * @param first the least index that is watched for
   * @param end all indexes below it are watched for, whether used or not
   * @param ownKeys positions of the keys, in the order of the text, whose secrets the wallet has
   */
  public record Details(long createdSeconds, int first, int end, Set<Integer> ownKeys) {
    public Details {
      ownKeys = Set.copyOf(ownKeys);
    }
  }

  /**
   * A keychain of which no script has been given away.
   *
   * @param id tells the keychains of a wallet apart, for good
   * @param descriptor without secrets, and as far as it can be such that the keys can be derived
   * @param source the same as its owner wrote it, without secrets: from it and the wallet's secrets
   *     private keys are derived
   */
  public Keychain(int id, Role role, Descriptor descriptor, Descriptor source, Details details) {
    this.id = id;
    this.role = role;
    this.descriptor = descriptor;
    this.source = source;
    this.details = details;
    this.next = details.first();
    this.shortened =
        descriptor.canDerive()
            ? descriptor.withKeys(KeyExpression::shortened).expressions()
            : descriptor.expressions();
  }

  public int id() {
    return id;
  }

  public Role role() {
    return role;
  }

  /** Without secrets, with the hardened steps walked. */
  public Descriptor descriptor() {
    return descriptor;
  }

  /** As its owner wrote it, without secrets. */
  public Descriptor source() {
    return source;
  }

  public Details details() {
    return details;
  }

  void setDetails(Details replacement) {
    if (replacement.first() != details.first()) {
      remembered.putAll(stored());
      scripts.clear();
      derived = 0;
    }
    details = replacement;
    inputSizes.clear();
    solvedSizes.clear();
    next = Math.max(next, replacement.first());
  }

  /** The least index that was neither given away nor seen in use. */
  public int next() {
    return next;
  }

  /** The scripts of all indexes from the first up to this one, exclusive, are watched for. */
  public int derivedEnd() {
    return details.first() + derived;
  }

  /** The script at an index; of several the first. */
  public Script script(int index) {
    return script(index, 0);
  }

  /** One of the scripts at an index. */
  public Script script(int index, int position) {
    return scripts.get(ordinal(index, position));
  }

  public List<Script> scripts(int index) {
    return IntStream.range(0, each()).mapToObj(position -> script(index, position)).toList();
  }

  /** How many scripts each index has. */
  int each() {
    return shortened.size();
  }

  /** The hash code of a script. */
  int hashOf(int index, int position) {
    return scripts.hashOf(ordinal(index, position));
  }

  /** Whether this script stands at a place. */
  boolean isAt(int index, int position, Script script) {
    return scripts.isAt(ordinal(index, position), script);
  }

  private int ordinal(int index, int position) {
    return (index - details.first()) * each() + position;
  }

  void advanceTo(int index) {
    next = Math.max(next, index);
  }

  /** Gives away scripts from this index on. */
  void goTo(int index) {
    next = Math.max(index, details.first());
  }

  /** The owner wants the scripts for something else than before. */
  public void setRole(Role wanted) {
    role = wanted;
  }

  /**
   * Derives the scripts of further indexes, up to this one, exclusive, as far as it can be done
   * without secrets.
   */
  void deriveTo(int end) {
    boolean more = true;
    while (more && derivedEnd() < end) {
      int index = derivedEnd();
      PackedScripts block = remembered.get(Math.floorDiv(index, BLOCK));
      if (block != null) {
        take(block, end);
      } else {
        more = descriptor.canDerive() || taught.containsKey(index);
        if (more) {
          derive(index).forEach(scripts::add);
          derived++;
        }
      }
    }
  }

  /** Takes what was remembered of a block, up to an index. */
  private void take(PackedScripts block, int wantedEnd) {
    int number = Math.floorDiv(derivedEnd(), BLOCK);
    int end = Math.min(wantedEnd, (number + 1) * BLOCK);
    int from = derivedEnd() - number * BLOCK;
    int to = end - number * BLOCK;
    scripts.addAll(block, from * each(), to * each());
    derived += to - from;
    if (to == BLOCK) {
      remembered.remove(number);
    }
  }

  private List<Script> derive(int index) {
    List<ScriptExpression> expressions = descriptor.canDerive() ? shortened : expand(index);
    return expressions.stream().map(expression -> expression.scriptAt(index)).toList();
  }

  /**
   * Takes back scripts that were derived before, so that they need not be derived again.
   *
   * @param number of the block of {@link #BLOCK} indexes
   * @param block the scripts of its indexes, in their order
   * @return false, and nothing happens, if these are not the scripts of this keychain, as its last
   *     index tells
   */
  public boolean remember(int number, PackedScripts block) {
    if (!descriptor.canDerive()
        || number * BLOCK < details.first()
        || block.size() != BLOCK * each()) {
      return false;
    }
    int last = (BLOCK - 1) * each();
    boolean right =
        derive((number + 1) * BLOCK - 1)
            .equals(IntStream.range(last, last + each()).mapToObj(block::get).toList());
    if (right) {
      remembered.put(number, block);
      stored.add(number);
    }
    return right;
  }

  /**
   * The scripts of whole blocks of indexes that are derived and not stored; from now on they are.
   * By the number of the block.
   */
  public Map<Integer, PackedScripts> newBlocks() {
    Map<Integer, PackedScripts> blocks = new TreeMap<>();
    if (!descriptor.canDerive() || !descriptor.isRanged()) {
      return blocks;
    }
    int begin = Math.floorDiv(details.first() - 1, BLOCK) + 1;
    for (int number = begin; number < derivedEnd() / BLOCK; number++) {
      if (stored.add(number)) {
        blocks.put(number, block(number));
      }
    }
    return blocks;
  }

  private PackedScripts block(int number) {
    int from = ordinal(number * BLOCK, 0);
    return scripts.slice(from, from + BLOCK * each());
  }

  /** How many blocks of indexes are stored. */
  public int storedCount() {
    return stored.size();
  }

  /** The scripts of the blocks of indexes that are stored, by their numbers. */
  public Map<Integer, PackedScripts> stored() {
    Map<Integer, PackedScripts> blocks = new TreeMap<>(remembered);
    for (int number : stored) {
      blocks.computeIfAbsent(number, this::block);
    }
    return blocks;
  }

  /** The expressions of the scripts at an index, which name their keys with origins. */
  public List<ScriptExpression> expand(int index) {
    return (descriptor.canDerive() ? descriptor : descriptor.withKeys(taughtKeys(index)))
        .expand(index);
  }

  private UnaryOperator<KeyExpression> taughtKeys(int index) {
    List<KeyExpression> keys = descriptor.leafKeys();
    List<byte[]> publicKeys = taught.get(index);
    Map<KeyExpression, KeyExpression> fixed = new HashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      KeyExpression key = keys.get(i);
      Optional<KeyOrigin> origin = Optional.of(key.originOf(index));
      fixed.put(key, SingleKey.of(origin, publicKeys.get(i), SingleKey.Form.FULL));
    }
    return key -> key.withLeaves(fixed::get);
  }

  /** Whether public keys have to be told by secrets. */
  public boolean needsTeaching() {
    return !descriptor.canDerive();
  }

  /** Whether these secrets tell all public keys. */
  public boolean canBeTaught(Secrets secrets, Network network) {
    return source.leafKeys().stream().allMatch(key -> key.withSecret(secrets, network).canDerive());
  }

  /** The public keys of an index, in the order of the text, as the secrets tell them. */
  public List<byte[]> publicKeys(int index, Secrets secrets, Network network) {
    return source.leafKeys().stream()
        .map(key -> key.withSecret(secrets, network).publicKey(index))
        .toList();
  }

  /** Remembers the public keys of an index, in the order of the text. */
  public void teach(int index, List<byte[]> publicKeys) {
    taught.put(index, List.copyOf(publicKeys));
  }

  /** What was taught, by index. */
  public Map<Integer, List<byte[]>> taught() {
    return Map.copyOf(taught);
  }

  /**
   * An input that spends such a script with the wallet's own keys; empty where these don't suffice.
   * If it has none of the keys, others sign with theirs.
   *
   * @param position among the scripts of an index
   */
  public Optional<InputSize> inputSize(int position) {
    if (details.ownKeys().isEmpty() || derived == 0) {
      return solvedSize(position);
    }
    return inputSizes.computeIfAbsent(position, this::sizeWithOwnKeys);
  }

  /** The same with all keys, whoever has them; empty where nobody could tell how it is spent. */
  public Optional<InputSize> solvedSize(int position) {
    return derived == 0
        ? Optional.empty()
        : solvedSizes.computeIfAbsent(
            position, at -> size(at, key -> true, InputWeight.SIGNATURE_SIZE));
  }

  private Optional<InputSize> sizeWithOwnKeys(int position) {
    int index = details.first();
    List<KeyExpression> keys = descriptor.withKeys(fixedKeys(index)).leafKeys();
    Set<String> own = new HashSet<>();
    details.ownKeys().forEach(key -> own.add(Hex.encode(keys.get(key).publicKey(index))));
    return size(
        position,
        key ->
            key.leaves().stream().anyMatch(leaf -> own.contains(Hex.encode(leaf.publicKey(index)))),
        InputWeight.OWN_SIGNATURE_SIZE);
  }

  private Optional<InputSize> size(int position, Predicate<KeyExpression> own, int signatureSize) {
    int index = details.first();
    return InputWeight.of(expand(index).get(position), index, own, signatureSize);
  }

  private UnaryOperator<KeyExpression> fixedKeys(int index) {
    return descriptor.canDerive() ? key -> key.at(index) : taughtKeys(index);
  }

  @Override
  public String toString() {
    return "keychain " + id + " (" + role + ")";
  }
}
