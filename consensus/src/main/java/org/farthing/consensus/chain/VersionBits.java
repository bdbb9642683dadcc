package org.farthing.consensus.chain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.params.Deployments;
import org.farthing.consensus.params.SignalledDeployment;
import org.farthing.consensus.params.SignalledDeployment.Schedule;

/**
 * What miners say by the bits of their blocks' versions (BIP-0009): where known deployments stand,
 * and whether there are unknown ones. For any thread.
 */
public final class VersionBits {
  private static final int TOP_MASK = 0xe0000000;
  private static final int TOP_BITS = 0x20000000;

  /** Bits from here on up to 28 are free for other uses (BIP-0323). */
  private static final int SIGNAL_BITS = 5;

  private final Map<SignalledDeployment, Vote> known = new LinkedHashMap<>();
  private final List<Vote> unknown = new ArrayList<>();

  public VersionBits(ConsensusParams params) {
    Deployments deployments = params.deployments();
    for (SignalledDeployment deployment : deployments.signalled()) {
      known.put(
          deployment,
          new Vote(
              deployment.schedule(),
              deployment.poll(),
              block -> signals(block.header().version(), deployment.mask())));
    }
    Schedule always = new Schedule(0, Schedule.NO_TIMEOUT, 0);
    int fromHeight = deployments.unknown().fromHeight();
    for (int bit = 0; bit < SIGNAL_BITS; bit++) {
      int mask = 1 << bit;
      unknown.add(
          new Vote(
              always,
              deployments.unknown().poll(),
              block -> block.height() >= fromHeight && signalsUnknown(block, mask)));
    }
  }

  private static boolean signals(int version, int mask) {
    return (version & TOP_MASK) == TOP_BITS && (version & mask) != 0;
  }

  private boolean signalsUnknown(HeaderNode block, int mask) {
    return signals(block.header().version(), mask) && (versionAfter(block.parent()) & mask) == 0;
  }

  /** Lets go of what is remembered of headers that are gone. */
  void forget(List<HeaderNode> gone) {
    known.values().forEach(vote -> vote.forget(gone));
    unknown.forEach(vote -> vote.forget(gone));
  }

  /**
   * The version of a new block, which signals for all that can still be decided.
   *
   * @param parent the block before it; null for the genesis
   */
  public int versionAfter(HeaderNode parent) {
    int version = TOP_BITS;
    for (Map.Entry<SignalledDeployment, Vote> entry : known.entrySet()) {
      VoteState state = entry.getValue().after(parent);
      if (state == VoteState.STARTED || state == VoteState.LOCKED_IN) {
        version |= entry.getKey().mask();
      }
    }
    return version;
  }

  /**
   * The state of a new block.
   *
   * @param parent the block before it; null for the genesis
   */
  public VoteState stateAfter(SignalledDeployment deployment, HeaderNode parent) {
    return known.get(deployment).after(parent);
  }

  /** Where a deployment stands at a block. */
  public Standing standing(SignalledDeployment deployment, HeaderNode block) {
    Vote vote = known.get(deployment);
    VoteState state = vote.after(block.parent());
    Optional<Tally> tally =
        state == VoteState.STARTED || state == VoteState.LOCKED_IN
            ? Optional.of(tally(vote, block))
            : Optional.empty();
    return new Standing(
        block.height(), state, vote.after(block), vote.since(block.parent()), tally);
  }

  private static Tally tally(Vote vote, HeaderNode block) {
    int elapsed = block.height() % vote.poll().period() + 1;
    List<Boolean> signals = new ArrayList<>(elapsed);
    HeaderNode node = block;
    for (int i = 0; i < elapsed; i++) {
      signals.add(vote.signals(node));
      node = node.parent();
    }
    Collections.reverse(signals);
    return new Tally(vote.poll(), signals);
  }

  /** The deployments that miners have decided on without this software's knowing of them. */
  public List<UnknownRules> unknownRules(HeaderNode tip) {
    List<UnknownRules> found = new ArrayList<>();
    for (int bit = 0; bit < unknown.size(); bit++) {
      VoteState state = unknown.get(bit).after(tip);
      if (state == VoteState.ACTIVE || state == VoteState.LOCKED_IN) {
        found.add(new UnknownRules(bit, state == VoteState.ACTIVE));
      }
    }
    return found;
  }

  /**
   * A deployment as of one block.
   *
   * @param height of the block
   * @param state of the block
   * @param next the state of the block after it
   * @param since the height of the first block with this state
   * @param tally present while signals count or have just been counted
   */
  public record Standing(
      int height, VoteState state, VoteState next, int since, Optional<Tally> tally) {

    /** The height from which on the rules hold, if it is known. */
    public OptionalInt activeSince() {
      if (state == VoteState.ACTIVE) {
        return OptionalInt.of(since);
      }
      return next == VoteState.ACTIVE ? OptionalInt.of(height + 1) : OptionalInt.empty();
    }
  }

  /**
   * The signals of a period so far.
   *
   * @param signals one for each block, the first block of the period first
   */
  public record Tally(SignalledDeployment.Poll poll, List<Boolean> signals) {
    public Tally {
      signals = List.copyOf(signals);
    }

    public int elapsed() {
      return signals.size();
    }

    public int count() {
      return (int) signals.stream().filter(signal -> signal).count();
    }

    /** Enough blocks of the period are left to reach the threshold. */
    public boolean isPossible() {
      return elapsed() - count() <= poll.period() - poll.threshold();
    }
  }

  /**
   * @param active the rules hold already; otherwise they will
   */
  public record UnknownRules(int bit, boolean active) {}
}
