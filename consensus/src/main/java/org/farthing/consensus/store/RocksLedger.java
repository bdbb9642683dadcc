package org.farthing.consensus.store;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.chain.BlockKey;
import org.farthing.consensus.chain.BlockUndo;
import org.farthing.consensus.chain.Coin;
import org.farthing.consensus.chain.CoinScan;
import org.farthing.consensus.chain.Ledger;
import org.farthing.consensus.chain.LedgerUpdate;
import org.farthing.consensus.chain.StoreException;
import org.farthing.consensus.chain.StoredBlock;
import org.farthing.consensus.chain.StoredHeader;
import org.farthing.consensus.column.Column;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.OutPoint;
import org.rocksdb.RocksDBException;

/** The ledger on RocksDB. What it keeps where: {@link Columns}. */
public final class RocksLedger implements Ledger {
  /** What a rebuild makes anew. */
  private static final List<Column<?, ?>> MADE_FROM_BLOCKS =
      List.of(Columns.HEADERS, Columns.COINS, Columns.UNDO);

  private static final int PAGE = 1_000;
  private static final String NETWORK = "network";
  private static final String FORMAT = "format";
  private static final String GENESIS = "genesis";
  private static final String TIP = "active";
  private static final String COINS_TIP = "tip";
  private static final String REBUILD = "rebuild";
  private static final String BLOCK_BYTES = "block-bytes";

  private final Database database;
  private final BlockHash genesis;
  private final PendingCoins pending = new PendingCoins(this::write);
  private volatile long blockBytes;
  private boolean closed;

  private RocksLedger(Database database, BlockHash genesis) {
    this.database = database;
    this.genesis = genesis;
    this.blockBytes = database.get(Columns.FACTS, BLOCK_BYTES).map(Long::parseLong).orElse(0L);
  }

  /**
   * Opens the ledger in a directory, or makes both.
   *
   * @throws StoreException if the directory cannot be written, is in use by another process, or
   *     holds the data of another network or version
   */
  public static RocksLedger open(Path directory, ConsensusParams params) {
    Directories.make(directory);
    DatabaseOptions options = DatabaseOptions.onDisk();
    Database database;
    try {
      database = Database.open(directory.toString(), Columns.LAYOUT, options);
    } catch (RocksDBException e) {
      throw explain(directory, e);
    }
    return identified(database, directory.toString(), params);
  }

  /**
   * Loads RocksDB's native code, which the first ledger of a process otherwise waits for. Whoever
   * has something else to do meanwhile calls it on another thread.
   */
  public static void loadNativeCode() {
    RocksCode.load();
  }

  /** A new ledger that lives and ends with this object. */
  public static RocksLedger inMemory(ConsensusParams params) {
    try {
      return identified(
          Database.open("/ledger", Columns.LAYOUT, DatabaseOptions.inMemory()), "memory", params);
    } catch (RocksDBException e) {
      throw new StoreException("cannot make a ledger in memory: " + e.getMessage(), e);
    }
  }

  private static StoreException explain(Path directory, RocksDBException e) {
    String message = String.valueOf(e.getMessage());
    boolean inUse = message.contains("lock file") || message.contains("lock hold by");
    return new StoreException(
        inUse
            ? "the data directory "
                + directory
                + " is in use by another node: stop that node, or choose another directory"
            : "cannot open the ledger in " + directory + ": " + message,
        e);
  }

  private static RocksLedger identified(Database database, String place, ConsensusParams params) {
    try {
      identify(database, place, params);
      return new RocksLedger(database, params.genesis().hash());
    } catch (StoreException e) {
      database.close();
      throw e;
    }
  }

  /** Writes down whose ledger this is, or checks it. */
  private static void identify(Database database, String place, ConsensusParams params) {
    Map<String, String> expected =
        Map.of(
            NETWORK, params.network().name(),
            GENESIS, params.genesis().hash().toString(),
            FORMAT, Integer.toString(Columns.FORMAT));
    if (database.get(Columns.FACTS, FORMAT).isEmpty()) {
      database.write(
          batch -> {
            for (Map.Entry<String, String> fact : expected.entrySet()) {
              batch.put(Columns.FACTS, fact.getKey(), fact.getValue());
            }
          });
      return;
    }
    for (String fact : new String[] {FORMAT, NETWORK, GENESIS}) {
      String found = database.get(Columns.FACTS, fact).orElse("none");
      if (!found.equals(expected.get(fact))) {
        throw new StoreException(
            "%s holds data of %s '%s', not '%s': choose another data directory, or remove this one"
                .formatted(place, fact, found, expected.get(fact)));
      }
    }
  }

  @Override
  public void forEachHeader(Consumer<StoredHeader> consumer) {
    database.forEach(Columns.HEADERS, consumer);
  }

  @Override
  public Optional<BlockHash> tip() {
    // Ledgers of earlier versions know one tip only.
    return database
        .get(Columns.FACTS, TIP)
        .or(() -> database.get(Columns.FACTS, COINS_TIP))
        .map(RocksLedger::parse);
  }

  @Override
  public Optional<BlockHash> coinsTip() {
    return pending
        .tip()
        .or(() -> database.get(Columns.FACTS, COINS_TIP).map(RocksLedger::parse))
        .or(() -> tip().map(tip -> genesis));
  }

  private static BlockHash parse(String hash) {
    try {
      return BlockHash.parse(hash);
    } catch (DecodeException e) {
      throw new StoreException("the ledger's tip is damaged: " + hash, e);
    }
  }

  @Override
  public Optional<byte[]> blockBytes(BlockKey block) {
    return database.get(Columns.BLOCKS, block);
  }

  @Override
  public Optional<BlockUndo> undo(BlockKey block) {
    return database.get(Columns.UNDO, block);
  }

  @Override
  public Optional<Coin> coin(OutPoint outPoint) {
    PendingCoins.Change change = pending.find(outPoint);
    return change != null ? change.coin() : database.get(Columns.COINS, outPoint);
  }

  @Override
  public long cacheBytes() {
    return database.cacheBytes();
  }

  @Override
  public long blockBytes() {
    return blockBytes;
  }

  @Override
  public List<StoredBlock> blocksAfter(BlockKey previous, int most) {
    return database.sizesAfter(Columns.BLOCKS, previous, most).stream()
        .map(
            body -> {
              BlockKey key = body.getKey();
              long undo = database.valueSize(Columns.UNDO, key);
              return new StoredBlock(key, body.getValue(), undo);
            })
        .toList();
  }

  @Override
  public void reclaim(int height) {
    BlockKey last = new BlockKey(height + 1, BlockHash.ZERO);
    database.compact(Columns.BLOCKS, last);
    database.compact(Columns.UNDO, last);
  }

  @Override
  public CoinScan scanCoins() {
    pending.flush();
    Database.View view = database.view();
    try {
      String tip =
          view.get(Columns.FACTS, COINS_TIP)
              .orElseThrow(() -> new StoreException("the ledger has no coins yet"));
      return new RocksCoinScan(database, view, parse(tip));
    } catch (StoreException e) {
      view.close();
      throw e;
    }
  }

  @Override
  public void commit(LedgerUpdate update) {
    if (!update.forgottenHeaders().isEmpty()) {
      // The coins in the database may be as of such a block.
      pending.flush();
    }
    long[] bytes = {blockBytes};
    database.write(
        batch -> {
          bytes[0] += fillBlocks(batch, update);
          if (bytes[0] != blockBytes) {
            batch.put(Columns.FACTS, BLOCK_BYTES, Long.toString(bytes[0]));
          }
          fill(batch, update);
        });
    blockBytes = bytes[0];
    if (update.coinsTip().isPresent()) {
      pending.apply(update);
    }
  }

  private void write(Map<OutPoint, PendingCoins.Change> changes, BlockHash tip) {
    database.write(
        batch -> {
          for (Map.Entry<OutPoint, PendingCoins.Change> change : changes.entrySet()) {
            Optional<Coin> coin = change.getValue().coin();
            if (coin.isPresent()) {
              batch.put(Columns.COINS, change.getKey(), coin.get());
            } else {
              batch.delete(Columns.COINS, change.getKey());
            }
          }
          batch.put(Columns.FACTS, COINS_TIP, tip.toString());
        });
  }

  /** Returns by how many bytes the stored blocks grow, or shrink. */
  private long fillBlocks(Batch batch, LedgerUpdate update) throws RocksDBException {
    long growth = 0;
    for (Map.Entry<BlockKey, Block> block : update.blocks().entrySet()) {
      growth -= database.valueSize(Columns.BLOCKS, block.getKey());
      growth += batch.put(Columns.BLOCKS, block.getKey(), block.getValue().serialize());
    }
    for (Map.Entry<BlockKey, BlockUndo> undo : update.undos().entrySet()) {
      growth -= database.valueSize(Columns.UNDO, undo.getKey());
      growth += batch.put(Columns.UNDO, undo.getKey(), undo.getValue());
    }
    for (BlockKey key : update.forgotten()) {
      growth -= database.valueSize(Columns.BLOCKS, key) + database.valueSize(Columns.UNDO, key);
      batch.delete(Columns.BLOCKS, key);
      batch.delete(Columns.UNDO, key);
    }
    for (BlockKey key : update.forgottenUndos()) {
      growth -= database.valueSize(Columns.UNDO, key);
      batch.delete(Columns.UNDO, key);
    }
    return growth;
  }

  private static void fill(Batch batch, LedgerUpdate update) throws RocksDBException {
    for (StoredHeader stored : update.headers()) {
      BlockKey key = new BlockKey(stored.height(), stored.header().hash());
      batch.put(Columns.HEADERS, key, stored);
    }
    for (BlockKey key : update.forgottenHeaders()) {
      batch.delete(Columns.HEADERS, key);
    }
    if (update.tip().isPresent()) {
      batch.put(Columns.FACTS, TIP, update.tip().get().toString());
    }
  }

  @Override
  public void forgetCoins() {
    if (tip().isEmpty()) {
      return;
    }
    pending.discard();
    database.write(
        batch -> {
          batch.clear(Columns.COINS);
          batch.put(Columns.FACTS, TIP, genesis.toString());
          batch.put(Columns.FACTS, COINS_TIP, genesis.toString());
        });
    database.dropFiles(Columns.COINS);
  }

  @Override
  public void startRebuild() {
    pending.discard();
    long bodies = blockBytes - undoBytes();
    database.write(
        batch -> {
          batch.put(Columns.FACTS, REBUILD, "headers");
          batch.put(Columns.FACTS, BLOCK_BYTES, Long.toString(bodies));
          batch.delete(Columns.FACTS, TIP);
          batch.delete(Columns.FACTS, COINS_TIP);
          for (Column<?, ?> column : MADE_FROM_BLOCKS) {
            batch.clear(column);
          }
        });
    blockBytes = bodies;
    MADE_FROM_BLOCKS.forEach(database::dropFiles);
  }

  private long undoBytes() {
    long bytes = 0;
    BlockKey last = new BlockKey(0, BlockHash.ZERO);
    List<Map.Entry<BlockKey, Integer>> some = database.sizesAfter(Columns.UNDO, last, PAGE);
    while (!some.isEmpty()) {
      bytes += some.stream().mapToLong(Map.Entry::getValue).sum();
      last = some.get(some.size() - 1).getKey();
      some = database.sizesAfter(Columns.UNDO, last, PAGE);
    }
    return bytes;
  }

  @Override
  public boolean isRebuilding() {
    return database.get(Columns.FACTS, REBUILD).isPresent();
  }

  @Override
  public void endRebuild() {
    database.write(batch -> batch.delete(Columns.FACTS, REBUILD));
  }

  @Override
  public void close() {
    try {
      if (!closed) {
        pending.close();
      }
    } finally {
      closed = true;
      database.close();
    }
  }
}
