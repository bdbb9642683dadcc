package org.farthing.node.sync;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.node.peer.Peer;

/**
 * Follows blocks on their way through the node, and tells how long each took from one stage to the
 * next, so that the peer or the stage that is slow has a name. Each stage counts once for a block,
 * when it is reached first. Node thread.
 */
public final class BlockStages {
  /** Blocks that are on their way at the same time; of older ones nothing is known any more. */
  static final int MAX_BLOCKS = 2 * BlockDownloader.WINDOW;

  /**
   * A block has come one stage further.
   *
   * @param peer who announced it, was asked for it or sent it; empty at other stages, and where it
   *     is our own
   * @param sinceLastNanos time since the stage that it reached before; empty at its first
   */
  public record Step(
      BlockStage stage, HeaderNode block, Optional<Peer> peer, OptionalLong sinceLastNanos) {}

  /** Hears of steps, on the node's thread. */
  @FunctionalInterface
  public interface Listener {
    void reached(Step step);
  }

  private static final class Way {
    private final Set<BlockStage> reached = EnumSet.noneOf(BlockStage.class);
    private long lastNanos;
  }

  private final LongSupplier nanos;
  private final List<Listener> listeners = new ArrayList<>();
  private final Map<BlockHash, Way> ways = new LinkedHashMap<>();

  /**
   * @param nanos a clock that only goes forward
   */
  BlockStages(LongSupplier nanos) {
    this.nanos = nanos;
  }

  public void addListener(Listener listener) {
    listeners.add(listener);
  }

  void reached(BlockStage stage, HeaderNode block, Peer peer) {
    reached(stage, block, Optional.of(peer));
  }

  void reached(BlockStage stage, HeaderNode block) {
    reached(stage, block, Optional.empty());
  }

  private void reached(BlockStage stage, HeaderNode block, Optional<Peer> peer) {
    if (listeners.isEmpty()) {
      return;
    }
    Way way = ways.computeIfAbsent(block.hash(), hash -> new Way());
    boolean isFirst = way.reached.isEmpty();
    if (!way.reached.add(stage)) {
      return;
    }
    long now = nanos.getAsLong();
    OptionalLong since = isFirst ? OptionalLong.empty() : OptionalLong.of(now - way.lastNanos);
    way.lastNanos = now;
    if (ways.size() > MAX_BLOCKS) {
      ways.remove(ways.keySet().iterator().next());
    }
    Step step = new Step(stage, block, peer, since);
    listeners.forEach(listener -> listener.reached(step));
  }
}
