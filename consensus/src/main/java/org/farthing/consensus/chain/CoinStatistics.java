package org.farthing.consensus.chain;

import java.util.List;
import java.util.Optional;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.CoinSetHash;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;

/**
 * Figures of the whole set of coins after one block.
 *
 * @param tip the block
 * @param transactions how many have outputs that are unspent
 * @param coins how many there are
 * @param totalSat their value in satoshis
 * @param bogoSize a size that no database has, and which is therefore the same for all: 50 bytes
 *     for each coin and those of its script
 * @param diskBytes about what they take on disk
 * @param hash of the kind that was asked for
 */
public record CoinStatistics(
    BlockHash tip,
    long transactions,
    long coins,
    long totalSat,
    long bogoSize,
    long diskBytes,
    Optional<CoinSetHash> hash) {
  private static final long BOGO_SIZE_WITHOUT_SCRIPT = 32 + 4 + 4 + 8 + 2;

  /** Walks over all coins; of a large chain that takes minutes. Any thread. */
  public static CoinStatistics of(CoinScan scan, CoinSetHashType hashType) {
    Count count = new Count(hashType.start());
    for (List<UnspentOutput> some = scan.next(); !some.isEmpty(); some = scan.next()) {
      some.forEach(count::add);
    }
    return new CoinStatistics(
        scan.tip(),
        count.transactions,
        count.coins,
        count.totalSat,
        count.bogoSize,
        scan.diskBytes(),
        count.hasher.end());
  }

  /** What an unspent output adds to {@link #bogoSize}. */
  public static long bogoSize(TxOut output) {
    return BOGO_SIZE_WITHOUT_SCRIPT + output.scriptPubKey().size();
  }

  private static final class Count {
    private final CoinSetHashType.Hasher hasher;
    private Txid last;
    private long transactions;
    private long coins;
    private long totalSat;
    private long bogoSize;

    Count(CoinSetHashType.Hasher hasher) {
      this.hasher = hasher;
    }

    void add(UnspentOutput unspent) {
      if (!unspent.outPoint().txid().equals(last)) {
        last = unspent.outPoint().txid();
        transactions++;
      }
      coins++;
      totalSat = Math.addExact(totalSat, unspent.coin().output().valueSat());
      bogoSize += bogoSize(unspent.coin().output());
      hasher.add(CoinSetHashType.bytes(unspent));
    }
  }
}
