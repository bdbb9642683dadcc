package org.farthing.consensus.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.farthing.consensus.chain.Coin;
import org.farthing.consensus.chain.CoinScan;
import org.farthing.consensus.chain.UnspentOutput;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.OutPoint;

/** A walk over a view of the coins: the view's tip is in it. */
final class RocksCoinScan implements CoinScan {
  private static final int PAGE = 2_000;

  private final Database database;
  private final Database.View view;
  private final BlockHash tip;
  private Optional<OutPoint> last = Optional.empty();

  /**
   * @param tip of the same view, which is closed with the scan
   */
  RocksCoinScan(Database database, Database.View view, BlockHash tip) {
    this.database = database;
    this.view = view;
    this.tip = tip;
  }

  @Override
  public BlockHash tip() {
    return tip;
  }

  @Override
  public List<UnspentOutput> next() {
    List<Map.Entry<OutPoint, Coin>> page = view.page(Columns.COINS, last, PAGE);
    if (!page.isEmpty()) {
      last = Optional.of(page.get(page.size() - 1).getKey());
    }
    return page.stream().map(entry -> new UnspentOutput(entry.getKey(), entry.getValue())).toList();
  }

  @Override
  public long diskBytes() {
    return database.sizeOf(Columns.COINS);
  }

  @Override
  public void close() {
    view.close();
  }
}
