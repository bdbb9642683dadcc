package org.farthing.node.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.chain.BlockKey;
import org.farthing.consensus.chain.BlockUndo;
import org.farthing.consensus.chain.ChainReader;
import org.farthing.consensus.chain.Coin;
import org.farthing.consensus.chain.CoinScan;
import org.farthing.consensus.chain.Ledger;
import org.farthing.consensus.chain.LedgerUpdate;
import org.farthing.consensus.chain.StoredBlock;
import org.farthing.consensus.chain.StoredHeader;
import org.farthing.consensus.chain.UnspentOutput;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.OutPoint;

/**
 * A ledger of objects, for many nodes in one heap. What cannot change (blocks, headers, coins) is
 * one object for all; a ledger that begins as a copy of another keeps no coin of it twice. For one
 * thread. It outlives {@link #close}, so that a node can come back to it.
 */
public final class HeapLedger implements Ledger {
  private static final Comparator<BlockKey> LOWEST_FIRST =
      Comparator.comparingInt(BlockKey::height).thenComparing(key -> key.hash().toString());

  /** As it stands on disk: the hash, then the index. */
  private static final Comparator<UnspentOutput> BY_BYTES =
      (one, two) -> Arrays.compareUnsigned(bytes(one.outPoint()), bytes(two.outPoint()));

  private final Map<BlockKey, StoredHeader> headers = new LinkedHashMap<>();
  private final NavigableMap<BlockKey, Block> blocks = new TreeMap<>(LOWEST_FIRST);
  private final Map<BlockKey, BlockUndo> undos = new HashMap<>();

  /** What was there when this one began; never changed. */
  private final Map<OutPoint, Coin> earlier;

  /** What has changed since; empty where a coin of then is gone. */
  private final Map<OutPoint, Optional<Coin>> changed = new HashMap<>();

  private BlockHash tip;
  private BlockHash coinsTip;
  private long blockBytes;
  private boolean rebuilding;

  /** An empty one. */
  public HeapLedger() {
    earlier = Map.of();
  }

  /** One that begins as another is now. All copies of a copy share its coins. */
  public HeapLedger(HeapLedger other) {
    headers.putAll(other.headers);
    blocks.putAll(other.blocks);
    undos.putAll(other.undos);
    tip = other.tip;
    coinsTip = other.coinsTip;
    blockBytes = other.blockBytes;
    earlier = other.changed.isEmpty() ? other.earlier : other.coins();
  }

  private Map<OutPoint, Coin> coins() {
    Map<OutPoint, Coin> all = new HashMap<>(earlier);
    changed.forEach(
        (outPoint, coin) ->
            coin.ifPresentOrElse(found -> all.put(outPoint, found), () -> all.remove(outPoint)));
    return all;
  }

  @Override
  public void forEachHeader(Consumer<StoredHeader> consumer) {
    headers.values().stream()
        .sorted(Comparator.comparingInt(StoredHeader::height))
        .forEach(consumer);
  }

  @Override
  public Optional<BlockHash> tip() {
    return Optional.ofNullable(tip);
  }

  @Override
  public Optional<BlockHash> coinsTip() {
    return Optional.ofNullable(coinsTip);
  }

  @Override
  public Optional<byte[]> blockBytes(BlockKey key) {
    return block(key).map(Block::serialize);
  }

  @Override
  public Optional<Block> block(BlockKey key) {
    return Optional.ofNullable(blocks.get(key));
  }

  @Override
  public Optional<BlockUndo> undo(BlockKey block) {
    return Optional.ofNullable(undos.get(block));
  }

  @Override
  public long blockBytes() {
    return blockBytes;
  }

  @Override
  public ChainReader.CacheSizes caches() {
    return new ChainReader.CacheSizes(0, 0);
  }

  @Override
  public List<StoredBlock> blocksAfter(BlockKey key, int most) {
    return blocks.tailMap(key, false).entrySet().stream()
        .limit(most)
        .map(entry -> new StoredBlock(entry.getKey(), entry.getValue().totalSize(), 0))
        .toList();
  }

  /** What was forgotten takes nothing. */
  @Override
  public void reclaim(int height) {
    // Nothing to do.
  }

  @Override
  public Optional<Coin> coin(OutPoint outPoint) {
    Optional<Coin> change = changed.get(outPoint);
    return change == null ? Optional.ofNullable(earlier.get(outPoint)) : change;
  }

  @Override
  public CoinScan scanCoins() {
    List<UnspentOutput> all = new ArrayList<>();
    coins().forEach((outPoint, coin) -> all.add(new UnspentOutput(outPoint, coin)));
    all.sort(BY_BYTES);
    return new Scan(coinsTip, List.of(List.copyOf(all)).iterator());
  }

  private static byte[] bytes(OutPoint outPoint) {
    ByteWriter out = new ByteWriter(OutPoint.SIZE);
    outPoint.txid().writeTo(out);
    out.int32(Integer.reverseBytes(outPoint.index()));
    return out.toByteArray();
  }

  /** All on one page. */
  private record Scan(BlockHash tip, Iterator<List<UnspentOutput>> pages) implements CoinScan {
    @Override
    public List<UnspentOutput> next() {
      return pages.hasNext() ? pages.next() : List.of();
    }

    @Override
    public long diskBytes() {
      return 0;
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }

  @Override
  public void commit(LedgerUpdate update) {
    update.headers().forEach(this::put);
    update.blocks().forEach((key, body) -> put(key, body.block()));
    undos.putAll(update.undos());
    update.forgotten().forEach(this::forget);
    update.forgottenUndos().forEach(undos::remove);
    update.forgottenHeaders().forEach(headers::remove);
    update.coins().forEach(this::put);
    update.tip().ifPresent(newTip -> tip = newTip);
    update.coinsTip().ifPresent(newTip -> coinsTip = newTip);
  }

  private void put(StoredHeader header) {
    headers.put(new BlockKey(header.height(), header.header().hash()), header);
  }

  private void put(BlockKey key, Block block) {
    Block before = blocks.put(key, block);
    blockBytes += block.totalSize() - (before == null ? 0 : before.totalSize());
  }

  private void forget(BlockKey key) {
    Block before = blocks.remove(key);
    blockBytes -= before == null ? 0 : before.totalSize();
    undos.remove(key);
  }

  private void put(OutPoint outPoint, Optional<Coin> coin) {
    if (coin.isEmpty() && !earlier.containsKey(outPoint)) {
      changed.remove(outPoint);
    } else {
      changed.put(outPoint, coin);
    }
  }

  @Override
  public void forgetCoins() {
    if (tip != null) {
      earlier.keySet().forEach(outPoint -> changed.put(outPoint, Optional.empty()));
      changed.entrySet().removeIf(entry -> !earlier.containsKey(entry.getKey()));
      tip =
          headers.values().stream()
              .filter(header -> header.height() == 0)
              .map(header -> header.header().hash())
              .findFirst()
              .orElseThrow();
      coinsTip = tip;
    }
  }

  @Override
  public void startRebuild() {
    forgetCoins();
    headers.clear();
    undos.clear();
    tip = null;
    coinsTip = null;
    rebuilding = true;
  }

  @Override
  public boolean isRebuilding() {
    return rebuilding;
  }

  @Override
  public void endRebuild() {
    rebuilding = false;
  }

  @Override
  public void close() {
    // Nothing is held but the heap.
  }
}
