package org.farthing.wallet;

import java.util.Optional;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.filter.BlockFilter;

/** Which blocks a wallet has to look at, where filters can tell (BIP-0158). */
final class FilterGate {
  private final WalletState state;
  private final ChainAccess chain;
  private ReadingListener listener = ReadingListener.NONE;
  private boolean reading;

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

  /** Whether a block may pay to the wallet or spend from it. */
  boolean lets(HeaderNode block) {
    Optional<BlockFilter> filter = chain.filter(block);
    if (filter.isEmpty()) {
      if (chain.hasFilters()) {
        listener.unfiltered(block);
      }
      return true;
    }
    boolean match = match(filter.get());
    if (match) {
      listener.inspected(block);
    }
    return match;
  }

  private boolean match(BlockFilter filter) {
    try {
      return filter.containsAny(state.keychains().watched());
    } catch (DecodeException e) {
      // Whoever keeps it has a damaged one: the block itself tells.
      return true;
    }
  }
}
