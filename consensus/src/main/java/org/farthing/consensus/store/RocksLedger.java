package org.farthing.consensus.store;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.chain.BlockKey;
import org.farthing.consensus.chain.BlockUndo;
import org.farthing.consensus.chain.ChainReader;
import org.farthing.consensus.chain.Coin;
import org.farthing.consensus.chain.CoinScan;
import org.farthing.consensus.chain.Ledger;
import org.farthing.consensus.chain.LedgerUpdate;
import org.farthing.consensus.chain.StoreException;
import org.farthing.consensus.chain.StoredBlock;
import org.farthing.consensus.chain.StoredHeader;
import org.farthing.consensus.column.Column;
import org.farthing.consensus.params.ConsensusParams;
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
  private static final String REBUILD = "rebuild";
  private static final String BLOCK_BYTES = "block-bytes";

  private final Database database;
  private final BlockHash genesis;
  private final CoinRows coinRows;
  private final CoinCache coins;
  private final ChainReader.CacheSizes caches;
  private volatile long blockBytes;
  private boolean closed;

  private RocksLedger(
      Database database,
      ConsensusParams params,
      CoinRows coinRows,
      CoinPages pages,
      LedgerMemory memory) {
    this.database = database;
    this.genesis = params.genesis().hash();
    this.coinRows = coinRows;
    this.coins = new CoinCache(coinRows, pages, memory.coins());
    this.caches = new ChainReader.CacheSizes(memory.blockCache(), memory.coins());
    this.blockBytes = database.get(Columns.FACTS, BLOCK_BYTES).map(Long::parseLong).orElse(0L);
  }

  /** The same with little memory. */
  public static RocksLedger open(Path directory, ConsensusParams params) {
    return open(directory, params, LedgerMemory.SMALL);
  }

  /**
   * Opens the ledger in a directory, or makes both.
   *
   * @throws StoreException if the directory cannot be written, is in use by another process, or
   *     holds the data of another network or version
   */
  public static RocksLedger open(Path directory, ConsensusParams params, LedgerMemory memory) {
    Directories.make(directory);
    DatabaseOptions options = DatabaseOptions.onDisk(memory);
    Database database;
    try {
      database = Database.open(directory.toString(), Columns.LAYOUT, options);
    } catch (RocksDBException e) {
      throw explain(directory, e);
    }
    try {
      expect(database, directory.toString(), params);
      CoinRows coins = CoinRows.onDisk(database, directory);
      return new RocksLedger(database, params, coins, CoinPages.outsideTheHeap(), memory);
    } catch (RuntimeException | Error e) {
      // One of somebody else, or damaged.
      database.close();
      throw e;
    }
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
    Database database;
    try {
      database = Database.open("/ledger", Columns.LAYOUT, DatabaseOptions.inMemory());
    } catch (RocksDBException e) {
      throw new StoreException("cannot make a ledger in memory: " + e.getMessage(), e);
    }
    expect(database, "memory", params);
    LedgerMemory memory = LedgerMemory.of(LedgerMemory.LEAST_BYTES);
    return new RocksLedger(
        database, params, CoinRows.inMemory(database), CoinPages.inTheHeap(), memory);
  }

  private static StoreException explain(Path directory, RocksDBException e) {
    if (Database.isDamage(e)) {
      return Database.damaged(Columns.LAYOUT.label(), directory.toString(), e);
    }
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

  /** Writes down whose ledger this is, or checks it. */
  private static void expect(Database database, String place, ConsensusParams params) {
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
    database.forEachRow(Columns.HEADERS, new HeaderRows(consumer));
  }

  @Override
  public Optional<BlockHash> tip() {
    // Ledgers of earlier versions know one tip only.
    return database
        .get(Columns.FACTS, TIP)
        .or(() -> database.get(Columns.FACTS, CoinRows.TIP))
        .map(this::parse);
  }

  @Override
  public Optional<BlockHash> coinsTip() {
    return coins
        .tip()
        .or(() -> database.get(Columns.FACTS, CoinRows.TIP).map(this::parse))
        .or(() -> tip().map(tip -> genesis));
  }

  @Override
  public Optional<BlockHash> coinsTarget() {
    return coinRows.target().map(this::parse);
  }

  private BlockHash parse(String hash) {
    try {
      return BlockHash.parse(hash);
    } catch (DecodeException e) {
      throw database.damaged(e);
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
    return coins.coin(outPoint);
  }

  @Override
  public ChainReader.CacheSizes caches() {
    return caches;
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
    Database.View view = coins.whenFlushed(database::view);
    try {
      // Where none were ever written there are none: the coinbase of the genesis is no coin.
      BlockHash tip = view.get(Columns.FACTS, CoinRows.TIP).map(this::parse).orElse(genesis);
      return new RocksCoinScan(database, view, tip);
    } catch (StoreException e) {
      view.close();
      throw e;
    }
  }

  @Override
  public void commit(LedgerUpdate update) {
    if (!update.forgottenHeaders().isEmpty()) {
      // The coins in the database may be as of such a block.
      coins.flush();
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
      coins.apply(update);
      if (update.coinsTip().equals(coinsTarget())) {
        coins.flush();
      }
    }
  }

  /** Returns by how many bytes the stored blocks grow, or shrink. */
  private long fillBlocks(Batch batch, LedgerUpdate update) throws RocksDBException {
    long growth = 0;
    for (Map.Entry<BlockKey, LedgerUpdate.Body> block : update.blocks().entrySet()) {
      growth -= database.valueSize(Columns.BLOCKS, block.getKey());
      growth += batch.put(Columns.BLOCKS, block.getKey(), block.getValue().bytes().get());
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
    coins.discard();
    coinRows.reset();
    database.write(
        batch -> {
          batch.clear(Columns.COINS);
          batch.delete(Columns.FACTS, CoinRows.TARGET);
          batch.put(Columns.FACTS, TIP, genesis.toString());
          batch.put(Columns.FACTS, CoinRows.TIP, genesis.toString());
        });
    database.dropFiles(Columns.COINS);
  }

  @Override
  public void startRebuild() {
    coins.discard();
    coinRows.reset();
    long bodies = blockBytes - undoBytes();
    database.write(
        batch -> {
          batch.put(Columns.FACTS, REBUILD, "headers");
          batch.put(Columns.FACTS, BLOCK_BYTES, Long.toString(bodies));
          batch.delete(Columns.FACTS, TIP);
          batch.delete(Columns.FACTS, CoinRows.TIP);
          batch.delete(Columns.FACTS, CoinRows.TARGET);
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
        coins.close();
      }
    } finally {
      closed = true;
      database.close();
    }
  }
}
