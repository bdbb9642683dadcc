package org.farthing.consensus.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.chain.BlockKey;
import org.farthing.consensus.chain.Coin;
import org.farthing.consensus.chain.CoinSetHashType;
import org.farthing.consensus.chain.CoinStatistics;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.chain.StoreException;
import org.farthing.consensus.chain.UnspentOutput;
import org.farthing.consensus.column.Codec;
import org.farthing.consensus.column.Column;
import org.farthing.consensus.crypto.MuHash;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.CoinSetHash;
import org.farthing.consensus.primitives.Hash256;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;

/**
 * The index of coin statistics ({@code coinstatsindex}): figures and MuHash of all coins after each
 * block. Rows of stale blocks stay. Reads: {@link CoinStatsIndex}.
 *
 * <p>The state of the MuHash, from which the next block goes on, is twelve times as large as its
 * digest. It is kept for the last {@value #KEPT_STATES} blocks, so that reorganisations find theirs
 * (and pruned blocks are not needed: see {@link org.farthing.consensus.chain.Pruner#KEPT_BLOCKS}),
 * and for each {@value #KEPT_STATES}th block for ever.
 */
public final class CoinStatsIndexer implements Indexer {
  private static final int KEPT_STATES = 1_000;
  private static final Codec<BlockKey> BLOCK_KEY = Codec.of(BlockKey::writeTo, BlockKey::read);

  static final Column<BlockKey, CoinFigures> FIGURES =
      new Column<>("figures", BLOCK_KEY, Codec.of(CoinFigures::writeTo, CoinFigures::read), false);

  static final Column<BlockKey, CoinSetHash> HASHES =
      new Column<>(
          "hashes", BLOCK_KEY, Codec.of(Hash256::writeTo, CoinStatsIndexer::readHash), false);

  /** Unreduced: to reduce each would take longer than all the rest of the index. */
  private static final Column<BlockKey, byte[]> STATES =
      new Column<>("states", BLOCK_KEY, Codec.raw(), false);

  private static final IndexLayout LAYOUT =
      new IndexLayout("coinstatsindex", 1, List.of(FIGURES, HASHES, STATES));

  private final ConsensusParams params;

  public CoinStatsIndexer(ConsensusParams params) {
    this.params = params;
  }

  private static CoinSetHash readHash(ByteReader in) throws DecodeException {
    return CoinSetHash.of(in.bytes(Hash256.SIZE));
  }

  @Override
  public IndexLayout layout() {
    return LAYOUT;
  }

  @Override
  public boolean readsUndo() {
    return true;
  }

  @Override
  public StaleRows staleRows() {
    return StaleRows.KEPT;
  }

  @Override
  public HeaderNode resume(HeaderNode fork, IndexReader rows) {
    HeaderNode node = fork;
    while (node != null && rows.get(STATES, node.key()).isEmpty()) {
      node = node.parent();
    }
    return node;
  }

  @Override
  public void connect(IndexedBlock block, IndexUpdate update) {
    HeaderNode parent = block.node().parent();
    Count count =
        parent == null
            ? new Count(CoinFigures.NONE, new MuHash())
            : new Count(row(FIGURES, parent, update), MuHash.ofState(row(STATES, parent, update)));
    if (parent == null) {
      count.genesisSat = params.subsidy().at(0);
    } else {
      count.add(block);
    }
    update.put(FIGURES, block.key(), count.after(params.subsidy().at(block.height())));
    update.put(STATES, block.key(), count.set.unreducedState());
    forgetState(block, update);
  }

  private static <V> V row(Column<BlockKey, V> column, HeaderNode node, IndexUpdate update) {
    return update
        .get(column, node.key())
        .orElseThrow(
            () -> new StoreException("the " + LAYOUT.name() + " has no figures of " + node));
  }

  private static void forgetState(IndexedBlock block, IndexUpdate update) {
    int height = block.height() - KEPT_STATES;
    if (height >= 0 && height % KEPT_STATES != 0) {
      update.delete(STATES, block.node().ancestor(height).key());
    }
  }

  /** The digests of all blocks at once. */
  @Override
  public void finish(IndexUpdate update) {
    List<BlockKey> keys = new ArrayList<>();
    List<MuHash> sets = new ArrayList<>();
    for (Map.Entry<BlockKey, byte[]> state : update.added(STATES).entrySet()) {
      keys.add(state.getKey());
      sets.add(MuHash.ofState(state.getValue()));
    }
    List<byte[]> digests = MuHash.digests(sets);
    for (int i = 0; i < keys.size(); i++) {
      update.put(HASHES, keys.get(i), CoinSetHash.of(digests.get(i)));
    }
  }

  @Override
  public void disconnect(IndexedBlock block, IndexUpdate update) {
    throw new UnsupportedOperationException("rows of stale blocks stay");
  }

  /** The figures on their way through a block. */
  private static final class Count {
    private final CoinFigures before;
    private final MuHash set;
    private long coins;
    private long bogoSize;
    private long spentSat;
    private long madeSat;
    private long coinbaseSat;
    private long genesisSat;
    private long scriptsSat;

    Count(CoinFigures before, MuHash set) {
      this.before = before;
      this.set = set;
      this.coins = before.coins();
      this.bogoSize = before.bogoSize();
    }

    void add(IndexedBlock block) {
      List<Transaction> transactions = block.block().transactions();
      for (int i = 0; i < transactions.size(); i++) {
        Transaction tx = transactions.get(i);
        for (int output = 0; output < tx.outputs().size(); output++) {
          Coin coin = new Coin(tx.outputs().get(output), block.height(), i == 0);
          made(tx.outPoint(output), coin);
        }
        List<Coin> spent = i == 0 ? List.of() : block.undo().spent().get(i - 1);
        for (int input = 0; input < spent.size(); input++) {
          spent(tx.inputs().get(input).outPoint(), spent.get(input));
        }
      }
    }

    private void made(OutPoint place, Coin coin) {
      TxOut output = coin.output();
      if (!Coin.canBeSpent(output)) {
        scriptsSat += output.valueSat();
        return;
      }
      set.insert(CoinSetHashType.bytes(new UnspentOutput(place, coin)));
      coins++;
      bogoSize += CoinStatistics.bogoSize(output);
      if (coin.coinbase()) {
        coinbaseSat += output.valueSat();
      } else {
        madeSat += output.valueSat();
      }
    }

    private void spent(OutPoint place, Coin coin) {
      set.remove(CoinSetHashType.bytes(new UnspentOutput(place, coin)));
      coins--;
      bogoSize -= CoinStatistics.bogoSize(coin.output());
      spentSat += coin.output().valueSat();
    }

    CoinFigures after(long subsidySat) {
      long unclaimedSat = subsidySat + spentSat - madeSat - coinbaseSat - genesisSat - scriptsSat;
      CoinFigures.Unspendable unspendable =
          new CoinFigures.Unspendable(genesisSat, scriptsSat, unclaimedSat);
      return new CoinFigures(
          coins,
          bogoSize,
          before.totalSat() + madeSat + coinbaseSat - spentSat,
          before.unspendableSat() + unspendable.totalSat(),
          new CoinFigures.BlockFigures(spentSat, madeSat, coinbaseSat, unspendable));
    }
  }
}
