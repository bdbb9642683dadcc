package org.farthing.consensus.chain;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.farthing.consensus.params.Difficulty;
import org.farthing.consensus.params.Difficulty.Variation;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.validation.Lwma;
import org.farthing.consensus.validation.Retarget;

/**
 * Follows headers that nobody keeps, and says which target each of them must have. So a chain can
 * be weighed that is not in the tree: were its targets free, somebody with little hash rate could
 * put all the work that is asked for into a few blocks, and wait for the luck.
 *
 * <p>It remembers only what the rule looks at: with Bitcoin's the beginning of the period, with
 * {@link Lwma} its window. Where Bitcoin Core bounds the step from target to target, this knows the
 * target itself.
 */
public abstract sealed class TargetTrack {
  private TargetTrack() {}

  /** Whether the next header has a target that the rules allow there; it is followed if so. */
  public abstract boolean follow(BlockHeader next);

  /** Follows what comes after {@code start}. */
  public static TargetTrack after(HeaderNode start, Difficulty difficulty) {
    if (difficulty instanceof Difficulty.Lwma lwma) {
      return new Windowed(start, lwma);
    }
    if (difficulty instanceof Difficulty.Retarget retarget
        && !retarget.has(Variation.EASIEST_AFTER_A_PAUSE)) {
      return new Retargeted(start, retarget);
    }
    return difficulty instanceof Difficulty.Fixed fixed ? new Constant(fixed) : new Free();
  }

  private static final class Constant extends TargetTrack {
    private final int bits;

    Constant(Difficulty.Fixed rule) {
      bits = rule.limitBits();
    }

    @Override
    public boolean follow(BlockHeader next) {
      return next.bits() == bits;
    }
  }

  /** Any block may have the easiest target, and the one after it any that was there before. */
  private static final class Free extends TargetTrack {
    @Override
    public boolean follow(BlockHeader next) {
      return true;
    }
  }

  private static final class Retargeted extends TargetTrack {
    private final Difficulty.Retarget rule;
    private BlockHeader first;
    private BlockHeader last;
    private int height;

    Retargeted(HeaderNode start, Difficulty.Retarget rule) {
      this.rule = rule;
      last = start.header();
      height = start.height();
      first = start.ancestor(height - height % rule.period()).header();
    }

    @Override
    public boolean follow(BlockHeader next) {
      boolean begins = (height + 1) % rule.period() == 0;
      if (next.bits() != (begins ? retargeted() : last.bits())) {
        return false;
      }
      height++;
      last = next;
      first = begins ? next : first;
      return true;
    }

    private int retargeted() {
      BlockHeader base = rule.has(Variation.BIP94) ? first : last;
      return Retarget.nextBits(rule, base.bits(), last.timeSeconds() - first.timeSeconds());
    }
  }

  private static final class Windowed extends TargetTrack {
    private final Difficulty.Lwma rule;
    private final Deque<Lwma.Sample> samples = new ArrayDeque<>();
    private final Deque<Long> times = new ArrayDeque<>();

    Windowed(HeaderNode start, Difficulty.Lwma rule) {
      this.rule = rule;
      for (HeaderNode node = start;
          node != null && samples.size() <= rule.window();
          node = node.parent()) {
        samples.addFirst(new Lwma.Sample(node.medianTimePast(), node.header().bits()));
        if (times.size() < HeaderNode.MEDIAN_TIME_SPAN) {
          times.addFirst(node.header().timeSeconds());
        }
      }
    }

    @Override
    public boolean follow(BlockHeader next) {
      List<Lwma.Sample> window = new ArrayList<>(samples);
      if (next.bits() != Lwma.nextBits(rule, window)) {
        return false;
      }
      push(times, next.timeSeconds(), HeaderNode.MEDIAN_TIME_SPAN);
      push(samples, new Lwma.Sample(medianTime(), next.bits()), rule.window() + 1);
      return true;
    }

    private static <T> void push(Deque<T> queue, T last, int limit) {
      queue.addLast(last);
      if (queue.size() > limit) {
        queue.removeFirst();
      }
    }

    private long medianTime() {
      long[] sorted = times.stream().mapToLong(Long::longValue).toArray();
      Arrays.sort(sorted);
      return sorted[sorted.length / 2];
    }
  }
}
