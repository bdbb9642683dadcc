package org.farthing.node.app;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.validation.SignetSolution;
import org.farthing.consensus.validation.Verdict;
import org.farthing.node.config.MinerPolicy;
import org.farthing.node.mining.BlockAssembler;
import org.farthing.node.mining.BlockTemplate;
import org.farthing.node.mining.Foreman;
import org.farthing.node.mining.Miner;
import org.farthing.node.mining.MiningChain;
import org.farthing.node.mining.MiningOptions;
import org.farthing.node.mining.Payout;
import org.farthing.node.mining.ProofOfWorkSearch;
import org.farthing.node.mining.TemplateCache;
import org.farthing.node.mining.TemplateOffer;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.port.MiningPort;
import org.farthing.node.time.Scheduler;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's own miner, and templates for the miners of others. Blocks are made where the gate is
 * open.
 */
public final class MiningService implements MiningPort, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MiningService.class);

  private final NodeCore core;
  private final Environment world;
  private final Payouts payouts;
  private final IntFunction<ProofOfWorkSearch.Factory> searches;
  private final Foreman.Shop shop;
  private final TemplateCache templates;
  private final MiningGate gate;
  private volatile Status status = Status.OFF;
  private Optional<Payout> lastPayout = Optional.empty();
  private Usual usual = new Usual(Optional.empty(), MinerPolicy.usual(), false);
  private Foreman foreman;
  private int threads;
  private long blocksFound;
  private Scheduler.Timer nextLook;

  /**
   * @param searches makes the search for a number of threads
   */
  public MiningService(
      NodeCore core,
      Environment world,
      MiningOptions options,
      Payouts payouts,
      IntFunction<ProofOfWorkSearch.Factory> searches) {
    this.core = core;
    this.world = world;
    this.payouts = payouts;
    this.searches = searches;
    MiningChain chain = MiningChain.of(core.chain());
    BlockAssembler assembler = new BlockAssembler(chain, core.mempool(), options);
    this.shop = new Foreman.Shop(chain, core.mempool(), assembler, this::found, world.random());
    this.templates = new TemplateCache(chain, core.mempool(), assembler);
    this.gate = new MiningGate(core, world.clock());
    core.chain().addListener(event -> withForeman(miner -> miner.chainEvent(event)));
    core.mempool().addListener(event -> withForeman(miner -> miner.mempoolEvent(event)));
    core.intake()
        .onTipChanged(
            snapshot -> {
              gate.tipChanged();
              withForeman(Foreman::tipChanged);
            });
  }

  private void withForeman(Consumer<Foreman> action) {
    if (foreman != null) {
      action.accept(foreman);
    }
  }

  /** Fills blocks, also for others who mine. */
  BlockAssembler blocks() {
    return shop.assembler();
  }

  MiningGate gate() {
    return gate;
  }

  /**
   * On a signet somebody has to sign blocks.
   *
   * @throws WalletException if blocks of this network lack something without a signature
   */
  void expectMinable() throws WalletException {
    Block block = template(Script.EMPTY);
    if (!SignetSolution.check(block, core.chain().params()).isAccepted()) {
      throw new WalletException(
          WalletError.INVALID_REQUEST,
          "Blocks of this network need a signature that the miner cannot make.");
    }
  }

  @Override
  public Block template(Script payout) {
    return blocks().template(payout, world.clock().nowSeconds()).block();
  }

  @Override
  public Block template(Script payout, List<Transaction> transactions) {
    List<BlockTemplate.Item> items =
        transactions.stream().map(each -> new BlockTemplate.Item(each, 0, 0)).toList();
    return blocks().template(payout, world.clock().nowSeconds(), items).block();
  }

  @Override
  public TemplateOffer offer() {
    return templates.offer(world.clock().nowSeconds());
  }

  @Override
  public MiningOptions options() {
    return blocks().options();
  }

  @Override
  public Optional<BlockAssembler.Filled> lastFilled() {
    return blocks().lastFilled();
  }

  @Override
  public void start(Wanted wanted) {
    try {
      begin(wanted);
    } catch (WalletException e) {
      throw new RpcException(RpcErrorCode.INVALID_ADDRESS_OR_KEY, e.getMessage());
    }
  }

  /**
   * Starts to mine, or goes on in another way.
   *
   * @throws WalletException if nobody can be paid so
   */
  void begin(Wanted wanted) throws WalletException {
    world.scheduler().assertOwner();
    expectMinable();
    Optional<Schedule> before = status.schedule();
    Foreman.Order order =
        new Foreman.Order(
            wanted.policy().or(() -> before.map(Schedule::policy)).orElse(usual.policy()),
            wanted
                .pauseWhenIdle()
                .or(() -> before.map(Schedule::pausesWhenIdle))
                .orElse(usual.pauseWhenIdle()),
            payout(wanted.payout()));
    begin(wanted.threads(), order);
  }

  private Payout payout(Optional<String> wanted) throws WalletException {
    if (wanted.isPresent()) {
      return payouts.of(wanted.get());
    }
    if (lastPayout.isPresent()) {
      return lastPayout.get();
    }
    return usual.payout().isPresent() ? payouts.of(usual.payout().get()) : payouts.ofFirstWallet();
  }

  /** How it is mined where nobody says anything else. */
  void usually(Usual wanted) {
    usual = wanted;
  }

  /**
   * @param payout empty for the first loaded wallet
   */
  record Usual(Optional<String> payout, MinerPolicy policy, boolean pauseWhenIdle) {}

  /** The same where it is known whom to pay. */
  public void begin(int newThreads, Foreman.Order order) {
    stop();
    lastPayout = Optional.of(order.payout());
    threads = newThreads;
    foreman =
        new Foreman(
            shop,
            order,
            new Miner.Surroundings(world.scheduler(), world.clock(), searches.apply(threads)));
    look();
  }

  @Override
  public void change(MinerPolicy policy, boolean pauseWhenIdle) {
    running().change(policy, pauseWhenIdle);
    publish();
  }

  @Override
  public void order(int blocks) {
    running().order(blocks);
    publish();
  }

  private Foreman running() {
    if (foreman == null) {
      throw RpcException.misc("The miner is off; setmining starts it");
    }
    return foreman;
  }

  @Override
  public void stop() {
    world.scheduler().assertOwner();
    if (foreman != null) {
      nextLook.cancel();
      foreman.close();
      foreman = null;
      threads = 0;
      publish();
    }
  }

  private void look() {
    foreman.allow(gate.isOpen());
    publish();
    nextLook = world.scheduler().after(MiningGate.LOOK_MILLIS, this::look);
  }

  private void publish() {
    status =
        foreman == null
            ? new Status(0, 0, blocksFound, Optional.empty())
            : new Status(
                threads,
                foreman.hashesPerSecond(),
                blocksFound,
                Optional.of(
                    new Schedule(
                        foreman.policy(),
                        foreman.pausesWhenIdle(),
                        foreman.ordered(),
                        foreman.isAtWork())));
  }

  private void found(Block block) {
    Verdict verdict = core.intake().accept(block);
    if (verdict.isAccepted()) {
      blocksFound++;
      LOG.info("Mined block {} at height {}", block.hash(), core.chain().snapshot().height());
      publish();
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
