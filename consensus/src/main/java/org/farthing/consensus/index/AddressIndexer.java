package org.farthing.consensus.index;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.chain.Coin;
import org.farthing.consensus.column.Codec;
import org.farthing.consensus.column.Column;
import org.farthing.consensus.column.KeyRange;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;

/**
 * The address index: history, unspent outputs and figures of each script, as the active chain has
 * them. Rows of blocks that leave it are removed. Outputs that nobody can spend, the genesis's
 * among them, don't count. Reads: {@link AddressIndex}.
 */
public final class AddressIndexer implements Indexer {
  static final Column<EventKey, EventValue> HISTORY =
      new Column<>(
          "history",
          Codec.of(EventKey::writeTo, EventKey::read),
          Codec.of(EventValue::writeTo, EventValue::read),
          false);

  static final Column<CoinKey, CoinValue> COINS =
      new Column<>(
          "coins",
          Codec.of(CoinKey::writeTo, CoinKey::read),
          Codec.of(CoinValue::writeTo, CoinValue::read),
          false);

  static final Column<ScriptKey, AddressTotals> TOTALS =
      new Column<>(
          "totals",
          Codec.of(ScriptKey::writeTo, ScriptKey::read),
          Codec.of(AddressTotals::writeTo, AddressTotals::read),
          false);

  private static final IndexLayout LAYOUT =
      new IndexLayout("addressindex", 1, List.of(HISTORY, COINS, TOTALS));

  /** Events of one script stand together, in the order of the chain. */
  record EventKey(ScriptKey script, AddressEvent.Place place) {
    private void writeTo(ByteWriter out) {
      script.writeTo(out);
      place.writeTo(out);
    }

    private static EventKey read(ByteReader in) throws DecodeException {
      ScriptKey script = ScriptKey.read(in);
      return new EventKey(script, AddressEvent.Place.read(in));
    }
  }

  /** The rest of an event. */
  record EventValue(Txid txid, long valueSat) {
    private void writeTo(ByteWriter out) {
      txid.writeTo(out);
      out.compactSize(valueSat);
    }

    private static EventValue read(ByteReader in) throws DecodeException {
      Txid txid = Txid.read(in);
      return new EventValue(txid, in.compactSize());
    }
  }

  /** Coins of one script stand together, older ones first. */
  record CoinKey(ScriptKey script, AddressCoin.Place place) {
    private void writeTo(ByteWriter out) {
      script.writeTo(out);
      place.writeTo(out);
    }

    private static CoinKey read(ByteReader in) throws DecodeException {
      ScriptKey script = ScriptKey.read(in);
      return new CoinKey(script, AddressCoin.Place.read(in));
    }
  }

  /** The rest of a coin. */
  record CoinValue(long valueSat, boolean coinbase) {
    private void writeTo(ByteWriter out) {
      out.compactSize(valueSat).uint8(coinbase ? 1 : 0);
    }

    private static CoinValue read(ByteReader in) throws DecodeException {
      long valueSat = in.compactSize();
      return new CoinValue(valueSat, in.uint8() != 0);
    }
  }

  static KeyRange<EventKey> events(
      ScriptKey script, AddressEvent.Place first, AddressEvent.Place last) {
    return new KeyRange<>(new EventKey(script, first), new EventKey(script, last));
  }

  static KeyRange<CoinKey> coins(ScriptKey script, AddressCoin.Place first) {
    return new KeyRange<>(new CoinKey(script, first), new CoinKey(script, AddressCoin.Place.LAST));
  }

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
    return StaleRows.REMOVED;
  }

  @Override
  public void connect(IndexedBlock block, IndexUpdate update) {
    new Run(block, update, Direction.ADD).run();
  }

  @Override
  public void disconnect(IndexedBlock block, IndexUpdate update) {
    new Run(block, update, Direction.TAKE_BACK).run();
  }

  /** Whether a block is added or taken back. */
  private enum Direction {
    ADD,
    TAKE_BACK
  }

  /** One block, forwards or backwards. */
  private static final class Run {
    private static final AddressTotals ONE_TRANSACTION =
        new AddressTotals(1, 0, 0, 0, BigInteger.ZERO);

    private final IndexedBlock block;
    private final IndexUpdate update;
    private final boolean adding;
    private final Map<ScriptKey, AddressTotals> changes = new HashMap<>();

    /** Scripts of the present transaction. */
    private final Set<ScriptKey> touched = new HashSet<>();

    Run(IndexedBlock block, IndexUpdate update, Direction direction) {
      this.block = block;
      this.update = update;
      this.adding = direction == Direction.ADD;
    }

    void run() {
      int count = block.height() == 0 ? 0 : block.block().transactions().size();
      for (int i = 0; i < count; i++) {
        int position = adding ? i : count - 1 - i;
        touched.clear();
        // What a transaction spends was there before what it makes.
        if (adding) {
          inputs(position);
          outputs(position);
        } else {
          outputs(position);
          inputs(position);
        }
        touched.forEach(script -> changes.merge(script, ONE_TRANSACTION, AddressTotals::plus));
      }
      changes.forEach(this::total);
    }

    private void outputs(int position) {
      Transaction tx = block.block().transactions().get(position);
      for (int i = 0; i < tx.outputs().size(); i++) {
        TxOut output = tx.outputs().get(i);
        if (Coin.canBeSpent(output)) {
          ScriptKey script = ScriptKey.of(output.scriptPubKey());
          event(script, position, AddressEvent.Kind.RECEIVED, i, tx.txid(), output);
          coin(script, tx.outPoint(i), new Coin(output, block.height(), tx.isCoinbase()), adding);
          change(
              script,
              new AddressTotals(0, 1, 1, output.valueSat(), BigInteger.valueOf(output.valueSat())));
        }
      }
    }

    private void inputs(int position) {
      Transaction tx = block.block().transactions().get(position);
      List<Coin> spent = position == 0 ? List.of() : block.undo().spent().get(position - 1);
      for (int i = 0; i < spent.size(); i++) {
        Coin coin = spent.get(i);
        ScriptKey script = ScriptKey.of(coin.output().scriptPubKey());
        event(script, position, AddressEvent.Kind.SPENT, i, tx.txid(), coin.output());
        coin(script, tx.inputs().get(i).outPoint(), coin, !adding);
        change(script, new AddressTotals(0, 0, -1, -coin.output().valueSat(), BigInteger.ZERO));
      }
    }

    private void event(
        ScriptKey script,
        int position,
        AddressEvent.Kind kind,
        int index,
        Txid txid,
        TxOut output) {
      EventKey key =
          new EventKey(script, new AddressEvent.Place(block.height(), position, kind, index));
      if (adding) {
        update.put(HISTORY, key, new EventValue(txid, output.valueSat()));
      } else {
        update.delete(HISTORY, key);
      }
    }

    private void coin(ScriptKey script, OutPoint place, Coin coin, boolean there) {
      CoinKey key = new CoinKey(script, new AddressCoin.Place(coin.height(), place));
      if (there) {
        update.put(COINS, key, new CoinValue(coin.output().valueSat(), coin.coinbase()));
      } else {
        update.delete(COINS, key);
      }
    }

    private void change(ScriptKey script, AddressTotals change) {
      touched.add(script);
      changes.merge(script, change, AddressTotals::plus);
    }

    private void total(ScriptKey script, AddressTotals change) {
      AddressTotals before = update.get(TOTALS, script).orElse(AddressTotals.NONE);
      AddressTotals after = adding ? before.plus(change) : before.minus(change);
      if (after.transactions() == 0) {
        update.delete(TOTALS, script);
      } else {
        update.put(TOTALS, script, after);
      }
    }
  }
}
