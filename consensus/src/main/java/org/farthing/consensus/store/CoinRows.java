package org.farthing.consensus.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.chain.StoreException;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.OutPoint;
import org.rocksdb.RocksDBException;

/**
 * The coins in the database. Few changes are one batch with the block that they lead to. Many go
 * there as a file, and the fact that names the block cannot be written with it: another one says
 * before that coins may be those of that block already. A process that ends meanwhile leaves both,
 * until the coins are known to be as of the second block ({@link #target}).
 */
final class CoinRows implements CoinCache.Store {
  /** The fact that names the block as of which they are. */
  static final String TIP = "tip";

  /** The fact that names the block that they are on their way to. */
  static final String TARGET = "next-tip";

  /** From so many on they are a file: fewer are not worth one. */
  private static final int MANY = 50_000;

  private static final String FILE = "incoming-coins";

  private final Database database;
  private final Optional<Path> file;
  private final int many;
  private volatile Optional<String> target;

  private CoinRows(Database database, Optional<Path> file, int many) {
    this.database = database;
    this.file = file;
    this.many = many;
    this.target = database.get(Columns.FACTS, TARGET);
    file.ifPresent(CoinRows::delete);
  }

  /**
   * @param directory of the database
   */
  static CoinRows onDisk(Database database, Path directory) {
    return onDisk(database, directory, MANY);
  }

  /**
   * The same.
   *
   * @param many from so many changes on they are a file
   */
  static CoinRows onDisk(Database database, Path directory, int many) {
    return new CoinRows(database, Optional.of(directory.resolve(FILE)), many);
  }

  /** Of a database that is in memory, where there are no files. */
  static CoinRows inMemory(Database database) {
    return new CoinRows(database, Optional.empty(), MANY);
  }

  private static void delete(Path leftOver) {
    try {
      Files.deleteIfExists(leftOver);
    } catch (IOException e) {
      throw new StoreException("cannot delete " + leftOver + ": " + e.getMessage(), e);
    }
  }

  /**
   * What a process that ended while it wrote has left: each coin is either as of the one block or
   * as of this one. Empty once something was written as of this block.
   */
  Optional<String> target() {
    return target;
  }

  @Override
  public byte[] read(OutPoint outPoint) {
    return database.bytes(Columns.COINS, outPoint);
  }

  @Override
  public StoreException damaged(DecodeException problem) {
    return database.damaged(problem);
  }

  @Override
  public void write(CoinTable changes, BlockHash tip) {
    boolean asFile = file.isPresent() && changes.hasChanges(many);
    // As long as an earlier target is not reached, both facts stay: what lies between is to be
    // written again, whatever of it was.
    boolean onTheWay = target.isPresent() && !target.get().equals(tip.toString());
    if (asFile) {
      database.writeFile(Columns.COINS, file.get(), rows -> fill(rows, changes));
      // As late as can be: until here a process that ends leaves the coins as they were.
      if (target.isEmpty()) {
        database.write(batch -> batch.put(Columns.FACTS, TARGET, tip.toString()));
      }
      // The file is on disk at once: after the loss of power no blocks may lack that led there.
      database.syncLog();
      database.takeIn(Columns.COINS, file.get());
    }
    database.write(
        batch -> {
          if (!asFile) {
            fill(batch.rows(Columns.COINS), changes);
          }
          if (!onTheWay) {
            batch.put(Columns.FACTS, TIP, tip.toString());
            batch.delete(Columns.FACTS, TARGET);
          }
        });
    if (!onTheWay) {
      target = Optional.empty();
    }
  }

  private static void fill(RowWriter rows, CoinTable changes) throws RocksDBException {
    changes.forEachChange(
        (key, value) -> {
          if (value.length == 0) {
            rows.delete(key);
          } else {
            rows.put(key, value);
          }
        });
  }

  /** All coins are about to be forgotten, and both facts. */
  void reset() {
    target = Optional.empty();
  }
}
