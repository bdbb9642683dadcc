package org.farthing.node.app;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.validation.Verdict;
import org.farthing.node.mining.BlockAssembler;
import org.farthing.node.mining.BlockTemplate;
import org.farthing.node.mining.Miner;
import org.farthing.node.mining.MiningChain;
import org.farthing.node.mining.MiningOptions;
import org.farthing.node.mining.ProofOfWorkSearch;
import org.farthing.node.mining.TemplateCache;
import org.farthing.node.mining.TemplateOffer;
import org.farthing.node.rpc.port.MiningPort;
import org.farthing.node.time.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's own miner. It rests while a better chain is known than the one that the node has, so
 * that a node that joins a network doesn't work on an old tip. It does not rest for ever: who
 * announces a chain and keeps its blocks back stops nobody, and a node that knows of nobody mines
 * alone.
 */
public final class MiningService implements MiningPort, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MiningService.class);
  private static final long LOOK_MILLIS = 250;

  /** Who mines at its start first listens for this long whether others have a better chain. */
  private static final long LISTEN_MILLIS = 3_000;

  /** A chain whose blocks don't come for so long is not waited for. */
  private static final long PATIENCE_MILLIS = 30_000;

  private final NodeCore core;
  private final Environment world;
  private final IntFunction<ProofOfWorkSearch.Factory> searches;
  private final BlockAssembler assembler;
  private final TemplateCache templates;
  private final long startedAtMillis;
  private volatile Status status = new Status(0, 0, 0);
  private Miner miner;
  private int threads;
  private long blocksFound;
  private long caughtUpAtMillis;
  private long progressAtMillis;
  private Scheduler.Timer nextLook;

  /**
   * @param searches makes the search for a number of threads
   */
  public MiningService(
      NodeCore core,
      Environment world,
      MiningOptions options,
      IntFunction<ProofOfWorkSearch.Factory> searches) {
    this.core = core;
    this.world = world;
    this.searches = searches;
    MiningChain chain = MiningChain.of(core.chain());
    this.assembler = new BlockAssembler(chain, core.mempool(), options);
    this.templates = new TemplateCache(chain, core.mempool(), assembler);
    this.startedAtMillis = world.clock().nowMillis();
    this.progressAtMillis = startedAtMillis;
    core.intake()
        .onTipChanged(
            snapshot -> {
              progressAtMillis = world.clock().nowMillis();
              withMiner(Miner::tipChanged);
            });
    core.mempool().addListener(event -> withMiner(Miner::mempoolChanged));
  }

  private void withMiner(Consumer<Miner> action) {
    if (miner != null) {
      action.accept(miner);
    }
  }

  @Override
  public Block template(Script payout) {
    return assembler.template(payout, world.clock().nowSeconds()).block();
  }

  @Override
  public Block template(Script payout, List<Transaction> transactions) {
    List<BlockTemplate.Item> items =
        transactions.stream().map(each -> new BlockTemplate.Item(each, 0, 0)).toList();
    return assembler.template(payout, world.clock().nowSeconds(), items).block();
  }

  @Override
  public TemplateOffer offer() {
    return templates.offer(world.clock().nowSeconds());
  }

  @Override
  public MiningOptions options() {
    return assembler.options();
  }

  @Override
  public Optional<BlockAssembler.Filled> lastFilled() {
    return assembler.lastFilled();
  }

  @Override
  public void start(int newThreads, Script payout) {
    stop();
    threads = newThreads;
    miner =
        new Miner(
            assembler,
            () -> payout,
            this::found,
            new Miner.Surroundings(world.scheduler(), world.clock(), searches.apply(threads)));
    look();
  }

  @Override
  public void stop() {
    world.scheduler().assertOwner();
    if (miner != null) {
      nextLook.cancel();
      miner.close();
      miner = null;
      threads = 0;
      publish();
    }
  }

  private void look() {
    long now = world.clock().nowMillis();
    if (core.gossip().blocks().isCaughtUp()) {
      caughtUpAtMillis = now;
    }
    boolean listened = now - startedAtMillis >= LISTEN_MILLIS || core.hasReadyPeer();
    boolean inVain = now - Math.max(caughtUpAtMillis, progressAtMillis) >= PATIENCE_MILLIS;
    if (listened && (caughtUpAtMillis == now || inVain)) {
      miner.start();
    } else {
      miner.stop();
    }
    publish();
    nextLook = world.scheduler().after(LOOK_MILLIS, this::look);
  }

  private void publish() {
    status = new Status(threads, miner == null ? 0 : miner.hashesPerSecond(), blocksFound);
  }

  private void found(Block block) {
    Verdict verdict = core.intake().accept(block);
    if (verdict.isAccepted()) {
      blocksFound++;
      LOG.info("Mined block {} at height {}", block.hash(), core.chain().snapshot().height());
    } else {
      throw new AssertionError("our own block is not valid: " + verdict);
    }
  }

  @Override
  public Status status() {
    return status;
  }

  @Override
  public void close() {
    stop();
  }
}
