package org.farthing.consensus.fullblock;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Block;

/**
 * A story of blocks.
 *
 * @param base the blocks after the genesis with which it begins, all valid
 */
record Scenario(String name, ConsensusParams params, List<Block> base, List<Step> steps) {
  /** Later than all blocks of the scenarios that do not set the clock: 1 January 2027. */
  static final long NOW_SECONDS = 1_798_761_600L;

  Scenario {
    base = List.copyOf(base);
    steps = List.copyOf(steps);
  }

  /** The latest time that the clock shows. */
  long lastSeconds() {
    return steps.stream()
        .filter(Step.ClockIs.class::isInstance)
        .mapToLong(step -> ((Step.ClockIs) step).nowSeconds())
        .max()
        .orElse(NOW_SECONDS);
  }

  /** The steps in which blocks come that can be decoded, one block each. */
  List<Step.Delivery> deliveries() {
    return steps.stream().flatMap(Scenario::single).toList();
  }

  private static Stream<Step.Delivery> single(Step step) {
    if (step instanceof Step.AcceptedBranch branch) {
      return branch.blocks().stream().map(block -> new Step.AcceptedBlock(branch.name(), block));
    }
    return step instanceof Step.Delivery delivery ? Stream.of(delivery) : Stream.empty();
  }

  /** The blocks that keep all rules, without those of the base. */
  List<Block> validBlocks() {
    return deliveries().stream()
        .filter(Step.AcceptedBlock.class::isInstance)
        .map(Step.Delivery::block)
        .toList();
  }

  /** Every block that ever comes, whatever is wrong with it. */
  List<Block> allBlocks() {
    List<Block> blocks = new ArrayList<>(base);
    deliveries().forEach(delivery -> blocks.add(delivery.block()));
    return blocks;
  }

  @Override
  public String toString() {
    return name;
  }
}
