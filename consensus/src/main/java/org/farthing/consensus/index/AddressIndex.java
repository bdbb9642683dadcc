package org.farthing.consensus.index;

import java.util.List;
import java.util.Map;
import org.farthing.consensus.column.KeyRange;
import org.farthing.consensus.column.Order;

/** History and coins of scripts, from the rows of {@link AddressIndexer}. */
public record AddressIndex(IndexReader rows) {
  public AddressTotals totals(ScriptKey script) {
    return rows.get(AddressIndexer.TOTALS, script).orElse(AddressTotals.NONE);
  }

  /**
   * What happened to a script.
   *
   * @param first the first place in the chain that counts
   * @param last the last one
   * @param most events
   */
  public List<AddressEvent> history(
      ScriptKey script, AddressEvent.Place first, AddressEvent.Place last, Order order, int most) {
    KeyRange<AddressIndexer.EventKey> range = AddressIndexer.events(script, first, last);
    return rows.page(AddressIndexer.HISTORY, range, order, most).stream()
        .map(AddressIndex::event)
        .toList();
  }

  private static AddressEvent event(
      Map.Entry<AddressIndexer.EventKey, AddressIndexer.EventValue> row) {
    return new AddressEvent(row.getKey().place(), row.getValue().txid(), row.getValue().valueSat());
  }

  /**
   * The unspent outputs of a script, older ones first.
   *
   * @param first the first place that counts
   * @param most outputs
   */
  public List<AddressCoin> coins(ScriptKey script, AddressCoin.Place first, int most) {
    KeyRange<AddressIndexer.CoinKey> range = AddressIndexer.coins(script, first);
    return rows.page(AddressIndexer.COINS, range, Order.ASCENDING, most).stream()
        .map(AddressIndex::coin)
        .toList();
  }

  private static AddressCoin coin(Map.Entry<AddressIndexer.CoinKey, AddressIndexer.CoinValue> row) {
    return new AddressCoin(
        row.getKey().place(), row.getValue().valueSat(), row.getValue().coinbase());
  }
}
