package org.farthing.consensus.chain;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.farthing.consensus.params.SignalledDeployment.Poll;
import org.farthing.consensus.params.SignalledDeployment.Schedule;

/**
 * The states of one deployment along all branches (BIP-0009). A state is that of a whole period,
 * and follows from the blocks before it alone; so it is computed once for the last block before
 * each period, and remembered. For any thread.
 */
final class Vote {
  private final Schedule schedule;
  private final Poll poll;
  private final Predicate<HeaderNode> signals;

  /** By the last block of a period, the state of the next one. */
  private final Map<HeaderNode, VoteState> known = new ConcurrentHashMap<>();

  /**
   * @param signals whether a block speaks for the deployment
   */
  Vote(Schedule schedule, Poll poll, Predicate<HeaderNode> signals) {
    this.schedule = schedule;
    this.poll = poll;
    this.signals = signals;
  }

  Poll poll() {
    return poll;
  }

  boolean signals(HeaderNode block) {
    return signals.test(block);
  }

  private boolean isDecidedForever() {
    return schedule.startSeconds() == Schedule.ALWAYS_ACTIVE
        || schedule.startSeconds() == Schedule.NEVER_ACTIVE;
  }

  /**
   * The state of a block.
   *
   * @param parent the block before it; null for the genesis
   */
  VoteState after(HeaderNode parent) {
    if (isDecidedForever()) {
      return schedule.startSeconds() == Schedule.ALWAYS_ACTIVE
          ? VoteState.ACTIVE
          : VoteState.FAILED;
    }
    VoteState state = VoteState.DEFINED;
    Deque<HeaderNode> unknown = new ArrayDeque<>();
    HeaderNode end = endOfPeriodBefore(parent);
    // Medians of times never go back: no period before the start can be anything but defined.
    while (end != null && end.medianTimePast() >= schedule.startSeconds()) {
      VoteState remembered = known.get(end);
      if (remembered != null) {
        state = remembered;
        break;
      }
      unknown.push(end);
      end = previousEnd(end);
    }
    for (HeaderNode next : unknown) {
      state = step(state, next);
      known.put(next, state);
    }
    return state;
  }

  /** Lets go of what is remembered of headers that are gone. */
  void forget(List<HeaderNode> gone) {
    if (!known.isEmpty()) {
      gone.forEach(known::remove);
    }
  }

  /** The last block of the last period that is complete with {@code block}; null if none is. */
  private HeaderNode endOfPeriodBefore(HeaderNode block) {
    int height = block == null ? -1 : block.height();
    return ancestorOrNull(block, height - (height + 1) % poll.period());
  }

  private HeaderNode previousEnd(HeaderNode end) {
    return ancestorOrNull(end, end.height() - poll.period());
  }

  private static HeaderNode ancestorOrNull(HeaderNode block, int height) {
    return height < 0 ? null : block.ancestor(height);
  }

  /** The state of the period after {@code end}, given that of the period which it ends. */
  private VoteState step(VoteState state, HeaderNode end) {
    return switch (state) {
      case DEFINED -> VoteState.STARTED;
      case STARTED -> decision(end);
      case LOCKED_IN ->
          end.height() + 1 >= schedule.minActivationHeight()
              ? VoteState.ACTIVE
              : VoteState.LOCKED_IN;
      case ACTIVE, FAILED -> state;
    };
  }

  /** A majority in the last period counts also if the time runs out at its end. */
  private VoteState decision(HeaderNode end) {
    int count = 0;
    HeaderNode block = end;
    for (int i = 0; i < poll.period(); i++) {
      count += signals.test(block) ? 1 : 0;
      block = block.parent();
    }
    if (count >= poll.threshold()) {
      return VoteState.LOCKED_IN;
    }
    return end.medianTimePast() >= schedule.timeoutSeconds() ? VoteState.FAILED : VoteState.STARTED;
  }

  /**
   * The height of the first block with the state that the block after {@code parent} has; 0 where
   * that is the state of the genesis.
   */
  int since(HeaderNode parent) {
    VoteState state = after(parent);
    if (isDecidedForever() || state == VoteState.DEFINED) {
      return 0;
    }
    HeaderNode end = endOfPeriodBefore(parent);
    HeaderNode earlier = previousEnd(end);
    while (earlier != null && after(earlier) == state) {
      end = earlier;
      earlier = previousEnd(end);
    }
    return end.height() + 1;
  }
}
