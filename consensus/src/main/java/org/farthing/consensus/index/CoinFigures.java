package org.farthing.consensus.index;

import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;

/**
 * Figures of all coins after a block, and of what the block did to them. Amounts are satoshis.
 *
 * @param coins how many there are
 * @param bogoSize see {@link org.farthing.consensus.chain.CoinStatistics}
 * @param totalSat their value
 * @param unspendableSat what was made up to here and can never be spent
 */
public record CoinFigures(
    long coins, long bogoSize, long totalSat, long unspendableSat, BlockFigures block) {

  /** Before the genesis. */
  static final CoinFigures NONE = new CoinFigures(0, 0, 0, 0, BlockFigures.NONE);

  /**
   * What one block did.
   *
   * @param spentSat the value of the coins that it spent
   * @param madeSat the value of those that it made, without the coinbase's
   * @param coinbaseSat the value of the coins of its coinbase
   */
  public record BlockFigures(
      long spentSat, long madeSat, long coinbaseSat, Unspendable unspendable) {
    static final BlockFigures NONE = new BlockFigures(0, 0, 0, new Unspendable(0, 0, 0));

    private void writeTo(ByteWriter out) {
      out.compactSize(spentSat).compactSize(madeSat).compactSize(coinbaseSat);
      unspendable.writeTo(out);
    }

    private static BlockFigures read(ByteReader in) throws DecodeException {
      long spentSat = in.compactSize();
      long madeSat = in.compactSize();
      long coinbaseSat = in.compactSize();
      return new BlockFigures(spentSat, madeSat, coinbaseSat, Unspendable.read(in));
    }
  }

  /**
   * What a block made that can never be spent. Bitcoin Core counts the coinbases that were
   * overwritten (BIP-0030) too: only the main chain has such, which no node of ours follows.
   *
   * @param genesisSat the subsidy of the genesis
   * @param scriptsSat outputs whose scripts nobody can satisfy
   * @param unclaimedSat subsidy and fees that the miner did not take
   */
  public record Unspendable(long genesisSat, long scriptsSat, long unclaimedSat) {
    public long totalSat() {
      return genesisSat + scriptsSat + unclaimedSat;
    }

    private void writeTo(ByteWriter out) {
      out.compactSize(genesisSat).compactSize(scriptsSat).compactSize(unclaimedSat);
    }

    private static Unspendable read(ByteReader in) throws DecodeException {
      long genesisSat = in.compactSize();
      long scriptsSat = in.compactSize();
      return new Unspendable(genesisSat, scriptsSat, in.compactSize());
    }
  }

  void writeTo(ByteWriter out) {
    out.compactSize(coins).compactSize(bogoSize);
    out.compactSize(totalSat).compactSize(unspendableSat);
    block.writeTo(out);
  }

  static CoinFigures read(ByteReader in) throws DecodeException {
    long coins = in.compactSize();
    long bogoSize = in.compactSize();
    long totalSat = in.compactSize();
    long unspendableSat = in.compactSize();
    return new CoinFigures(coins, bogoSize, totalSat, unspendableSat, BlockFigures.read(in));
  }
}
