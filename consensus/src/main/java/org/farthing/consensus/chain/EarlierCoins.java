package org.farthing.consensus.chain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;

/**
 * The coins as they were after an earlier block of the chain, without touching the chain: those of
 * a later block without what was made since, and with what was spent since. Keeps in memory what
 * the blocks between did.
 */
public final class EarlierCoins implements CoinScan {
  private static final Comparator<OutPoint> ORDER =
      Comparator.<OutPoint, byte[]>comparing(it -> it.txid().toByteArray(), Arrays::compareUnsigned)
          .thenComparing(OutPoint::index, Integer::compareUnsigned);

  private final CoinScan later;
  private final BlockHash tip;
  private final TreeMap<OutPoint, Coin> spentSince = new TreeMap<>(ORDER);
  private final Set<OutPoint> madeSince = new HashSet<>();

  private EarlierCoins(CoinScan later, BlockHash tip) {
    this.later = later;
    this.tip = tip;
  }

  /**
   * @param later the coins after a block; closed with the earlier ones
   * @param to the block or one of its ancestors
   * @throws IllegalArgumentException if it is another, or if the body or undo data of one between
   *     is not there
   */
  public static EarlierCoins of(CoinScan later, HeaderNode to, ChainReader chain) {
    EarlierCoins coins = new EarlierCoins(later, to.hash());
    HeaderNode from = chain.header(later.tip()).orElseThrow();
    if (!to.isAncestorOf(from)) {
      throw new IllegalArgumentException(to.hash() + " is not before " + from.hash());
    }
    for (HeaderNode node = from; node.height() > to.height(); node = node.parent()) {
      BlockHash hash = node.hash();
      coins.takeBack(
          chain.block(hash).orElseThrow(() -> missing(hash)),
          chain.undo(hash).orElseThrow(() -> missing(hash)));
    }
    return coins;
  }

  private static IllegalArgumentException missing(BlockHash hash) {
    return new IllegalArgumentException("the body or undo data of " + hash + " is not there");
  }

  private void takeBack(Block block, BlockUndo undo) {
    for (int index = block.transactions().size() - 1; index >= 0; index--) {
      Transaction transaction = block.transactions().get(index);
      for (int output = 0; output < transaction.outputs().size(); output++) {
        OutPoint made = transaction.outPoint(output);
        if (spentSince.remove(made) == null) {
          madeSince.add(made);
        }
      }
      if (index > 0) {
        List<Coin> spent = undo.spent().get(index - 1);
        List<TxIn> inputs = transaction.inputs();
        for (int input = 0; input < inputs.size(); input++) {
          spentSince.put(inputs.get(input).outPoint(), spent.get(input));
        }
      }
    }
  }

  @Override
  public BlockHash tip() {
    return tip;
  }

  @Override
  public List<UnspentOutput> next() {
    List<UnspentOutput> merged = new ArrayList<>();
    while (merged.isEmpty()) {
      List<UnspentOutput> some = later.next();
      if (some.isEmpty()) {
        takeSpent(merged, null);
        return merged;
      }
      for (UnspentOutput coin : some) {
        takeSpent(merged, coin.outPoint());
        if (!madeSince.contains(coin.outPoint())) {
          merged.add(coin);
        }
      }
    }
    return merged;
  }

  /**
   * Moves what has its place before a coin.
   *
   * @param end null for all that is left
   */
  private void takeSpent(List<UnspentOutput> merged, OutPoint end) {
    Map<OutPoint, Coin> before = end == null ? spentSince : spentSince.headMap(end, false);
    before.forEach((outPoint, coin) -> merged.add(new UnspentOutput(outPoint, coin)));
    before.clear();
  }

  /** About: of the later coins. */
  @Override
  public long diskBytes() {
    return later.diskBytes();
  }

  @Override
  public void close() {
    later.close();
  }
}
