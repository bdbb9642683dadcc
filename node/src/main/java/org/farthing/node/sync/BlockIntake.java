package org.farthing.node.sync;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.ChainState;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.validation.Verdict;
import org.farthing.node.time.Clock;

/**
 * The one way for blocks into the chain, wherever they come from, and for whoever moves its tip.
 * When one has changed the tip, and all events of that change are over, those who wait for a new
 * tip are told, in their order.
 */
public final class BlockIntake {
  /** They keep blocks in memory. */
  private static final int MOST_POSTPONED = 4;

  private final ChainState chain;
  private final Clock clock;
  private final Executor later;
  private final List<Runnable> beginnings = new ArrayList<>();
  private final List<Consumer<ChainSnapshot>> listeners = new ArrayList<>();

  private final Queue<Runnable> postponed = new ArrayDeque<>();
  private final List<BiConsumer<Block, Verdict.Rejected>> refusals = new ArrayList<>();

  /** How many blocks came that others were to follow. */
  private long ahead;

  private boolean catchingUp;

  /**
   * @param later runs tasks on the owner's thread, after those that wait for it now
   */
  public BlockIntake(ChainState chain, Clock clock, Executor later) {
    this.chain = chain;
    this.clock = clock;
    this.later = later;
  }

  /** Called before anything is tried that may move the tip. */
  public void onBegin(Runnable listener) {
    beginnings.add(listener);
  }

  public void onTipChanged(Consumer<ChainSnapshot> listener) {
    listeners.add(listener);
  }

  /** Called with each block that is refused when it comes. */
  public void onRefused(BiConsumer<Block, Verdict.Rejected> listener) {
    refusals.add(listener);
  }

  /** A block that was asked for, or is our own. */
  public Verdict accept(Block block) {
    return reporting(block, () -> chain.acceptBlock(block, clock.nowSeconds()));
  }

  /**
   * A block that was asked for together with others: it need not be connected before the next one
   * is here, if that is on its way already, so that its scripts can run meanwhile.
   */
  public Verdict acceptAhead(Block block) {
    ahead++;
    Verdict verdict = reporting(block, () -> chain.acceptBlockAhead(block, clock.nowSeconds()));
    if (chain.hasBlocksAhead() && !catchingUp) {
      catchingUp = true;
      catchUpAfter(ahead);
    }
    return verdict;
  }

  /** What is on its way gets in line behind the first task, and before the second. */
  private void catchUpAfter(long known) {
    later.execute(() -> later.execute(() -> catchUp(known)));
  }

  private void catchUp(long known) {
    if (ahead != known && chain.hasBlocksAhead()) {
      catchUpAfter(ahead);
    } else {
      catchingUp = false;
      announcing(chain::catchUp);
    }
  }

  /** A block that a peer sent without being asked. */
  public Verdict acceptUnrequested(Block block) {
    return reporting(block, () -> chain.acceptUnrequestedBlock(block, clock.nowSeconds()));
  }

  /** Treats a block and all that follow it as invalid. */
  public void invalidate(HeaderNode block) {
    announcing(() -> chain.invalidate(block));
  }

  /** Forgets that a block, those before it and those after it are invalid. */
  public void reconsider(HeaderNode block) {
    announcing(() -> chain.reconsider(block));
  }

  /** Treats a block as the first seen of all with the same work. */
  public void prefer(HeaderNode block) {
    announcing(() -> chain.prefer(block));
  }

  /** Does something that may move the tip. */
  public void moving(Runnable change) {
    announcing(change);
  }

  /**
   * For what follows from a change and nobody waits for: it is done in its order, on the owner's
   * thread, when the present task is over and before all that comes from now on. Of many blocks in
   * one task only the last have to wait.
   */
  public void afterwards(Runnable task) {
    if (postponed.isEmpty()) {
      later.execute(() -> doPostponed(0));
    }
    postponed.add(task);
    doPostponed(MOST_POSTPONED);
  }

  private void doPostponed(int most) {
    while (postponed.size() > most) {
      postponed.remove().run();
    }
  }

  private Verdict reporting(Block block, Supplier<Verdict> acceptance) {
    AtomicReference<Verdict> result = new AtomicReference<>();
    announcing(() -> result.set(acceptance.get()));
    if (result.get() instanceof Verdict.Rejected rejected) {
      refusals.forEach(listener -> listener.accept(block, rejected));
    }
    return result.get();
  }

  private void announcing(Runnable change) {
    HeaderNode before = chain.snapshot().tip();
    beginnings.forEach(Runnable::run);
    change.run();
    ChainSnapshot after = chain.snapshot();
    if (after.tip() != before) {
      listeners.forEach(listener -> listener.accept(after));
    }
  }
}
