package org.farthing.consensus.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.column.Codec;
import org.farthing.consensus.column.Column;
import org.farthing.consensus.column.KeyRange;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Txid;

/**
 * The transaction index ({@code txindex}): the places of all transactions but the genesis's, which
 * is not one that can be spent. Rows of stale blocks stay. Reads: {@link TxIndex}.
 */
public final class TxIndexer implements Indexer {
  /** The places of transactions whose identifiers begin alike. */
  static final Column<Key, Boolean> PLACES =
      new Column<>("places", Codec.of(Key::writeTo, Key::read), Codec.nothing(), false);

  /**
   * @param prefix the first eight bytes of the txid: enough to tell it from nearly all others
   */
  record Key(long prefix, TxPlace place) {
    private void writeTo(ByteWriter out) {
      out.int64(prefix);
      place.writeTo(out);
    }

    private static Key read(ByteReader in) throws DecodeException {
      long prefix = in.int64();
      return new Key(prefix, TxPlace.read(in));
    }
  }

  private static final IndexLayout LAYOUT = new IndexLayout("txindex", 1, columns());

  private static List<Column<?, ?>> columns() {
    List<Column<?, ?>> all = new ArrayList<>(BlockNumbers.COLUMNS);
    all.add(PLACES);
    return all;
  }

  /** Where a transaction may stand. */
  static KeyRange<Key> places(Txid txid) {
    long prefix = txid.word(0);
    return new KeyRange<>(new Key(prefix, TxPlace.FIRST), new Key(prefix, TxPlace.LAST));
  }

  @Override
  public IndexLayout layout() {
    return LAYOUT;
  }

  @Override
  public boolean readsUndo() {
    return false;
  }

  @Override
  public StaleRows staleRows() {
    return StaleRows.KEPT;
  }

  @Override
  public void connect(IndexedBlock block, IndexUpdate update) {
    if (block.height() == 0) {
      return;
    }
    Optional<Integer> number = BlockNumbers.add(block.key().hash(), update);
    if (number.isEmpty()) {
      return;
    }
    int offset = TxPlace.firstOffset(block.block());
    for (Transaction tx : block.block().transactions()) {
      update.put(PLACES, new Key(tx.txid().word(0), new TxPlace(number.get(), offset)), true);
      offset += tx.totalSize();
    }
  }

  @Override
  public void disconnect(IndexedBlock block, IndexUpdate update) {
    throw new UnsupportedOperationException("rows of stale blocks stay");
  }
}
