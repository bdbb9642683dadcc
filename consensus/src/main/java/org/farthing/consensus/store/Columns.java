package org.farthing.consensus.store;

import java.util.ArrayList;
import java.util.List;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.chain.BlockKey;
import org.farthing.consensus.chain.BlockUndo;
import org.farthing.consensus.chain.Coin;
import org.farthing.consensus.chain.StoredHeader;
import org.farthing.consensus.column.Codec;
import org.farthing.consensus.column.Column;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;

/**
 * The map of the database.
 *
 * <pre>
 * column    key              value
 * default   name of a fact   text: "network", "format", "genesis",
 *                            "active" (the last connected block), "tip" (the block as of which
 *                            the coins are: the same, or an earlier one),
 *                            "block-bytes" (of all values in blocks and undo),
 *                            "rebuild" (while the headers of stored blocks are looked for)
 * headers   height, hash     header (80 bytes), height, flags (1 byte) and number of transactions
 *                            of a {@link StoredHeader}'s status
 * blocks    height, hash     the block as it travels
 * undo      height, hash     the coins that it spent, transaction by transaction
 * coins     txid, index      2 * height + coinbase, amount, script
 * </pre>
 *
 * Numbers are compact sizes where no width is given. Height and index in keys have four bytes,
 * big-endian: parents stand before their children, and the outputs of a transaction in their order.
 */
final class Columns {
  /** The version of this map. A ledger of another version is not opened. */
  static final int FORMAT = 2;

  private static final Codec<BlockKey> BLOCK_KEY = Codec.of(BlockKey::writeTo, BlockKey::read);

  static final Column<String, String> FACTS =
      new Column<>("default", Codec.text(), Codec.text(), false);

  static final Column<BlockKey, StoredHeader> HEADERS =
      new Column<>("headers", BLOCK_KEY, new HeaderCodec(), false);

  static final Column<BlockKey, byte[]> BLOCKS =
      new Column<>("blocks", BLOCK_KEY, Codec.raw(), true);

  static final Column<BlockKey, BlockUndo> UNDO =
      new Column<>("undo", BLOCK_KEY, Codec.of(Columns::writeUndo, Columns::readUndo), true);

  static final Column<OutPoint, Coin> COINS =
      new Column<>(
          "coins",
          Codec.of(Columns::writeOutPoint, Columns::readOutPoint),
          Codec.of(Columns::writeCoin, Columns::readCoin),
          false);

  static final List<Column<?, ?>> ALL = List.of(FACTS, HEADERS, BLOCKS, UNDO, COINS);

  static final Database.Layout LAYOUT = new Database.Layout("the ledger", ALL);

  private Columns() {}

  private static void writeOutPoint(OutPoint outPoint, ByteWriter out) {
    outPoint.txid().writeTo(out);
    out.int32(Integer.reverseBytes(outPoint.index()));
  }

  private static OutPoint readOutPoint(ByteReader in) throws DecodeException {
    Txid txid = Txid.read(in);
    return new OutPoint(txid, Integer.reverseBytes(in.int32()));
  }

  private static void writeCoin(Coin coin, ByteWriter out) {
    out.compactSize(2L * coin.height() + (coin.coinbase() ? 1 : 0));
    out.compactSize(coin.output().valueSat());
    coin.output().scriptPubKey().writeTo(out);
  }

  private static Coin readCoin(ByteReader in) throws DecodeException {
    long code = in.compactSize();
    long valueSat = in.compactSize();
    TxOut output = new TxOut(valueSat, Script.read(in));
    return new Coin(output, toInt(code >>> 1), (code & 1) == 1);
  }

  static int readInt(ByteReader in) throws DecodeException {
    return toInt(in.compactSize());
  }

  private static int toInt(long value) throws DecodeException {
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw new DecodeException("number out of range: " + Long.toUnsignedString(value));
    }
    return (int) value;
  }

  private static void writeUndo(BlockUndo undo, ByteWriter out) {
    out.compactSize(undo.spent().size());
    for (List<Coin> coins : undo.spent()) {
      out.compactSize(coins.size());
      coins.forEach(coin -> writeCoin(coin, out));
    }
  }

  private static BlockUndo readUndo(ByteReader in) throws DecodeException {
    List<List<Coin>> spent = new ArrayList<>();
    int transactions = in.count(1);
    for (int i = 0; i < transactions; i++) {
      List<Coin> coins = new ArrayList<>();
      int inputs = in.count(1);
      for (int j = 0; j < inputs; j++) {
        coins.add(readCoin(in));
      }
      spent.add(coins);
    }
    return new BlockUndo(spent);
  }
}
