package org.farthing.consensus.chain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.OutPoint;

/** Changes of the ledger that are made together or not at all. */
public final class LedgerUpdate {
  private final List<StoredHeader> headers = new ArrayList<>();
  private final Map<BlockKey, Body> blocks = new HashMap<>();
  private final Map<BlockKey, BlockUndo> undos = new HashMap<>();
  private final List<BlockKey> forgotten = new ArrayList<>();
  private final List<BlockKey> forgottenUndos = new ArrayList<>();
  private final List<BlockKey> forgottenHeaders = new ArrayList<>();
  private CoinChanges coins = CoinChanges.NONE;
  private BlockHash tip;
  private BlockHash coinsTip;

  public LedgerUpdate header(StoredHeader header) {
    headers.add(header);
    return this;
  }

  public LedgerUpdate headers(List<StoredHeader> several) {
    headers.addAll(several);
    return this;
  }

  /**
   * A block, and as it travels.
   *
   * @param bytes made when they are wanted, if they are not there yet
   */
  public record Body(Block block, Supplier<byte[]> bytes) {}

  public LedgerUpdate block(BlockKey key, Block block) {
    return block(key, new Body(block, block::serialize));
  }

  LedgerUpdate block(BlockKey key, Body body) {
    blocks.put(key, body);
    return this;
  }

  public LedgerUpdate undo(BlockKey key, BlockUndo undo) {
    undos.put(key, undo);
    return this;
  }

  /** Deletes a block's body and undo data. */
  public LedgerUpdate forget(BlockKey key) {
    forgotten.add(key);
    return this;
  }

  /** Deletes a block's undo data alone. */
  public LedgerUpdate forgetUndo(BlockKey key) {
    forgottenUndos.add(key);
    return this;
  }

  /** Deletes all that there is of a block; no header may follow it. */
  public LedgerUpdate forgetHeader(BlockKey key) {
    forgottenHeaders.add(key);
    return forget(key);
  }

  /** The coins after a block was connected or disconnected, and the tip that they belong to. */
  public LedgerUpdate state(CoinChanges changes, BlockHash newTip) {
    tip = newTip;
    return coins(changes, newTip);
  }

  /** Coins that are behind the tip, and the block as of which they are then. */
  LedgerUpdate coins(CoinChanges changes, BlockHash newCoinsTip) {
    coins = changes;
    coinsTip = newCoinsTip;
    return this;
  }

  public List<StoredHeader> headers() {
    return Collections.unmodifiableList(headers);
  }

  public Map<BlockKey, Body> blocks() {
    return Collections.unmodifiableMap(blocks);
  }

  public Map<BlockKey, BlockUndo> undos() {
    return Collections.unmodifiableMap(undos);
  }

  public List<BlockKey> forgotten() {
    return Collections.unmodifiableList(forgotten);
  }

  public List<BlockKey> forgottenUndos() {
    return Collections.unmodifiableList(forgottenUndos);
  }

  public List<BlockKey> forgottenHeaders() {
    return Collections.unmodifiableList(forgottenHeaders);
  }

  public Map<OutPoint, Optional<Coin>> coins() {
    return Collections.unmodifiableMap(coins.coins());
  }

  /** See {@link CoinChanges#areNew}. */
  public boolean coinsAreNew() {
    return coins.areNew();
  }

  public Optional<BlockHash> tip() {
    return Optional.ofNullable(tip);
  }

  public Optional<BlockHash> coinsTip() {
    return Optional.ofNullable(coinsTip);
  }
}
