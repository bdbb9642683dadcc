package org.farthing.wallet;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
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

  private final WalletState state;
  private final ChainAccess chain;
  private ReadingListener listener = ReadingListener.NONE;
  private boolean reading;

  /** All scripts that are watched for, as long as there are so many. */
  private FilterQuery query = new FilterQuery.Builder().build();

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
      FilterQuery wanted = query();
      OptionalInt found =
          ParallelSearch.start(
                  blocks.size() - begin,
                  i -> !mayConcern(filters.get(begin + i), wanted),
                  chain.workers(),
                  HELPERS)
              .finish();
      if (found.isEmpty()) {
        return Optional.empty();
      }
      HeaderNode block = blocks.get(begin + found.getAsInt());
      tell(block, filters.get(begin + found.getAsInt()));
      return Optional.of(block);
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

  private static boolean mayConcern(Optional<BlockFilter> filter, FilterQuery wanted) {
    try {
      return filter.isEmpty() || filter.get().containsAny(wanted);
    } catch (DecodeException e) {
      // Whoever keeps it has a damaged one: the block itself tells.
      return true;
    }
  }
}
