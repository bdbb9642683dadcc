package org.farthing.node.sync;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.farthing.consensus.chain.ChainState;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.FilterHeader;
import org.farthing.node.peer.Outbox;
import org.farthing.node.peer.Peer;
import org.farthing.node.wire.CFCheckpt;
import org.farthing.node.wire.CFHeaders;
import org.farthing.node.wire.CFilter;
import org.farthing.node.wire.FilterRange;
import org.farthing.node.wire.GetCFCheckpt;
import org.farthing.node.wire.GetCFHeaders;
import org.farthing.node.wire.GetCFilters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers peers' questions for block filters (BIP-0157). Who asks for what we have not offered, or
 * for too much, is cut off; where filters are not made yet, no answer is given.
 */
public final class FilterServer {
  private static final Logger LOG = LoggerFactory.getLogger(FilterServer.class);

  /** Filters that one question may ask for. */
  private static final int MAX_FILTERS = 1000;

  /** Filters that one peer may have waiting; who asks for more without reading is cut off. */
  private static final int MAX_WAITING = 4 * MAX_FILTERS;

  private final ChainState chain;
  private final Predicate<HeaderNode> allowed;
  private final Outbox outbox;
  private final Map<Peer, Deque<HeaderNode>> waiting = new HashMap<>();
  private BlockFilters filters;

  /**
   * @param allowed blocks of which peers may know that we have them
   */
  FilterServer(ChainState chain, Predicate<HeaderNode> allowed, Outbox outbox) {
    this.chain = chain;
    this.allowed = allowed;
    this.outbox = outbox;
  }

  /** Filters are offered from now on. */
  public void offer(BlockFilters offered) {
    filters = offered;
  }

  public void getFilters(Peer peer, GetCFilters request) {
    Optional<List<HeaderNode>> blocks = range(peer, request.range(), MAX_FILTERS);
    if (blocks.isEmpty() || all(blocks.get(), filters::hash).isEmpty()) {
      return;
    }
    Deque<HeaderNode> queue = waiting.computeIfAbsent(peer, key -> new ArrayDeque<>());
    if (queue.size() + blocks.get().size() > MAX_WAITING) {
      outbox.disconnect(peer, "too many requests waiting");
      return;
    }
    queue.addAll(blocks.get());
    serve(peer);
  }

  /** Goes on with what waits for this peer, as far as its connection takes it. */
  public void serve(Peer peer) {
    Deque<HeaderNode> queue = waiting.getOrDefault(peer, new ArrayDeque<>());
    while (!queue.isEmpty() && peer.isReady() && peer.connection().writable()) {
      filters
          .filter(queue.poll())
          .ifPresent(filter -> outbox.send(peer, new CFilter(FilterRange.BASIC, filter)));
    }
  }

  public void left(Peer peer) {
    waiting.remove(peer);
  }

  public void getHeaders(Peer peer, GetCFHeaders request) {
    Optional<List<HeaderNode>> blocks = range(peer, request.range(), CFHeaders.MAX_HASHES);
    if (blocks.isEmpty()) {
      return;
    }
    HeaderNode before = blocks.get().get(0).parent();
    Optional<FilterHeader> previous =
        before == null ? Optional.of(FilterHeader.ZERO) : filters.header(before);
    all(blocks.get(), filters::hash)
        .filter(hashes -> previous.isPresent())
        .ifPresent(
            hashes ->
                outbox.send(
                    peer,
                    new CFHeaders(
                        FilterRange.BASIC, request.range().stop(), previous.get(), hashes)));
  }

  public void getCheckpoints(Peer peer, GetCFCheckpt request) {
    Optional<HeaderNode> stop = stop(peer, request.filterType(), request.stop());
    if (stop.isEmpty()) {
      return;
    }
    List<HeaderNode> blocks = new ArrayList<>();
    for (int h = CFCheckpt.INTERVAL; h <= stop.get().height(); h += CFCheckpt.INTERVAL) {
      blocks.add(stop.get().ancestor(h));
    }
    all(blocks, filters::header)
        .ifPresent(
            headers ->
                outbox.send(peer, new CFCheckpt(FilterRange.BASIC, request.stop(), headers)));
  }

  /** The blocks of a range from the lowest up, if the peer may ask for them. */
  private Optional<List<HeaderNode>> range(Peer peer, FilterRange range, int most) {
    Optional<HeaderNode> stop = stop(peer, range.filterType(), range.stop());
    if (stop.isEmpty()) {
      return Optional.empty();
    }
    int last = stop.get().height();
    if (range.startHeight() > last) {
      outbox.disconnect(
          peer,
          "peer sent invalid getcfilters/getcfheaders with start height %d and stop height %d"
              .formatted(range.startHeight(), last));
      return Optional.empty();
    }
    long count = last - range.startHeight() + 1;
    if (count > most) {
      outbox.disconnect(
          peer, "peer requested too many cfilters/cfheaders: %d / %d".formatted(count, most));
      return Optional.empty();
    }
    List<HeaderNode> blocks = new ArrayList<>((int) count);
    for (HeaderNode node = stop.get(); blocks.size() < count; node = node.parent()) {
      blocks.add(node);
    }
    Collections.reverse(blocks);
    return Optional.of(blocks);
  }

  private Optional<HeaderNode> stop(Peer peer, int filterType, BlockHash hash) {
    if (filters == null || filterType != FilterRange.BASIC) {
      outbox.disconnect(peer, "peer requested unsupported block filter type: " + filterType);
      return Optional.empty();
    }
    Optional<HeaderNode> stop = chain.headers().find(hash).filter(allowed);
    if (stop.isEmpty()) {
      outbox.disconnect(peer, "peer requested invalid block hash: " + hash);
    }
    return stop;
  }

  private static <T> Optional<List<T>> all(
      List<HeaderNode> blocks, Function<HeaderNode, Optional<T>> find) {
    List<T> found = new ArrayList<>(blocks.size());
    for (HeaderNode block : blocks) {
      Optional<T> each = find.apply(block);
      if (each.isEmpty()) {
        LOG.debug("no filter of {} is there to be served", block);
        return Optional.empty();
      }
      found.add(each.get());
    }
    return Optional.of(found);
  }
}
