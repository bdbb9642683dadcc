package org.farthing.consensus.store;

import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.OutPoint;

/** The coins in the database. */
final class CoinRows implements CoinCache.Store {
  /** The fact that names the block as of which they are. */
  static final String TIP = "tip";

  private final Database database;

  CoinRows(Database database) {
    this.database = database;
  }

  @Override
  public byte[] read(OutPoint outPoint) {
    return database.bytes(Columns.COINS, outPoint);
  }

  @Override
  public void write(CoinTable changes, BlockHash tip) {
    database.write(
        batch -> {
          changes.forEachChange(
              (key, value) -> {
                if (value.length == 0) {
                  batch.deleteBytes(Columns.COINS, key);
                } else {
                  batch.putBytes(Columns.COINS, key, value);
                }
              });
          batch.put(Columns.FACTS, TIP, tip.toString());
        });
  }
}
