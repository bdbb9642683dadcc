package org.farthing.consensus.chain;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.farthing.consensus.primitives.BlockHash;

/**
 * All headers that passed their checks, and what is known of their blocks. {@link #find} and {@link
 * #status} are for any thread, everything else for the owner of the chain.
 *
 * <p>A block is <i>linked</i> when its body and those of all its ancestors have been received: only
 * then it can be connected. From the linked blocks the next tip is chosen; see {@link Candidates}.
 *
 * <p>Whatever follows a failed block has failed too, and is marked itself: the mark of a block can
 * be taken away without touching other branches.
 */
public final class HeaderTree {
  /** Another one, of the right size, only while what is stored is loaded. */
  private ConcurrentMap<BlockHash, HeaderEntry> entries = new ConcurrentHashMap<>();

  private final Rewind rewind = new Rewind();
  private final Candidates candidates = new Candidates(rewind);

  /** What the present {@link #revert} touches. */
  private final Set<HeaderEntry> takenBack = new LinkedHashSet<>();

  private HeaderEntry genesis;
  private HeaderEntry best;

  HeaderTree() {}

  /** The header in its place, on any thread. */
  public Optional<HeaderNode> find(BlockHash hash) {
    return Optional.ofNullable(entries.get(hash)).map(entry -> entry.node);
  }

  public HeaderNode genesis() {
    return genesis.node;
  }

  /** The header with most work that is not known to be invalid; of several, the first seen. */
  public HeaderNode best() {
    return best.node;
  }

  /** How many headers there are. */
  public int size() {
    return entries.size();
  }

  /**
   * What is known of a block as of now, on any thread. Of a header that was forgotten since nothing
   * is.
   */
  public BlockStatus status(HeaderNode node) {
    HeaderEntry entry = entries.get(node.hash());
    return entry == null ? BlockStatus.HEADER_ONLY : entry.status;
  }

  /**
   * How many transactions the chain up to here has, on any thread; 0 while a body is missing that
   * was never there, or where the header was forgotten since.
   */
  long chainTransactions(HeaderNode node) {
    HeaderEntry entry = entries.get(node.hash());
    return entry == null ? 0 : entry.chainTransactions();
  }

  /** All nodes without children: the ends of the branches. */
  public List<HeaderNode> leaves() {
    return entries.values().stream()
        .filter(entry -> entry.children().isEmpty())
        .map(entry -> entry.node)
        .toList();
  }

  /** The ends of all branches, the active one among them, whether others follow its tip or not. */
  List<ChainTip> tips(HeaderNode tip) {
    List<ChainTip> tips = new ArrayList<>();
    tips.add(new ChainTip(tip, ChainTip.Status.ACTIVE));
    leaves().stream()
        .filter(leaf -> leaf != tip)
        .forEach(leaf -> tips.add(new ChainTip(leaf, inactive(entry(leaf)))));
    return tips;
  }

  private static ChainTip.Status inactive(HeaderEntry leaf) {
    if (leaf.status.isFailed()) {
      return ChainTip.Status.INVALID;
    }
    if (!leaf.isLinked()) {
      return ChainTip.Status.HEADERS_ONLY;
    }
    return leaf.status.wasConnected() ? ChainTip.Status.VALID_FORK : ChainTip.Status.VALID_HEADERS;
  }

  /** Null where there is none. */
  HeaderEntry entry(BlockHash hash) {
    return entries.get(hash);
  }

  private HeaderEntry entry(HeaderNode node) {
    HeaderEntry entry = entries.get(node.hash());
    if (entry == null) {
      throw new AssertionError("not in the tree: " + node);
    }
    return entry;
  }

  /** Header and status, as the ledger keeps them. */
  StoredHeader stored(HeaderNode node) {
    return entry(node).stored();
  }

  /** The same of a node and all that follow it, each after its parent. */
  List<StoredHeader> storedFrom(HeaderNode node) {
    return entry(node).subtree().stream().map(HeaderEntry::stored).toList();
  }

  /** Takes in headers that the ledger has, before the tree starts; the genesis comes first. */
  void load(List<HeaderEntry> some) {
    if (entries.isEmpty() && !some.isEmpty()) {
      genesis = some.get(0);
      best = genesis;
      // To let it grow would take longer than all else here.
      entries = new ConcurrentHashMap<>(some.size());
    }
    for (HeaderEntry entry : some) {
      entries.put(entry.node.hash(), entry);
    }
  }

  /**
   * To be called once, after all headers were loaded.
   *
   * @param loaded all of them: a walk in the order in which they came is much the quickest
   */
  void start(HeaderNode tip, List<HeaderEntry> loaded) {
    candidates.start(entry(tip), entries.size());
    HeaderNode least = entry(tip).status.isFailed() ? genesis() : tip;
    restoreCandidates(least, loaded);
    findBest(least, loaded);
  }

  /** Adds a new header, whose parent is in the tree. */
  void add(HeaderNode node) {
    HeaderEntry parent = entry(node.parent());
    HeaderEntry entry = new HeaderEntry(node, parent, BlockStatus.HEADER_ONLY);
    parent.adopt(entry);
    entries.put(node.hash(), entry);
    rewind.changed(() -> remove(entry));
    if (entry.hasMoreWorkThan(best)) {
      setBest(entry);
    }
  }

  private void setBest(HeaderEntry entry) {
    HeaderEntry before = best;
    best = entry;
    rewind.changed(() -> best = before);
  }

  private void setStatus(HeaderEntry entry, BlockStatus status) {
    BlockStatus before = entry.status;
    entry.status = status;
    rewind.changed(
        () -> {
          // What was pruned meanwhile does not come back.
          boolean gone = before.isStored() && !entry.status.isStored();
          entry.status = gone ? before.withPruned() : before;
          takenBack.add(entry);
        });
  }

  private void remove(HeaderEntry entry) {
    entries.remove(entry.node.hash());
    entry.parent.disown(entry);
    takenBack.add(entry);
  }

  /**
   * The body is in the ledger now.
   *
   * @param transactions how many it has
   */
  void markStored(HeaderNode node, int transactions) {
    HeaderEntry entry = entry(node);
    setStatus(entry, entry.status.withStored(transactions));
    if (entry.isLinked()) {
      // It was there before, and is not first seen now, nor is what follows it.
      entry.subtree().forEach(candidates::offer);
    } else if (entry.parent == null || entry.parent.isLinked()) {
      link(entry);
    } else {
      moveBehindSiblings(entry);
    }
  }

  /** Siblings are linked in the order in which their bodies came, not their headers. */
  private void moveBehindSiblings(HeaderEntry entry) {
    HeaderEntry parent = entry.parent;
    int place = parent.disown(entry);
    parent.adopt(entry);
    rewind.changed(
        () -> {
          parent.disown(entry);
          parent.adopt(entry, place);
        });
  }

  /** The body has been removed from the ledger to save space. */
  void markPruned(HeaderNode node) {
    HeaderEntry entry = entry(node);
    entry.status = entry.status.withPruned();
  }

  void markConnected(HeaderNode node) {
    HeaderEntry entry = entry(node);
    setStatus(entry, entry.status.withConnected());
  }

  /** Links a block and all received blocks that waited for it. */
  private void link(HeaderEntry first) {
    Deque<HeaderEntry> queue = new ArrayDeque<>(List.of(first));
    while (!queue.isEmpty()) {
      HeaderEntry entry = queue.remove();
      candidates.linked(entry);
      entry.children().stream().filter(child -> child.status.wasStored()).forEach(queue::add);
    }
  }

  /** The block that should be the tip: the best of which everything is there that is needed. */
  HeaderNode bestCandidate(HeaderNode tip) {
    while (true) {
      HeaderEntry candidate = candidates.best();
      HeaderEntry gap = firstWithoutBody(candidate, tip.forkWith(candidate.node));
      if (gap == null) {
        return candidate.node;
      }
      // What follows becomes a candidate again when the missing body is received once more.
      for (HeaderEntry entry = candidate; entry != gap.parent; entry = entry.parent) {
        candidates.remove(entry);
      }
    }
  }

  private static HeaderEntry firstWithoutBody(HeaderEntry candidate, HeaderNode fork) {
    HeaderEntry found = null;
    for (HeaderEntry entry = candidate; entry.node != fork; entry = entry.parent) {
      found = entry.status.isStored() ? found : entry;
    }
    return found;
  }

  /** Forgets the candidates that are worse than {@code tip}. */
  void dropCandidatesWorseThan(HeaderNode tip) {
    candidates.dropWorseThan(entry(tip));
  }

  /** Makes candidates of all that have at least the work of {@code least}: the tip may go back. */
  void restoreCandidates(HeaderNode least) {
    restoreCandidates(least, entries.values());
  }

  private void restoreCandidates(HeaderNode least, Collection<HeaderEntry> all) {
    HeaderEntry limit = entry(least);
    for (HeaderEntry entry : all) {
      if (!entry.hasLessWorkThan(limit)) {
        candidates.offer(entry);
      }
    }
  }

  /** Lets a block win against others of the same work until the chain grows. */
  void prefer(HeaderNode node, HeaderNode tip) {
    candidates.prefer(entry(node), entry(tip));
  }

  /**
   * Marks a node and all its descendants.
   *
   * @return those that were not marked yet, as the ledger has to keep them
   */
  List<StoredHeader> markFailed(HeaderNode node, HeaderNode tip) {
    List<StoredHeader> changed = new ArrayList<>();
    for (HeaderEntry entry : entry(node).subtree()) {
      if (!entry.status.isFailed()) {
        setStatus(entry, entry.status.withFailed());
        changed.add(entry.stored());
      }
      candidates.remove(entry);
    }
    if (node.isAncestorOf(best.node)) {
      findBest(node.isAncestorOf(tip) ? node.parent() : tip);
    }
    return changed;
  }

  /**
   * Takes the mark from a node, all its descendants and all its ancestors.
   *
   * @return those that were marked, as the ledger has to keep them
   */
  List<StoredHeader> clearFailed(HeaderNode node, HeaderNode tip) {
    List<HeaderEntry> affected = new ArrayList<>(entry(node).subtree());
    for (HeaderEntry entry = entry(node).parent; entry != null; entry = entry.parent) {
      affected.add(entry);
    }
    List<StoredHeader> changed = new ArrayList<>();
    for (HeaderEntry entry : affected) {
      if (entry.status.isFailed()) {
        setStatus(entry, entry.status.withoutFailed());
        changed.add(entry.stored());
        candidates.offer(entry);
      }
    }
    findBest(tip);
    return changed;
  }

  /** Searches the best header; {@code first}, which is valid, wins against others of its work. */
  private void findBest(HeaderNode first) {
    findBest(first, entries.values());
  }

  private void findBest(HeaderNode first, Collection<HeaderEntry> all) {
    HeaderEntry found = entry(first);
    for (HeaderEntry entry : all) {
      if (!entry.status.isFailed() && entry.hasMoreWorkThan(found)) {
        found = entry;
      }
    }
    setBest(found);
  }

  /** Marks the tree as it is now. */
  Rewind.Mark mark() {
    return rewind.mark();
  }

  void endMark(Rewind.Mark mark) {
    rewind.end(mark);
  }

  /**
   * @throws IllegalArgumentException if the mark has ended
   */
  void expect(Rewind.Mark mark) {
    rewind.expect(mark);
  }

  /**
   * What going back has changed.
   *
   * @param removed headers that are not in the tree any more, children before their parents
   * @param changed headers whose status is another one, as the ledger has to keep them
   */
  record Reverted(List<HeaderNode> removed, List<StoredHeader> changed) {}

  /** Makes the tree what it was at the mark, but for bodies that were pruned since. */
  Reverted revert(Rewind.Mark mark) {
    takenBack.clear();
    rewind.to(mark);
    List<HeaderNode> removed = new ArrayList<>();
    List<StoredHeader> changed = new ArrayList<>();
    for (HeaderEntry entry : takenBack) {
      if (entries.get(entry.node.hash()) == entry) {
        changed.add(entry.stored());
      } else {
        removed.add(entry.node);
      }
    }
    takenBack.clear();
    removed.sort(Comparator.comparingInt(HeaderNode::height).reversed());
    return new Reverted(removed, changed);
  }
}
