package org.farthing.node.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.chain.BlockUndo;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.node.config.DataDirectory;
import org.farthing.node.config.NodeConfig;
import org.farthing.node.config.WholeFile;
import org.farthing.node.fee.BlockPolicyEstimator;
import org.farthing.node.fee.FeeEstimates;
import org.farthing.node.fee.FeeSource;
import org.farthing.node.fee.MempoolPolicyEstimator;
import org.farthing.node.fee.RoomEstimator;
import org.farthing.node.mining.BlockAssembler;
import org.farthing.node.mining.MiningChain;
import org.farthing.node.mining.MiningOptions;
import org.farthing.node.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets fees be estimated, and keeps what is known of them between two runs: a file for each
 * estimator, written every hour and at the end, and replaced as a whole or not at all. What cannot
 * be read is forgotten, for it comes again. Node thread.
 */
final class FeeKeeping implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FeeKeeping.class);

  private static final long SAVE_MILLIS = TimeUnit.HOURS.toMillis(1);
  private static final long MAX_AGE_HOURS = 60;

  /** With an older tip the node does not know how long transactions wait. */
  private static final long MAX_TIP_AGE_SECONDS = TimeUnit.HOURS.toSeconds(3);

  private final Optional<Path> folder;
  private final FeeEstimates estimates;

  private FeeKeeping(Optional<Path> folder, FeeEstimates estimates) {
    this.folder = folder;
    this.estimates = estimates;
  }

  /** Estimates from now on, unless the node takes no transactions from its peers. */
  static Optional<FeeKeeping> open(NodeConfig config, NodeCore core, Environment world) {
    if (config.p2p().peers().blocksOnly()) {
      return Optional.empty();
    }
    config.folder().ifPresent(FeeKeeping::takeOver);
    Optional<Path> folder = config.folder().map(DataDirectory::fees);
    long maxAgeHours = config.policy().fees().acceptStale() ? Long.MAX_VALUE : MAX_AGE_HOURS;
    ChainSnapshot now = core.chain().snapshot();
    FeeEstimates estimates =
        new FeeEstimates(
            folder
                .flatMap(path -> blockPolicy(path, maxAgeHours, world.clock()))
                .orElseGet(BlockPolicyEstimator::new),
            folder.flatMap(path -> mempoolPolicy(path, now)).orElseGet(MempoolPolicyEstimator::new),
            lastBlocks(now),
            surroundings(core, world.clock(), config.policy().fees().guess()));
    core.chain().addListener(event -> estimates.chainChanged(event, core.intake()::afterwards));
    core.mempool().addListener(estimates::mempoolChanged);
    core.intake().onTipChanged(chain -> estimates.settled());
    FeeKeeping keeping = new FeeKeeping(folder, estimates);
    keeping.savePeriodically(world);
    return Optional.of(keeping);
  }

  private static RoomEstimator lastBlocks(ChainSnapshot now) {
    RoomEstimator room = new RoomEstimator();
    int first = Math.max(1, now.height() - RoomEstimator.WINDOW + 1);
    for (int height = first; height <= now.height(); height++) {
      BlockHash hash = now.tip().ancestor(height).hash();
      Optional<Block> block = now.chain().block(hash);
      Optional<BlockUndo> undo = now.chain().undo(hash);
      if (block.isPresent() && undo.isPresent()) {
        room.add(height, block.get(), undo.get());
      }
    }
    return room;
  }

  private static FeeEstimates.Surroundings surroundings(
      NodeCore core, Clock clock, boolean guesses) {
    // Not as we would mine, but as most do.
    BlockAssembler assembler =
        new BlockAssembler(MiningChain.of(core.chain()), core.mempool(), MiningOptions.defaults());
    return new FeeEstimates.Surroundings(
        core.mempool(),
        () -> isCurrent(core, clock),
        assembler::nextBlock,
        () -> core.mempool().snapshot().minimumFee(clock.nowMillis()),
        guesses);
  }

  private static boolean isCurrent(NodeCore core, Clock clock) {
    ChainSnapshot now = core.chain().snapshot();
    return !core.gossip().initialDownload().isRunning()
        && now.tip().header().timeSeconds() >= clock.nowSeconds() - MAX_TIP_AGE_SECONDS
        && now.height() >= core.chain().headers().best().height() - 1;
  }

  FeeEstimates estimates() {
    return estimates;
  }

  private static Path blockPolicyFile(Path folder) {
    return folder.resolve("block_policy_estimates.dat");
  }

  private static Path mempoolPolicyFile(Path folder) {
    return folder.resolve("mempool_policy_estimator.dat");
  }

  /** The file of the block policy was elsewhere once. */
  private static void takeOver(DataDirectory data) {
    Path before = data.feesBefore();
    Path file = blockPolicyFile(data.fees());
    try {
      if (Files.exists(before) && Files.exists(file)) {
        Files.delete(before);
        LOG.info("Removed legacy fee estimates file {}.", before);
      } else if (Files.exists(before)) {
        Files.createDirectories(data.fees());
        Files.move(before, file);
        LOG.info("Migrated fee estimates from {} to {}.", before, file);
      }
    } catch (IOException e) {
      LOG.warn("Failed to migrate fee estimates from {} to {}: {}.", before, file, e.toString());
    }
  }

  private static Optional<BlockPolicyEstimator> blockPolicy(
      Path folder, long maxAgeHours, Clock clock) {
    Path file = blockPolicyFile(folder);
    try {
      long ageMillis = clock.nowMillis() - Files.getLastModifiedTime(file).toMillis();
      long ageHours = TimeUnit.MILLISECONDS.toHours(ageMillis);
      if (ageHours > maxAgeHours) {
        LOG.warn(
            "Fee estimation file {} too old (age={} > {} hours) and will not be used to avoid"
                + " serving stale estimates.",
            file,
            ageHours,
            maxAgeHours);
        return Optional.empty();
      }
      return Optional.of(BlockPolicyEstimator.decode(Files.readAllBytes(file)));
    } catch (NoSuchFileException e) {
      LOG.info("{} is not found. Continue anyway.", file);
    } catch (IOException | DecodeException e) {
      LOG.warn("Failed to read fee estimates from {}. Continue anyway. ({})", file, e.toString());
    }
    return Optional.empty();
  }

  private static Optional<MempoolPolicyEstimator> mempoolPolicy(Path folder, ChainSnapshot now) {
    Path file = mempoolPolicyFile(folder);
    try {
      return Optional.of(
          MempoolPolicyEstimator.decode(Files.readAllBytes(file), now.height(), now.tip().hash()));
    } catch (NoSuchFileException e) {
      LOG.debug("{}: {} does not exist. Continuing anyway", label(), file);
    } catch (IOException | DecodeException e) {
      LOG.warn("{}: {} is not used ({})", label(), file, e.toString());
    }
    return Optional.empty();
  }

  private static String label() {
    return FeeSource.MEMPOOL_POLICY.label();
  }

  private void savePeriodically(Environment world) {
    world
        .scheduler()
        .after(
            SAVE_MILLIS,
            () -> {
              save();
              savePeriodically(world);
            });
  }

  private void save() {
    if (folder.isEmpty()) {
      return;
    }
    Path blocks = blockPolicyFile(folder.get());
    if (isWritten(blocks, estimates.blockPolicy().encode())) {
      LOG.debug("Flushed fee estimates to {}.", blocks);
    }
    Path mempool = mempoolPolicyFile(folder.get());
    if (isWritten(mempool, estimates.mempoolPolicy().encode())) {
      LOG.debug("{}: mined-block stats flushed to {}.", label(), mempool);
    }
  }

  private static boolean isWritten(Path file, byte[] content) {
    try {
      Files.createDirectories(file.getParent());
      WholeFile.write(file, content);
      return true;
    } catch (IOException e) {
      LOG.warn("Failed to write fee estimates to {}. Continue anyway. ({})", file, e.toString());
      return false;
    }
  }

  /** What waits now was not confirmed as long as the node looked. */
  @Override
  public void close() {
    estimates.blockPolicy().forgetWaiting();
    save();
  }
}
