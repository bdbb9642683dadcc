package org.farthing.consensus.chain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.farthing.consensus.primitives.BlockHash;

/**
 * What a chain should do, said as plainly as possible: no candidates are kept, everything is worked
 * out anew after each event from what has been delivered and marked. All blocks have the same work,
 * so that height stands for it.
 */
final class ChainModel {
  private static final int NEVER = -1;

  /** What is known of one block. */
  private static final class Known {
    final BlockTree.Item item;
    final Known parent;
    final int height;
    int arrived = NEVER;
    boolean linked;
    int rank;
    boolean failed;
    boolean connected;

    Known(BlockTree.Item item, Known parent, int height) {
      this.item = item;
      this.parent = parent;
      this.height = height;
    }

    boolean isAtOrAfter(Known other) {
      return this == other || (parent != null && parent.isAtOrAfter(other));
    }

    BlockHash hash() {
      return item.hash();
    }
  }

  private final Map<BlockHash, Known> known = new LinkedHashMap<>();
  private final Known root;
  private Known tip;
  private int clock;
  private int preferences;
  private int heightAtLastPreference;

  /**
   * @param trunk the end of what everybody has
   */
  ChainModel(BlockTree.Item trunk, int height) {
    root = new Known(trunk, null, height);
    root.linked = true;
    root.connected = true;
    known.put(root.hash(), root);
    tip = root;
  }

  private ChainModel(ChainModel original) {
    original.known.values().forEach(this::copyOf);
    root = known.get(original.root.hash());
    tip = known.get(original.tip.hash());
    clock = original.clock;
    preferences = original.preferences;
    heightAtLastPreference = original.heightAtLastPreference;
  }

  /** Parents stand before children. */
  private void copyOf(Known block) {
    Known parent = block.parent == null ? null : known.get(block.parent.hash());
    Known copy = new Known(block.item, parent, block.height);
    copy.arrived = block.arrived;
    copy.linked = block.linked;
    copy.rank = block.rank;
    copy.failed = block.failed;
    copy.connected = block.connected;
    known.put(copy.hash(), copy);
  }

  /** The same state, which goes its own way from here. */
  ChainModel copy() {
    return new ChainModel(this);
  }

  BlockHash tip() {
    return tip.hash();
  }

  /** The reason for which the header is refused, or empty. */
  Optional<String> header(BlockTree.Item item) {
    Known there = known.get(item.hash());
    if (there != null) {
      return there.failed ? Optional.of("duplicate-invalid") : Optional.empty();
    }
    Known parent = known.get(item.block().header().previous());
    if (parent == null) {
      return Optional.of("prev-blk-not-found");
    }
    if (parent.failed) {
      return Optional.of("bad-prevblk");
    }
    known.put(item.hash(), new Known(item, parent, parent.height + 1));
    return Optional.empty();
  }

  /** The reason for which the block is refused, or empty. */
  Optional<String> block(BlockTree.Item item) {
    Optional<String> refused = header(item);
    if (refused.isPresent()) {
      return refused;
    }
    Known block = known.get(item.hash());
    if (block.arrived != NEVER) {
      return Optional.empty();
    }
    if (item.flaw() == BlockTree.Flaw.IN_CONTEXT) {
      fail(block);
      return Optional.of("bad-cb-height");
    }
    block.arrived = clock++;
    if (block.parent.linked) {
      link(List.of(block));
    }
    activate();
    if (!block.failed) {
      return Optional.empty();
    }
    return Optional.of(block.parent.failed ? "bad-prevblk" : "bad-cb-amount");
  }

  private void link(List<Known> level) {
    List<Known> next = new ArrayList<>();
    for (Known block : level) {
      block.linked = true;
      block.rank = ++clock;
    }
    for (Known block : level) {
      known.values().stream()
          .filter(child -> child.parent == block && child.arrived != NEVER)
          .sorted(Comparator.comparingInt(child -> child.arrived))
          .forEach(next::add);
    }
    if (!next.isEmpty()) {
      link(next);
    }
  }

  private void fail(Known block) {
    known.values().stream()
        .filter(other -> other.isAtOrAfter(block))
        .forEach(other -> other.failed = true);
  }

  private void activate() {
    while (true) {
      Known best =
          known.values().stream()
              .filter(block -> block.linked && !block.failed)
              .max(
                  Comparator.comparingInt((Known block) -> block.height)
                      .thenComparing(block -> -block.rank)
                      .thenComparing(block -> block.hash().toString(), Comparator.reverseOrder()))
              .orElseThrow();
      if (walk(best)) {
        tip = best;
        return;
      }
    }
  }

  /** Connects all blocks up to one; false if one of them fails. */
  private boolean walk(Known block) {
    if (block.connected) {
      return true;
    }
    if (!walk(block.parent)) {
      return false;
    }
    if (block.item.flaw() == BlockTree.Flaw.WITH_COINS) {
      fail(block);
      return false;
    }
    block.connected = true;
    return true;
  }

  boolean knows(BlockHash hash) {
    return known.containsKey(hash);
  }

  void invalidate(BlockHash hash) {
    fail(known.get(hash));
    activate();
  }

  void reconsider(BlockHash hash) {
    Known block = known.get(hash);
    known.values().stream()
        .filter(other -> other.isAtOrAfter(block) || block.isAtOrAfter(other))
        .forEach(other -> other.failed = false);
    activate();
  }

  void prefer(BlockHash hash) {
    Known block = known.get(hash);
    if (block.height < tip.height) {
      return;
    }
    if (tip.height > heightAtLastPreference) {
      preferences = 0;
    }
    heightAtLastPreference = tip.height;
    block.rank = --preferences;
    activate();
  }

  /** Forgets in which order things came, but for the active chain. */
  void restart() {
    preferences = 0;
    heightAtLastPreference = 0;
    List<Known> stored =
        known.values().stream()
            .sorted(
                Comparator.comparingInt((Known block) -> block.height)
                    .thenComparing(block -> block.hash().toByteArray(), Arrays::compareUnsigned))
            .toList();
    for (Known block : stored) {
      clock++;
      block.arrived = block.arrived == NEVER ? NEVER : clock;
      block.rank = tip.isAtOrAfter(block) ? 0 : clock;
    }
    activate();
  }

  /** The ends of all branches, with their status. */
  Map<String, ChainTip.Status> tips() {
    Map<String, ChainTip.Status> tips = new TreeMap<>();
    for (Known block : known.values()) {
      if (known.values().stream().noneMatch(other -> other.parent == block)) {
        tips.put(block.hash().toString(), status(block));
      }
    }
    tips.put(tip.hash().toString(), ChainTip.Status.ACTIVE);
    return tips;
  }

  private static ChainTip.Status status(Known block) {
    if (block.failed) {
      return ChainTip.Status.INVALID;
    }
    if (!block.linked) {
      return ChainTip.Status.HEADERS_ONLY;
    }
    return block.connected ? ChainTip.Status.VALID_FORK : ChainTip.Status.VALID_HEADERS;
  }

  /** The height of the best header. */
  int bestHeight() {
    return known.values().stream()
        .filter(block -> !block.failed)
        .mapToInt(block -> block.height)
        .max()
        .orElseThrow();
  }
}
