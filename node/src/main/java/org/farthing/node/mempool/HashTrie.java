package org.farthing.node.mempool;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Txid;

/**
 * An immutable map: {@link #with} and {@link #without} give changed ones that share all but a few
 * nodes with the old, so that readers on other threads keep theirs for as long as they like. A hash
 * array mapped trie (P. Bagwell, "Ideal Hash Trees", 2001) over all bits of the key, four for each
 * level: different keys never collide, and nobody can make its paths long but by finding
 * transactions whose identifiers begin alike.
 *
 * <p>Whoever changes many keys at once does it through {@link Changes}, which copies no node twice.
 */
final class HashTrie<K, V> {
  private static final int DIGIT_BITS = 4;
  private static final int DIGITS_PER_WORD = Long.SIZE / DIGIT_BITS;
  private static final int DIGIT_MASK = (1 << DIGIT_BITS) - 1;

  /** The bits of a key: two keys are equal exactly if all their words are. */
  @FunctionalInterface
  interface Words<K> {
    /**
     * @param index from 0; asked for only as long as two keys had equal words before
     */
    long word(K key, int index);
  }

  private sealed interface Node<K, V> {}

  private record Leaf<K, V>(K key, V value) implements Node<K, V> {}

  /** The children whose bits are set in {@code present}, in the order of the bits. */
  private static final class Branch<K, V> implements Node<K, V> {
    /** Who made it, and may change it as long as nobody else has seen it; null: nobody may. */
    final Object maker;

    int present;
    Node<K, V>[] children;

    Branch(Object maker, int present, Node<K, V>[] children) {
      this.maker = maker;
      this.present = present;
      this.children = children;
    }

    /** The branch with other children: the same one if the maker is. */
    Branch<K, V> with(Object editor, int nowPresent, Node<K, V>[] nowChildren) {
      if (!isOf(editor)) {
        return new Branch<>(editor, nowPresent, nowChildren);
      }
      present = nowPresent;
      children = nowChildren;
      return this;
    }

    @SuppressWarnings("ReferenceEquality") // A maker is nothing but itself.
    private boolean isOf(Object editor) {
      return editor != null && maker == editor;
    }

    /** The branch with another child in the place of one. */
    @SuppressWarnings("ReferenceEquality") // The same child, not one that is equal.
    Branch<K, V> with(Object editor, int position, Node<K, V> child) {
      if (children[position] == child) {
        return this;
      }
      Node<K, V>[] nowChildren = isOf(editor) ? children : children.clone();
      nowChildren[position] = child;
      return with(editor, present, nowChildren);
    }

    boolean has(int digit) {
      return (present >>> digit & 1) != 0;
    }

    int position(int digit) {
      return Integer.bitCount(present & ((1 << digit) - 1));
    }
  }

  private final Words<K> words;
  private final Node<K, V> root;
  private final int size;

  private HashTrie(Words<K> words, Node<K, V> root, int size) {
    this.words = words;
    this.root = root;
    this.size = size;
  }

  static <V> HashTrie<Txid, V> byTxid() {
    return new HashTrie<>(Txid::word, null, 0);
  }

  static <V> HashTrie<OutPoint, V> byOutPoint() {
    return new HashTrie<>(HashTrie::outPointWord, null, 0);
  }

  /** The index is mixed into the first word, so that the outputs of one transaction spread. */
  private static long outPointWord(OutPoint outPoint, int index) {
    return switch (index) {
      case 0 -> outPoint.txid().word(0) ^ outPoint.index() * 0x9e3779b97f4a7c15L;
      case 4 -> outPoint.index();
      default -> outPoint.txid().word(index);
    };
  }

  int size() {
    return size;
  }

  boolean contains(K key) {
    return find(key) != null;
  }

  Optional<V> get(K key) {
    Leaf<K, V> leaf = find(key);
    return leaf == null ? Optional.empty() : Optional.of(leaf.value());
  }

  /** The same map with the key bound to the value. */
  HashTrie<K, V> with(K key, V value) {
    return new HashTrie<>(
        words, put(null, root, 0, new Leaf<>(key, value)), contains(key) ? size : size + 1);
  }

  /** The same map without the key. */
  HashTrie<K, V> without(K key) {
    return contains(key) ? new HashTrie<>(words, remove(null, root, 0, key), size - 1) : this;
  }

  /** Changes of a copy, which cost less together than one by one. */
  Changes changes() {
    return new Changes();
  }

  /** Several changes; the map that they are made from stays as it is. */
  final class Changes {
    private Object editor = new Object();
    private Node<K, V> changed = root;
    private int count = size;

    Changes put(K key, V value) {
      count += find(changed, key) == null ? 1 : 0;
      changed = HashTrie.this.put(editor, changed, 0, new Leaf<>(key, value));
      return this;
    }

    Changes remove(K key) {
      if (find(changed, key) != null) {
        changed = HashTrie.this.remove(editor, changed, 0, key);
        count--;
      }
      return this;
    }

    /** The changed map. What is changed after this leaves it alone. */
    HashTrie<K, V> done() {
      editor = new Object();
      return new HashTrie<>(words, changed, count);
    }
  }

  /** All values, in an order that depends on nothing but the keys. */
  List<V> values() {
    List<V> values = new ArrayList<>(size);
    visit(root, leaf -> values.add(leaf.value()));
    return values;
  }

  private int digit(K key, int level) {
    long word = words.word(key, level / DIGITS_PER_WORD);
    return (int) (word >>> (level % DIGITS_PER_WORD * DIGIT_BITS)) & DIGIT_MASK;
  }

  private Leaf<K, V> find(K key) {
    return find(root, key);
  }

  private Leaf<K, V> find(Node<K, V> start, K key) {
    Node<K, V> node = start;
    for (int level = 0; node instanceof Branch<K, V> branch; level++) {
      int digit = digit(key, level);
      node = branch.has(digit) ? branch.children[branch.position(digit)] : null;
    }
    return node instanceof Leaf<K, V> leaf && leaf.key().equals(key) ? leaf : null;
  }

  private Node<K, V> put(Object editor, Node<K, V> node, int level, Leaf<K, V> leaf) {
    if (node == null) {
      return leaf;
    }
    if (node instanceof Leaf<K, V> other) {
      return other.key().equals(leaf.key())
          ? leaf
          : put(editor, branchOf(editor, digit(other.key(), level), other), level, leaf);
    }
    Branch<K, V> branch = (Branch<K, V>) node;
    int digit = digit(leaf.key(), level);
    int position = branch.position(digit);
    if (branch.has(digit)) {
      Node<K, V> child = put(editor, branch.children[position], level + 1, leaf);
      return branch.with(editor, position, child);
    }
    Node<K, V>[] children = Arrays.copyOf(branch.children, branch.children.length + 1);
    System.arraycopy(
        branch.children, position, children, position + 1, branch.children.length - position);
    children[position] = leaf;
    return branch.with(editor, branch.present | 1 << digit, children);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static <K, V> Branch<K, V> branchOf(Object editor, int digit, Node<K, V> child) {
    Node<K, V>[] children = new Node[] {child};
    return new Branch<>(editor, 1 << digit, children);
  }

  /** The key is known to be there. */
  private Node<K, V> remove(Object editor, Node<K, V> node, int level, K key) {
    if (node instanceof Leaf) {
      return null;
    }
    Branch<K, V> branch = (Branch<K, V>) node;
    int digit = digit(key, level);
    int position = branch.position(digit);
    Node<K, V> child = remove(editor, branch.children[position], level + 1, key);
    if (child == null) {
      return without(editor, branch, digit, position);
    }
    if (child instanceof Leaf && branch.children.length == 1) {
      return child;
    }
    return branch.with(editor, position, child);
  }

  /** A single leaf needs no branch above it. */
  private static <K, V> Node<K, V> without(
      Object editor, Branch<K, V> branch, int digit, int position) {
    int left = branch.children.length - 1;
    if (left == 0) {
      return null;
    }
    if (left == 1 && branch.children[1 - position] instanceof Leaf<K, V> last) {
      return last;
    }
    Node<K, V>[] children = Arrays.copyOf(branch.children, left);
    System.arraycopy(branch.children, position + 1, children, position, left - position);
    return branch.with(editor, branch.present & ~(1 << digit), children);
  }

  private static <K, V> void visit(Node<K, V> node, Consumer<Leaf<K, V>> visitor) {
    if (node instanceof Leaf<K, V> leaf) {
      visitor.accept(leaf);
    } else if (node instanceof Branch<K, V> branch) {
      for (Node<K, V> child : branch.children) {
        visit(child, visitor);
      }
    }
  }
}
