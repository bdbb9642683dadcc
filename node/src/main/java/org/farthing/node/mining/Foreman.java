package org.farthing.node.mining;

import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.farthing.consensus.chain.ChainEvent;
import org.farthing.consensus.primitives.Block;
import org.farthing.node.config.MinerPolicy;
import org.farthing.node.mempool.Mempool;
import org.farthing.node.mempool.MempoolEntry;
import org.farthing.node.mempool.MempoolEvent;
import org.farthing.node.time.Clock;
import org.farthing.node.time.Scheduler;

/**
 * Lets a {@link Miner} work when its policy wants a block, when blocks are ordered, and when they
 * may be made at all. Lives on the node thread, and is to be told of what happens to chain and
 * mempool.
 *
 * <p>A block counts as made before it is in the chain, so that the new tip finds a policy that
 * knows whether there is more to do: no search begins that is not wanted.
 */
public final class Foreman implements AutoCloseable {
  /** Somebody might order more than he meant; over it an order is a mistake. */
  public static final int MOST_ORDERED = 1_000_000;

  private final Shop shop;
  private final Scheduler scheduler;
  private final Clock clock;
  private final Miner miner;
  private Order order;
  private Timetable timetable;
  private int ordered;
  private boolean allowed;
  private boolean lookDue;
  private Scheduler.Timer nextLook;

  /**
   * Where blocks are made.
   *
   * @param submit gets solved blocks, on the node thread
   * @param random for policies that rest on chance
   */
  public record Shop(
      MiningChain chain,
      Mempool mempool,
      BlockAssembler assembler,
      Consumer<Block> submit,
      RandomGenerator random) {}

  /**
   * @param pauseWhenIdle nothing is mined while no transaction waits, unless the policy or somebody
   *     asks for it
   */
  public record Order(MinerPolicy policy, boolean pauseWhenIdle, Payout payout) {}

  /** Nothing is made before {@link #allow}. */
  public Foreman(Shop shop, Order order, Miner.Surroundings surroundings) {
    this.shop = shop;
    this.scheduler = surroundings.scheduler();
    this.clock = surroundings.clock();
    this.miner = new Miner(this::template, this::submit, surroundings);
    take(order);
  }

  /** Works by another policy from now on, for the same payout. */
  public void change(MinerPolicy policy, boolean pauseWhenIdle) {
    take(new Order(policy, pauseWhenIdle, order.payout()));
    look();
  }

  private void take(Order next) {
    order = next;
    timetable = Timetables.of(next.policy(), shop.mempool(), shop.random(), clock.nowMillis());
  }

  /** These many blocks more are made as soon as they can be, whatever the policy says. */
  public void order(int blocks) {
    ordered = Math.min(MOST_ORDERED, ordered + blocks);
    look();
  }

  /** Blocks that are ordered and not made yet. */
  public int ordered() {
    return ordered;
  }

  public MinerPolicy policy() {
    return order.policy();
  }

  public boolean pausesWhenIdle() {
    return order.pauseWhenIdle();
  }

  /** Whether a block is searched now. */
  public boolean isAtWork() {
    return miner.isMining();
  }

  /** Hashes per second over the last seconds; 0 at rest. Any thread may ask. */
  public double hashesPerSecond() {
    return miner.hashesPerSecond();
  }

  /** Whether blocks may be made now. */
  public void allow(boolean mayWork) {
    allowed = mayWork;
    look();
  }

  public void chainEvent(ChainEvent event) {
    timetable.chainEvent(event);
  }

  /** All events of a change of the chain are over. */
  public void tipChanged() {
    boolean wasAtWork = miner.isMining();
    look();
    if (wasAtWork && miner.isMining()) {
      miner.tipChanged();
    }
  }

  /** The mempool may be amid a change: it is looked at later. */
  public void mempoolEvent(MempoolEvent event) {
    timetable.mempoolEvent(event);
    miner.mempoolChanged();
    boolean alwaysWorks = order.policy() instanceof MinerPolicy.Steady && !order.pauseWhenIdle();
    if (!lookDue && !alwaysWorks) {
      lookDue = true;
      scheduler.execute(this::look);
    }
  }

  private void look() {
    lookDue = false;
    cancelLook();
    long now = clock.nowMillis();
    long due = ordered > 0 ? now : timetable.due(now).orElse(Long.MAX_VALUE);
    if (allowed && due <= now && !isIdle()) {
      if (!miner.isMining()) {
        timetable.began(now);
        miner.start();
      }
      return;
    }
    miner.stop();
    if (allowed && due > now && due < Long.MAX_VALUE) {
      nextLook = scheduler.after(due - now, this::look);
    }
  }

  private boolean isIdle() {
    return order.pauseWhenIdle()
        && ordered == 0
        && order.policy().worksUnasked()
        && shop.mempool().count() == 0;
  }

  private void cancelLook() {
    if (nextLook != null) {
      nextLook.cancel();
      nextLook = null;
    }
  }

  private BlockTemplate template() {
    long now = clock.nowSeconds();
    return timetable
        .contents()
        .map(entries -> shop.assembler().template(order.payout().script(), now, items(entries)))
        .orElseGet(() -> shop.assembler().template(order.payout().script(), now));
  }

  private static List<BlockTemplate.Item> items(List<MempoolEntry> entries) {
    return entries.stream()
        .map(each -> new BlockTemplate.Item(each.transaction(), each.feeSat(), each.sigOpCost()))
        .toList();
  }

  private void submit(Block block) {
    if (block.header().previous().equals(shop.chain().tip().hash())) {
      ordered = Math.max(0, ordered - 1);
      timetable.made(clock.nowMillis());
      order.payout().paid();
    }
    shop.submit().accept(block);
  }

  /** Ends it for good, and waits for the threads. */
  @Override
  public void close() {
    cancelLook();
    miner.close();
  }
}
