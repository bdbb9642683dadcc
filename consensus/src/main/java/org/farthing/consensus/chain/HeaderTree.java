package org.farthing.consensus.chain;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.farthing.consensus.primitives.BlockHash;

/**
 * All headers that passed their checks, and what is known of their blocks. {@link #find} and {@link
 * #status} are for any thread, everything else for the owner of the chain.
 *
 * <p>A block is <i>linked</i> when its body and those of all its ancestors are stored: only then it
 * can be connected. The linked blocks that are not known to be invalid and have at least the work
 * of the tip are the <i>candidates</i> for the next tip. The one with most work is the best; of
 * several with the same work, the one that was linked first.
 */
public final class HeaderTree {
  private static final Comparator<Entry> BEST_FIRST =
      Comparator.comparing((Entry entry) -> entry.node.chainWork())
          .reversed()
          .thenComparingLong(entry -> entry.linkedAt);

  private final ConcurrentMap<BlockHash, Entry> entries = new ConcurrentHashMap<>();
  private final TreeSet<Entry> candidates = new TreeSet<>(BEST_FIRST);
  private HeaderNode genesis;
  private HeaderNode best;
  private long linkCount;

  /** A node, its block's status and its children. */
  private static final class Entry {
    static final long NOT_LINKED = -1;

    final HeaderNode node;
    final List<Entry> children = new ArrayList<>(1);
    volatile BlockStatus status;
    long linkedAt = NOT_LINKED;

    Entry(HeaderNode node, BlockStatus status) {
      this.node = node;
      this.status = status;
    }

    boolean isLinked() {
      return linkedAt != NOT_LINKED;
    }
  }

  HeaderTree() {}

  /** The header in its place, on any thread. */
  public Optional<HeaderNode> find(BlockHash hash) {
    return Optional.ofNullable(entries.get(hash)).map(entry -> entry.node);
  }

  public HeaderNode genesis() {
    return genesis;
  }

  /** The header with most work that is not known to be invalid; of several, the first seen. */
  public HeaderNode best() {
    return best;
  }

  /** How many headers there are. */
  public int size() {
    return entries.size();
  }

  /** What is known of a block as of now, on any thread. */
  public BlockStatus status(HeaderNode node) {
    return entry(node).status;
  }

  /** All nodes without children: the ends of the branches. */
  public List<HeaderNode> leaves() {
    return entries.values().stream()
        .filter(entry -> entry.children.isEmpty())
        .map(entry -> entry.node)
        .toList();
  }

  private Entry entry(HeaderNode node) {
    Entry entry = entries.get(node.hash());
    if (entry == null) {
      throw new AssertionError("not in the tree: " + node);
    }
    return entry;
  }

  /**
   * Adds a node whose parent is in the tree, or the genesis. A child of a failed node has failed.
   */
  void add(HeaderNode node, BlockStatus known) {
    Entry entry = new Entry(node, known);
    if (node.parent() == null) {
      genesis = node;
      best = node;
    } else {
      Entry parent = entry(node.parent());
      parent.children.add(entry);
      if (parent.status.isFailed()) {
        entry.status = known.withFailed();
      }
    }
    entries.put(node.hash(), entry);
    offerBest(entry);
    if (known.isStored()) {
      link(entry);
    }
  }

  private void offerBest(Entry entry) {
    if (!entry.status.isFailed() && entry.node.chainWork().compareTo(best.chainWork()) > 0) {
      best = entry.node;
    }
  }

  /**
   * @param transactions how many the body has
   */
  void markStored(HeaderNode node, int transactions) {
    Entry entry = entry(node);
    entry.status = entry.status.withStored(transactions);
    link(entry);
  }

  void markConnected(HeaderNode node) {
    Entry entry = entry(node);
    entry.status = entry.status.withConnected();
  }

  /** Links a stored block whose parent is linked, and all stored blocks that waited for it. */
  private void link(Entry first) {
    HeaderNode parent = first.node.parent();
    if (parent != null && !entry(parent).isLinked()) {
      return;
    }
    Deque<Entry> queue = new ArrayDeque<>();
    queue.add(first);
    while (!queue.isEmpty()) {
      Entry entry = queue.remove();
      entry.linkedAt = linkCount++;
      if (!entry.status.isFailed()) {
        candidates.add(entry);
      }
      for (Entry child : entry.children) {
        if (child.status.isStored()) {
          queue.add(child);
        }
      }
    }
  }

  /** The block that should be the tip. */
  HeaderNode bestCandidate() {
    return candidates.first().node;
  }

  /** Forgets the candidates with less work than {@code tip}, which is the best. */
  void dropCandidatesWorseThan(HeaderNode tip) {
    while (candidates.last().node.chainWork().compareTo(tip.chainWork()) < 0) {
      candidates.pollLast();
    }
  }

  /** Marks a node and all its descendants. */
  void markFailed(HeaderNode node) {
    for (Entry entry : subtree(entry(node))) {
      entry.status = entry.status.withFailed();
      candidates.remove(entry);
    }
    if (node.isAncestorOf(best)) {
      findBest();
    }
  }

  /** Takes the mark from a node and all its descendants. */
  void clearFailed(HeaderNode node) {
    for (Entry entry : subtree(entry(node))) {
      entry.status = entry.status.withoutFailed();
    }
    findBest();
  }

  /**
   * Makes every linked block that has not failed a candidate again: the tip may have to go back.
   */
  void restoreCandidates() {
    entries.values().stream()
        .filter(entry -> entry.isLinked() && !entry.status.isFailed())
        .forEach(candidates::add);
  }

  /** Lets {@code tip} and its ancestors win against other branches of the same work. */
  void prefer(HeaderNode tip) {
    Entry entry = entry(tip);
    candidates.remove(entry);
    entry.linkedAt = Long.MIN_VALUE;
    candidates.add(entry);
  }

  private void findBest() {
    best = genesis;
    entries.values().stream()
        .filter(entry -> !entry.status.isFailed())
        .min(
            Comparator.comparing((Entry entry) -> entry.node.chainWork())
                .reversed()
                .thenComparing(entry -> entry.isLinked() ? entry.linkedAt : Long.MAX_VALUE))
        .ifPresent(entry -> best = entry.node);
  }

  private static List<Entry> subtree(Entry root) {
    List<Entry> all = new ArrayList<>(List.of(root));
    for (int i = 0; i < all.size(); i++) {
      all.addAll(all.get(i).children);
    }
    return all;
  }
}
