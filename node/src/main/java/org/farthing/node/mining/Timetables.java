package org.farthing.node.mining;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.farthing.consensus.chain.ChainEvent;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.config.MinerPolicy;
import org.farthing.node.mempool.Mempool;
import org.farthing.node.mempool.MempoolEntry;
import org.farthing.node.mempool.MempoolEvent;
import org.farthing.node.mempool.MempoolSnapshot;
import org.farthing.node.time.Poisson;

/** The machine for each {@link MinerPolicy}. */
final class Timetables {
  private Timetables() {}

  /**
   * @param random for a policy that rests on chance and names no seed
   */
  static Timetable of(MinerPolicy policy, Mempool mempool, RandomGenerator random, long nowMillis) {
    if (policy instanceof MinerPolicy.Interval interval) {
      return new Appointments(interval::millis, nowMillis);
    }
    if (policy instanceof MinerPolicy.Poisson poisson) {
      return new Appointments(exponential(poisson, random), nowMillis);
    }
    if (policy instanceof MinerPolicy.OnDemand) {
      return now -> OptionalLong.empty();
    }
    if (policy instanceof MinerPolicy.EachTransaction) {
      return new OneByOne(mempool);
    }
    if (policy instanceof MinerPolicy.UntilConfirmed wanted) {
      return new UntilConfirmed(wanted, mempool);
    }
    return OptionalLong::of;
  }

  private static LongSupplier exponential(MinerPolicy.Poisson policy, RandomGenerator random) {
    RandomGenerator chance =
        policy.seed().isPresent() ? new Random(policy.seed().getAsLong()) : random;
    return () -> Poisson.delayMillis(chance, policy.meanMillis());
  }

  /**
   * A search begins so long after the last one began; at once, if that one took longer. Times that
   * passed while nothing was to be mined are not caught up on.
   */
  private static final class Appointments implements Timetable {
    private final LongSupplier waitMillis;
    private long due;

    Appointments(LongSupplier waitMillis, long nowMillis) {
      this.waitMillis = waitMillis;
      this.due = nowMillis + waitMillis.getAsLong();
    }

    @Override
    public OptionalLong due(long nowMillis) {
      return OptionalLong.of(due);
    }

    @Override
    public void began(long nowMillis) {
      due = Math.max(due, nowMillis);
    }

    @Override
    public void made(long nowMillis) {
      due = Math.max(due + waitMillis.getAsLong(), nowMillis);
    }
  }

  /** A block for each transaction, the oldest first, none before those that it spends. */
  private static final class OneByOne implements Timetable {
    private final Mempool mempool;
    private final Map<Txid, MempoolEntry> waiting = new LinkedHashMap<>();

    OneByOne(Mempool mempool) {
      this.mempool = mempool;
      mempool.snapshot().entriesBestFirst().stream()
          .sorted(Comparator.comparingLong(MempoolEntry::timeMillis))
          .forEach(entry -> waiting.put(entry.txid(), entry));
    }

    @Override
    public OptionalLong due(long nowMillis) {
      return waiting.isEmpty() ? OptionalLong.empty() : OptionalLong.of(nowMillis);
    }

    @Override
    public void mempoolEvent(MempoolEvent event) {
      MempoolEntry entry = event.entry();
      if (event instanceof MempoolEvent.Added) {
        waiting.put(entry.txid(), entry);
      } else {
        waiting.remove(entry.txid());
      }
    }

    @Override
    public Optional<List<MempoolEntry>> contents() {
      MempoolSnapshot now = mempool.snapshot();
      return waiting.values().stream()
          .filter(entry -> now.parents(entry).isEmpty())
          .findFirst()
          .map(List::of);
    }
  }

  /** As long as the transaction waits, or was confirmed too few times since it was asked for. */
  private static final class UntilConfirmed implements Timetable {
    private final Txid txid;
    private final int confirmations;
    private boolean waiting;
    private OptionalInt confirmedAt = OptionalInt.empty();
    private int tipHeight;

    UntilConfirmed(MinerPolicy.UntilConfirmed policy, Mempool mempool) {
      this.txid = policy.txid();
      this.confirmations = policy.confirmations();
      this.waiting = mempool.contains(txid);
    }

    @Override
    public OptionalLong due(long nowMillis) {
      boolean unsure =
          confirmedAt.isPresent() && tipHeight - confirmedAt.getAsInt() + 1 < confirmations;
      return waiting || unsure ? OptionalLong.of(nowMillis) : OptionalLong.empty();
    }

    @Override
    public void mempoolEvent(MempoolEvent event) {
      if (event.entry().txid().equals(txid)) {
        waiting = event instanceof MempoolEvent.Added;
      }
    }

    @Override
    public void chainEvent(ChainEvent event) {
      boolean connected = event instanceof ChainEvent.Connected;
      int height = event.node().height();
      tipHeight = connected ? height : height - 1;
      if (event.block().transactions().stream().anyMatch(each -> each.txid().equals(txid))) {
        confirmedAt = connected ? OptionalInt.of(height) : OptionalInt.empty();
      }
    }
  }
}
