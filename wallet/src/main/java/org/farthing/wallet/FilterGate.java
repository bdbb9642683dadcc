package org.farthing.wallet;

import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.chain.ParallelSearch;
import org.farthing.consensus.filter.BlockFilter;
import org.farthing.consensus.filter.FilterQuery;

/** Which blocks a wallet has to look at, where filters can tell (BIP-0158). */
final class FilterGate {
  private static final int HELPERS = Runtime.getRuntime().availableProcessors() - 1;

  private static final FilterQuery NOTHING = new FilterQuery.Builder().build();

  private final WalletState state;
  private final ChainAccess chain;
  private ReadingListener listener = ReadingListener.NONE;
  private boolean reading;

  /** All scripts that are watched for, as long as there are so many. */
  private FilterQuery query = NOTHING;

  private int asked;

  FilterGate(WalletState state, ChainAccess chain) {
    this.state = state;
    this.chain = chain;
  }

  void listen(ReadingListener told) {
    listener = told;
  }

  /** Reading begins, or goes on. */
  void open(HeaderNode first) {
    if (!reading) {
      reading = true;
      listener.started(first, chain.hasFilters());
    }
  }

  /** Everything has been read. */
  void close() {
    if (reading) {
      reading = false;
      query = NOTHING;
      asked = 0;
      listener.ended();
    }
  }

  /**
   * Some blocks one after the other.
   *
   * @param blocks by their heights
   * @param from the first height
   * @param end the height behind the last one
   */
  Window window(IntFunction<HeaderNode> blocks, int from, int end) {
    return new Window(IntStream.range(from, end).mapToObj(blocks).toList(), from);
  }

  /** Blocks with their filters. */
  final class Window {
    private final List<HeaderNode> blocks;
    private final List<Optional<BlockFilter>> filters;
    private final int from;

    private Window(List<HeaderNode> blocks, int from) {
      this.blocks = blocks;
      this.filters = blocks.stream().map(chain::filter).toList();
      this.from = from;
    }

    /**
     * The first block, from a height on, that may pay to the wallet or spend from it; empty if none
     * of the others does.
     */
    Optional<HeaderNode> first(int height) {
      int begin = height - from;
      int end = begin;
      while (end < blocks.size() && filters.get(end).isPresent()) {
        end++;
      }
      int found = end == begin ? end : search(begin, end);
      if (found == blocks.size()) {
        return Optional.empty();
      }
      tell(blocks.get(found), filters.get(found));
      return Optional.of(blocks.get(found));
    }

    /** Among blocks that have filters; the end if none is found. */
    private int search(int begin, int end) {
      FilterQuery wanted = query();
      return begin
          + ParallelSearch.start(
                  end - begin,
                  i -> !mayConcern(filters.get(begin + i).orElseThrow(), wanted),
                  chain.workers(),
                  HELPERS)
              .finish()
              .orElse(end - begin);
    }
  }

  private void tell(HeaderNode block, Optional<BlockFilter> filter) {
    if (filter.isPresent()) {
      listener.inspected(block);
    } else if (chain.hasFilters()) {
      listener.unfiltered(block);
    }
  }

  private FilterQuery query() {
    int watched = state.keychains().watchedCount();
    if (watched != asked) {
      FilterQuery.Builder builder = new FilterQuery.Builder();
      state.keychains().forEachWatched(builder::add);
      query = builder.build();
      asked = watched;
    }
    return query;
  }

  private static boolean mayConcern(BlockFilter filter, FilterQuery wanted) {
    try {
      return filter.containsAny(wanted);
    } catch (DecodeException e) {
      // Whoever keeps it has a damaged one: the block itself tells.
      return true;
    }
  }
}
