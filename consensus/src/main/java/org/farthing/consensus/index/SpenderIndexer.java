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
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;

/**
 * The index of spenders ({@code txospenderindex}): for each output that was spent, the place of the
 * transaction that did. Rows of stale blocks stay. Reads: {@link SpenderIndex}.
 */
public final class SpenderIndexer implements Indexer {
  static final Column<Key, Boolean> SPENDERS =
      new Column<>("spenders", Codec.of(Key::writeTo, Key::read), Codec.nothing(), false);

  /**
   * @param prefix the first eight bytes of the txid of the spent output
   * @param index of the spent output
   * @param place of the transaction that spends it
   */
  record Key(long prefix, int index, TxPlace place) {
    static Key of(OutPoint spent, TxPlace place) {
      return new Key(spent.txid().word(0), spent.index(), place);
    }

    private void writeTo(ByteWriter out) {
      out.int64(prefix).int32(index);
      place.writeTo(out);
    }

    private static Key read(ByteReader in) throws DecodeException {
      long prefix = in.int64();
      int index = in.int32();
      return new Key(prefix, index, TxPlace.read(in));
    }
  }

  private static final IndexLayout LAYOUT = new IndexLayout("txospenderindex", 1, columns());

  private static List<Column<?, ?>> columns() {
    List<Column<?, ?>> all = new ArrayList<>(BlockNumbers.COLUMNS);
    all.add(SPENDERS);
    return all;
  }

  /** Where the spender of an output may stand. */
  static KeyRange<Key> places(OutPoint spent) {
    return new KeyRange<>(Key.of(spent, TxPlace.FIRST), Key.of(spent, TxPlace.LAST));
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
    Optional<Integer> number = BlockNumbers.add(block.key().hash(), update);
    if (number.isEmpty()) {
      return;
    }
    int offset = TxPlace.firstOffset(block.block());
    for (Transaction tx : block.block().transactions()) {
      if (!tx.isCoinbase()) {
        TxPlace place = new TxPlace(number.get(), offset);
        for (TxIn input : tx.inputs()) {
          update.put(SPENDERS, Key.of(input.outPoint(), place), true);
        }
      }
      offset += tx.totalSize();
    }
  }

  @Override
  public void disconnect(IndexedBlock block, IndexUpdate update) {
    throw new UnsupportedOperationException("rows of stale blocks stay");
  }
}
