package org.farthing.consensus.index;

import java.util.List;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.chain.BlockKey;
import org.farthing.consensus.chain.StoreException;
import org.farthing.consensus.column.Codec;
import org.farthing.consensus.column.Column;
import org.farthing.consensus.filter.BlockFilter;
import org.farthing.consensus.primitives.FilterHash;
import org.farthing.consensus.primitives.FilterHeader;

/**
 * The index of basic block filters (BIP-0158) and the headers that chain them (BIP-0157). Rows of
 * stale blocks stay. Reads: {@link FilterIndex}.
 */
public final class FilterIndexer implements Indexer {
  private static final Codec<BlockKey> BLOCK_KEY = Codec.of(BlockKey::writeTo, BlockKey::read);

  /** Small rows of their own: who wants headers reads many. */
  static final Column<BlockKey, Link> LINKS =
      new Column<>("links", BLOCK_KEY, Codec.of(Link::writeTo, Link::read), false);

  /** As they travel. */
  static final Column<BlockKey, byte[]> FILTERS =
      new Column<>("filters", BLOCK_KEY, Codec.raw(), true);

  /** What commits to a filter. */
  record Link(FilterHash hash, FilterHeader header) {
    private void writeTo(ByteWriter out) {
      hash.writeTo(out);
      header.writeTo(out);
    }

    private static Link read(ByteReader in) throws DecodeException {
      FilterHash hash = FilterHash.read(in);
      return new Link(hash, FilterHeader.read(in));
    }
  }

  private static final IndexLayout LAYOUT =
      new IndexLayout("basic block filter index", 1, List.of(LINKS, FILTERS));

  @Override
  public IndexLayout layout() {
    return LAYOUT;
  }

  @Override
  public boolean readsUndo() {
    return true;
  }

  @Override
  public StaleRows staleRows() {
    return StaleRows.KEPT;
  }

  @Override
  public void connect(IndexedBlock block, IndexUpdate update) {
    BlockFilter filter = BlockFilter.of(block.block(), block.undo());
    FilterHash hash = filter.hash();
    update.put(LINKS, block.key(), new Link(hash, previous(block, update).next(hash)));
    update.put(FILTERS, block.key(), filter.encoded());
  }

  private static FilterHeader previous(IndexedBlock block, IndexUpdate update) {
    if (block.height() == 0) {
      return FilterHeader.ZERO;
    }
    return update
        .get(LINKS, block.node().parent().key())
        .map(Link::header)
        .orElseThrow(
            () ->
                new StoreException(
                    "the %s has no filter before %s".formatted(LAYOUT.name(), block.node())));
  }

  @Override
  public void disconnect(IndexedBlock block, IndexUpdate update) {
    throw new UnsupportedOperationException("rows of stale blocks stay");
  }
}
