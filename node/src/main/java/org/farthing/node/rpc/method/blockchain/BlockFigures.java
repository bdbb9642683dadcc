package org.farthing.node.rpc.method.blockchain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import org.farthing.consensus.chain.BlockUndo;
import org.farthing.consensus.chain.Coin;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;

/**
 * What can be counted in a block, amounts in satoshis.
 *
 * @param spends all transactions but the coinbase
 */
record BlockFigures(List<Spend> spends, CoinSet coinSet) {
  /** What a coin takes beside its output: 36 bytes for its place, four for height and coinbase. */
  private static final long BYTES_BESIDE_OUTPUT = 40;

  BlockFigures {
    spends = List.copyOf(spends);
  }

  /**
   * A transaction that spends coins.
   *
   * @param bytes with witness
   */
  record Spend(int bytes, int weight, boolean hasWitness, int inputs, long outSat, long feeSat) {
    private static Spend of(Transaction transaction, List<Coin> spent) {
      long in = spent.stream().mapToLong(coin -> coin.output().valueSat()).sum();
      long out = transaction.outputs().stream().mapToLong(TxOut::valueSat).sum();
      return new Spend(
          transaction.totalSize(),
          transaction.weight(),
          transaction.hasWitness(),
          transaction.inputs().size(),
          out,
          in - out);
    }

    /** Rounded down. */
    long satPerVbyte() {
      return feeSat * Transaction.WITNESS_SCALE_FACTOR / weight;
    }
  }

  /**
   * How the block changes the set of coins; the coinbase counts.
   *
   * @param outputs made
   * @param coins those outputs that are in the set now
   * @param bytes by which the set would grow if all outputs were in it
   * @param coinBytes by which it grows
   */
  record CoinSet(int outputs, int coins, long bytes, long coinBytes) {}

  /**
   * @param undo what the block spent
   * @param keepsCoinbase false where the outputs of the coinbase are no new coins: at the genesis,
   *     and where they overwrite those of an earlier coinbase (BIP-0030)
   */
  static BlockFigures of(Block block, BlockUndo undo, boolean keepsCoinbase) {
    List<Spend> spends = new ArrayList<>();
    for (int i = 1; i < block.transactions().size(); i++) {
      spends.add(Spend.of(block.transactions().get(i), undo.spent().get(i - 1)));
    }
    return new BlockFigures(spends, coinSet(block, undo, keepsCoinbase));
  }

  private static CoinSet coinSet(Block block, BlockUndo undo, boolean keepsCoinbase) {
    int outputs = 0;
    int coins = 0;
    long bytes = 0;
    long coinBytes = 0;
    for (Transaction transaction : block.transactions()) {
      boolean isKept = keepsCoinbase || !transaction.isCoinbase();
      for (TxOut output : transaction.outputs()) {
        outputs++;
        bytes += bytesOf(output);
        if (isKept && Coin.canBeSpent(output)) {
          coins++;
          coinBytes += bytesOf(output);
        }
      }
    }
    long spent =
        undo.spent().stream().flatMap(List::stream).mapToLong(coin -> bytesOf(coin.output())).sum();
    return new CoinSet(outputs, coins, bytes - spent, coinBytes - spent);
  }

  private static long bytesOf(TxOut output) {
    return output.encodedSize() + BYTES_BESIDE_OUTPUT;
  }

  /** The sum of a figure over all spends. */
  long sum(ToLongFunction<Spend> figure) {
    return spends.stream().mapToLong(figure).sum();
  }

  /** The same over those with a witness. */
  long witnessSum(ToLongFunction<Spend> figure) {
    return spends.stream().filter(Spend::hasWitness).mapToLong(figure).sum();
  }

  /** The mean, rounded down; 0 without spends, as are the next ones. */
  long mean(ToLongFunction<Spend> figure) {
    return spends.isEmpty() ? 0 : sum(figure) / spends.size();
  }

  long least(ToLongFunction<Spend> figure) {
    return spends.stream().mapToLong(figure).min().orElse(0);
  }

  long most(ToLongFunction<Spend> figure) {
    return spends.stream().mapToLong(figure).max().orElse(0);
  }

  /** The median; the mean of the two in the middle, rounded down, where there are two. */
  long median(ToLongFunction<Spend> figure) {
    long[] sorted = spends.stream().mapToLong(figure).sorted().toArray();
    if (sorted.length == 0) {
      return 0;
    }
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** What all pay together for a virtual byte, rounded down. */
  long meanSatPerVbyte() {
    long weight = sum(Spend::weight);
    return weight == 0 ? 0 : sum(Spend::feeSat) * Transaction.WITNESS_SCALE_FACTOR / weight;
  }

  /**
   * The feerate that the cheapest {@code percent} of the weight reach, where the transactions are
   * ordered by their feerates.
   */
  long satPerVbyteAt(int percent) {
    List<Spend> byRate = new ArrayList<>(spends);
    byRate.sort(Comparator.comparingLong(Spend::satPerVbyte).thenComparingInt(Spend::weight));
    long all = sum(Spend::weight);
    long upToHere = 0;
    for (Spend spend : byRate) {
      upToHere += spend.weight();
      if (upToHere * 100 >= all * percent) {
        return spend.satPerVbyte();
      }
    }
    return 0;
  }
}
