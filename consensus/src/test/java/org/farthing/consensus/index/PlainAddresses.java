package org.farthing.consensus.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.Coin;
import org.farthing.consensus.column.Order;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;

/** History, coins and figures of each script, counted output by output. */
final class PlainAddresses implements PlainIndex {
  private static final int ALL = 10_000;
  private static final int SOME = 3;

  @Override
  public Indexer indexer() {
    return new AddressIndexer();
  }

  @Override
  public void check(IndexReader rows, ChainSnapshot now, List<Block> everSeen) {
    AddressIndex index = new AddressIndex(rows);
    for (Script script : SpendingTree.scripts()) {
      Account account = new Account(script);
      for (int height = 1; height <= now.height(); height++) {
        Block block = now.chain().block(now.tip().ancestor(height).hash()).orElseThrow();
        account.add(block, height);
      }
      ScriptKey key = ScriptKey.of(script);
      assertThat(index.totals(key)).isEqualTo(account.totals());
      assertThat(history(index, key, Order.ASCENDING)).isEqualTo(account.events);
      Collections.reverse(account.events);
      assertThat(history(index, key, Order.DESCENDING)).isEqualTo(account.events);
      assertThat(coins(index, key)).containsExactlyInAnyOrderElementsOf(account.coins());
    }
    assertThat(index.totals(ScriptKey.of(Script.of(new byte[] {0x6a}))))
        .isEqualTo(AddressTotals.NONE);
  }

  private static List<AddressEvent> history(AddressIndex index, ScriptKey key, Order order) {
    return index.history(key, AddressEvent.Place.FIRST, AddressEvent.Place.LAST, order, ALL);
  }

  /** Page by page, each of which begins with the last coin of the one before. */
  private static List<AddressCoin> coins(AddressIndex index, ScriptKey key) {
    List<AddressCoin> coins = new ArrayList<>(index.coins(key, AddressCoin.Place.FIRST, SOME));
    List<AddressCoin> page = coins;
    while (page.size() == SOME) {
      page = index.coins(key, page.get(SOME - 1).place(), SOME);
      coins.addAll(page.subList(1, page.size()));
    }
    for (int i = 1; i < coins.size(); i++) {
      assertThat(coins.get(i).place().height())
          .isGreaterThanOrEqualTo(coins.get(i - 1).place().height());
    }
    return coins;
  }

  /** What one script has. */
  private static final class Account {
    private final Script script;
    private final Map<OutPoint, Coin> coins = new HashMap<>();
    private final List<AddressEvent> events = new ArrayList<>();
    private final Set<Txid> transactions = new HashSet<>();
    private long outputs;
    private long receivedSat;

    Account(Script script) {
      this.script = script;
    }

    void add(Block block, int height) {
      for (int position = 0; position < block.transactions().size(); position++) {
        Transaction tx = block.transactions().get(position);
        List<AddressEvent> spent = new ArrayList<>();
        for (int i = 0; i < tx.inputs().size(); i++) {
          Coin coin = coins.remove(tx.inputs().get(i).outPoint());
          if (coin != null) {
            spent.add(event(height, position, AddressEvent.Kind.SPENT, i, tx, coin.output()));
          }
        }
        for (int i = 0; i < tx.outputs().size(); i++) {
          TxOut output = tx.outputs().get(i);
          if (output.scriptPubKey().equals(script)) {
            events.add(event(height, position, AddressEvent.Kind.RECEIVED, i, tx, output));
            coins.put(tx.outPoint(i), new Coin(output, height, tx.isCoinbase()));
            outputs++;
            receivedSat += output.valueSat();
          }
        }
        events.addAll(spent);
      }
    }

    private AddressEvent event(
        int height, int position, AddressEvent.Kind kind, int index, Transaction tx, TxOut output) {
      transactions.add(tx.txid());
      AddressEvent.Place place = new AddressEvent.Place(height, position, kind, index);
      return new AddressEvent(place, tx.txid(), output.valueSat());
    }

    AddressTotals totals() {
      long balanceSat = coins.values().stream().mapToLong(coin -> coin.output().valueSat()).sum();
      return new AddressTotals(
          transactions.size(), outputs, coins.size(), balanceSat, BigInteger.valueOf(receivedSat));
    }

    List<AddressCoin> coins() {
      List<AddressCoin> all = new ArrayList<>();
      coins.forEach(
          (place, coin) ->
              all.add(
                  new AddressCoin(
                      new AddressCoin.Place(coin.height(), place),
                      coin.output().valueSat(),
                      coin.coinbase())));
      return all;
    }
  }
}
