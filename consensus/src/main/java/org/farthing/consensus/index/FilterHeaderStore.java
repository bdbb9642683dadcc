package org.farthing.consensus.index;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.farthing.consensus.chain.ChainReader;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.column.Codec;
import org.farthing.consensus.column.Column;
import org.farthing.consensus.filter.BlockFilter;
import org.farthing.consensus.primitives.FilterHash;
import org.farthing.consensus.primitives.FilterHeader;

/**
 * The headers of filters without the filters (BIP-0157), of a chain whose blocks are elsewhere:
 * what others say, and what a light client believes. Each change survives a kill or has not been
 * made. Owned by one thread, but for reads of a single header.
 */
public final class FilterHeaderStore implements AutoCloseable {
  /** One row at most: from which height on filters were believed that turned out to be wrong. */
  private static final Column<String, Integer> DOUBTS =
      new Column<>(
          "doubts",
          Codec.text(),
          Codec.of((height, out) -> out.int32(height), in -> in.int32()),
          false);

  private static final String FROM = "from";

  private static final IndexLayout LAYOUT =
      new IndexLayout("filter headers", 1, List.of(FilterIndexer.LINKS, DOUBTS));

  private final IndexStore store;
  private final FilterIndex rows;
  private HeaderNode last;

  /** What the store must be able to keep. */
  public static IndexLayout layout() {
    return LAYOUT;
  }

  /**
   * Goes on where the store ends; a new one gets the header of the genesis.
   *
   * @param chain that the blocks belong to
   * @param genesis the filter of its first block
   */
  public FilterHeaderStore(IndexStore store, ChainReader chain, BlockFilter genesis) {
    this.store = store;
    this.rows = new FilterIndex(store);
    Optional<HeaderNode> known = store.position().flatMap(position -> position.known(chain));
    last = known.orElseGet(() -> chain.header(genesis.block()).orElseThrow());
    if (known.isEmpty()) {
      IndexUpdate update = new IndexUpdate(store);
      put(last, genesis.hash(), FilterHeader.ZERO, update);
      store.commit(update, IndexPosition.of(last));
    }
  }

  /** The last block whose filter header is believed; those before it have theirs too. */
  public HeaderNode last() {
    return last;
  }

  /** What was said of a block last. Any thread. */
  public Optional<FilterHeader> header(HeaderNode block) {
    return rows.header(block);
  }

  /** What was said of a block last. Any thread. */
  public Optional<FilterHash> hash(HeaderNode block) {
    return rows.hash(block);
  }

  /**
   * Believes in the filters of the blocks that follow the last one, up to a block. Where others
   * were believed in before, that is noted as a doubt.
   *
   * @param hashes of the filters, in the order of the blocks
   */
  public void append(HeaderNode end, List<FilterHash> hashes) {
    if (end.height() - last.height() != hashes.size() || !last.isAncestorOf(end)) {
      throw new IllegalArgumentException(hashes.size() + " filters from " + last + " to " + end);
    }
    IndexUpdate update = new IndexUpdate(store);
    FilterHeader header = header(last).orElseThrow();
    int firstWrong = Integer.MAX_VALUE;
    for (int i = 0; i < hashes.size(); i++) {
      HeaderNode block = end.ancestor(last.height() + 1 + i);
      Optional<FilterHash> before = hash(block);
      if (before.isPresent() && !before.get().equals(hashes.get(i))) {
        firstWrong = Math.min(firstWrong, block.height());
      }
      header = put(block, hashes.get(i), header, update);
    }
    if (firstWrong < Integer.MAX_VALUE) {
      update.put(DOUBTS, FROM, Math.min(firstWrong, doubtedFrom().orElse(firstWrong)));
    }
    store.commit(update, IndexPosition.of(end));
    last = end;
  }

  private static FilterHeader put(
      HeaderNode block, FilterHash hash, FilterHeader previous, IndexUpdate update) {
    FilterHeader header = previous.next(hash);
    update.put(FilterIndexer.LINKS, block.key(), new FilterIndexer.Link(hash, header));
    return header;
  }

  /** Believes nothing any more of what stands after this block, which is before the last one. */
  public void goBackTo(HeaderNode block) {
    store.commit(new IndexUpdate(store), IndexPosition.of(block));
    last = block;
  }

  /**
   * From which height on filters were believed that turned out to be wrong, so that whoever relied
   * on them has to look again; until {@link #settle}.
   */
  public OptionalInt doubtedFrom() {
    return store.get(DOUBTS, FROM).map(OptionalInt::of).orElse(OptionalInt.empty());
  }

  /**
   * All who relied on wrong filters know that they have to look again.
   *
   * @param from what {@link #doubtedFrom} said; where it says something else now, that stays
   */
  public void settle(int from) {
    if (doubtedFrom().equals(OptionalInt.of(from))) {
      IndexUpdate update = new IndexUpdate(store);
      update.delete(DOUBTS, FROM);
      store.commit(update, IndexPosition.of(last));
    }
  }

  @Override
  public void close() {
    store.close();
  }
}
