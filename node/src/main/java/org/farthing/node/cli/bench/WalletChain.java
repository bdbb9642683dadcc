package org.farthing.node.cli.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.farthing.consensus.chain.BlockUndo;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.ChainState;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.filter.BlockFilter;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.primitives.MerkleRoot;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.node.light.LightReader;
import org.farthing.node.mining.BlockGenerator;
import org.farthing.node.mining.HashSearch;
import org.farthing.node.simulation.HeapLedger;
import org.farthing.wallet.ChainAccess;
import org.farthing.wallet.TxPublisher;

/**
 * A chain as a wallet sees it: headers with their proof of work, and contents that are asked for by
 * height. A wallet checks no contents, so that nobody need have made them with care.
 */
final class WalletChain implements ChainAccess, TxPublisher, AutoCloseable {
  private static final int SPACING_SECONDS = 600;
  private static final int BATCH = 1_000;

  private final ChainState headers =
      ChainState.open(ConsensusParams.regtest(), new HeapLedger(), Runnable::run);
  private final Function<HeaderNode, List<Transaction>> contents;
  private final Map<BlockHash, byte[]> filters = new HashMap<>();
  private final ExecutorService workers =
      Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
  private Optional<BlocksOnDisk> disk = Optional.empty();
  private HeaderNode tip = headers.snapshot().tip();
  private boolean showsFilters;

  /**
   * @param contents of a block, the coinbase left out
   */
  WalletChain(Function<HeaderNode, List<Transaction>> contents) {
    this.contents = contents;
  }

  HeaderNode tip() {
    return tip;
  }

  /** Adds headers; whoever follows the chain sees that it has become longer. */
  void grow(int blocks) {
    int left = blocks;
    while (left > 0) {
      List<BlockHeader> batch = new ArrayList<>();
      BlockHeader previous = tip.header();
      for (int i = Math.min(left, BATCH); i > 0; i--) {
        previous = mined(previous);
        batch.add(previous);
      }
      headers.acceptHeaders(batch, System.currentTimeMillis() / 1000);
      tip = headers.snapshot().chain().header(previous.hash()).orElseThrow();
      left -= batch.size();
    }
  }

  private static BlockHeader mined(BlockHeader previous) {
    BlockHeader draft =
        new BlockHeader(
            0x20000000,
            previous.hash(),
            MerkleRoot.ZERO,
            previous.timeSeconds() + SPACING_SECONDS,
            previous.bits(),
            0);
    return new HashSearch(draft).search(BlockGenerator.DEFAULT_MAX_TRIES).orElseThrow();
  }

  Block block(HeaderNode node) {
    return disk.map(stored -> stored.block(node)).orElseGet(() -> made(node));
  }

  private Block made(HeaderNode node) {
    return new Block(node.header(), contents.apply(node));
  }

  /** From now on blocks and filters are read from a folder, into which all are written. */
  void keepOnDisk(Path folder) {
    BlocksOnDisk stored = new BlocksOnDisk(folder, ConsensusParams.regtest());
    for (int from = 0; from <= tip.height(); from += BATCH) {
      int end = Math.min(from + BATCH, tip.height() + 1);
      stored.store(IntStream.range(from, end).mapToObj(tip::ancestor).toList(), this::made);
    }
    disk = Optional.of(stored);
    filters.clear();
  }

  /** Makes the filters of all blocks. */
  void makeFilters() {
    for (HeaderNode node = tip; node.height() > 0; node = node.parent()) {
      BlockUndo nothing = new BlockUndo(List.of());
      filters.put(node.hash(), BlockFilter.of(block(node), nothing).encoded());
    }
  }

  void showFilters(boolean wanted) {
    showsFilters = wanted;
  }

  @Override
  public boolean hasFilters() {
    return showsFilters;
  }

  @Override
  public Optional<BlockFilter> filter(HeaderNode node) {
    if (!showsFilters) {
      return Optional.empty();
    }
    return disk.isPresent()
        ? disk.get().filter(node)
        : Optional.ofNullable(filters.get(node.hash()))
            .map(encoded -> BlockFilter.decode(node.hash(), encoded));
  }

  @Override
  public Executor workers() {
    return workers;
  }

  @Override
  public ChainSnapshot snapshot() {
    return new ChainSnapshot(tip, tip, new LightReader(headers.snapshot().chain(), this::block));
  }

  @Override
  public Collection<Transaction> mempool() {
    return List.of();
  }

  @Override
  public Optional<String> publish(Transaction transaction) {
    return Optional.empty();
  }

  @Override
  public void close() {
    workers.shutdown();
    disk.ifPresent(BlocksOnDisk::close);
    headers.close();
  }
}
