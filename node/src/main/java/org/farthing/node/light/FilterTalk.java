package org.farthing.node.light;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.filter.BlockFilter;
import org.farthing.consensus.index.FilterHeaderStore;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.node.wire.FilterRange;
import org.farthing.node.wire.GetCFilters;
import org.farthing.node.wire.Message;

/** Fetches filters, each of which must be the one that its header commits to. */
final class FilterTalk {
  /** As many as one question may ask for (BIP-0157). */
  static final int MAX_FILTERS = 1000;

  private final FilterHeaderStore headers;
  private final Sources sources;
  private final Questions<Run, Map<BlockHash, BlockFilter>> questions;
  private final Map<Run, Map<BlockHash, BlockFilter>> parts = new HashMap<>();

  /** Blocks of one branch, from a height up to a block. */
  private record Run(int from, HeaderNode end) {
    int size() {
      return end.height() - from + 1;
    }

    boolean contains(HeaderNode block) {
      return block.height() >= from && block.isAncestorOf(end);
    }
  }

  FilterTalk(FilterHeaderStore headers, Sources sources, Patience patience) {
    this.headers = headers;
    this.sources = sources;
    this.questions = new Questions<>(sources, new Filters(), patience);
  }

  private static final class Filters implements Questions.Subject<Run> {
    @Override
    public boolean suits(Source source, Run key) {
      return source.hasFilters() && source.has(key.end());
    }

    @Override
    public Message question(Run key) {
      return new GetCFilters(new FilterRange(FilterRange.BASIC, key.from(), key.end().hash()));
    }

    @Override
    public String name(Run key) {
      return "filters of the blocks " + key.from() + " to " + key.end().height();
    }
  }

  /** The filters from a height up to a block, at most {@link #MAX_FILTERS}. */
  CompletableFuture<Map<BlockHash, BlockFilter>> ask(int from, HeaderNode end, long nowMillis) {
    return questions.ask(new Run(from, end), nowMillis);
  }

  void filter(Source source, BlockFilter filter, HeaderNode block, long nowMillis) {
    for (Run run : questions.keys()) {
      if (questions.isAsked(source, run) && run.contains(block)) {
        part(source, run, filter, block, nowMillis);
      }
    }
  }

  private void part(Source source, Run run, BlockFilter filter, HeaderNode block, long nowMillis) {
    if (!headers.hash(block).equals(Optional.of(filter.hash()))) {
      sources.expose(
          source, "sent a filter of block " + block + " that is not the one of its header");
      parts.remove(run);
      questions.refused(source, run, nowMillis);
      return;
    }
    Map<BlockHash, BlockFilter> part = parts.computeIfAbsent(run, key -> new HashMap<>());
    part.put(filter.block(), filter);
    questions.goesOn(run, nowMillis);
    if (part.size() == run.size()) {
      parts.remove(run);
      questions.answered(run, part);
    }
  }

  void left(Source source, long nowMillis) {
    questions.left(source, nowMillis);
  }

  void tick(long nowMillis) {
    questions.tick(nowMillis);
  }
}
