package org.farthing.consensus.fullblock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.farthing.consensus.chain.Coins;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.validation.RejectReason;
import org.farthing.consensus.validation.Verdict;

/**
 * Delivers the blocks of a scenario in another order. Which blocks are valid is not a question of
 * order: in the end the tip is the valid block with most work, and the coins are those that it
 * leaves.
 */
final class Disorder {
  private static final Set<String> OF_A_FALLEN_BRANCH =
      Set.of(RejectReason.BAD_PREVBLK.label(), RejectReason.DUPLICATE_INVALID.label());

  private final Scenario scenario;
  private final Player player;
  private final List<Step.Delivery> shuffled;
  private final Set<BlockHash> valid = new HashSet<>();

  Disorder(Scenario scenario, Player player, long seed) {
    this.scenario = scenario;
    this.player = player;
    scenario.validBlocks().forEach(block -> valid.add(block.hash()));
    player.clock(scenario.lastSeconds());
    shuffled = new ArrayList<>();
    scenario.deliveries().stream().filter(Disorder::takesPart).forEach(shuffled::add);
    Collections.shuffle(shuffled, new Random(seed));
  }

  private static boolean takesPart(Step.Delivery delivery) {
    return !(delivery instanceof Step.OrphanBlock || delivery instanceof Step.RefusedHeader);
  }

  /** All headers in their order, then the bodies in any. */
  void headersFirst() {
    for (Step.Delivery delivery : scenario.deliveries()) {
      if (takesPart(delivery)) {
        assertThat(player.acceptHeader(delivery.block().header())).isEqualTo(Verdict.accepted());
      }
    }
    shuffled.forEach(delivery -> check(delivery, player.accept(delivery.block())));
    assertEnd();
  }

  /**
   * Whole blocks in any order; one that comes before its parent is kept back until that is known.
   */
  void orphansToo() {
    Map<BlockHash, List<Step.Delivery>> waiting = new HashMap<>();
    for (Step.Delivery delivery : shuffled) {
      Deque<Step.Delivery> queue = new ArrayDeque<>(List.of(delivery));
      while (!queue.isEmpty()) {
        Step.Delivery next = queue.remove();
        Block block = next.block();
        boolean parentKnown = player.chain().headers().find(block.header().previous()).isPresent();
        Verdict verdict = player.accept(block);
        if (!parentKnown && !(next instanceof Step.RefusedBody)) {
          assertThat(Player.label(verdict)).isEqualTo(RejectReason.PREV_BLK_NOT_FOUND.label());
          waiting.computeIfAbsent(block.header().previous(), hash -> new ArrayList<>()).add(next);
        } else {
          checkUnlessOrphan(next, verdict, parentKnown);
          List<Step.Delivery> freed = waiting.remove(block.hash());
          queue.addAll(freed == null ? List.of() : freed);
        }
      }
    }
    assertThat(waiting).isEmpty();
    assertEnd();
  }

  private void checkUnlessOrphan(Step.Delivery delivery, Verdict verdict, boolean parentKnown) {
    boolean orphan = Player.label(verdict).equals(RejectReason.PREV_BLK_NOT_FOUND.label());
    if (parentKnown || !orphan) {
      check(delivery, verdict);
    }
  }

  private void check(Step.Delivery delivery, Verdict verdict) {
    String label = Player.label(verdict);
    Block block = delivery.block();
    if (delivery instanceof Step.AcceptedBlock) {
      assertThat(verdict).as(delivery.name()).isEqualTo(Verdict.accepted());
    } else if (delivery instanceof Step.RefusedBody refused) {
      // The honest body may have come before: this one has nothing to add then.
      if (!verdict.isAccepted() || !player.chain().hasBlock(block.hash())) {
        assertThat(label).as(delivery.name()).isEqualTo(refused.label());
      }
    } else if (!verdict.isAccepted()) {
      assertThat(label).as(delivery.name()).isIn(reasons(delivery));
    }
  }

  /** A block of a weaker branch may be taken, and fall later. */
  private static Set<String> reasons(Step.Delivery delivery) {
    if (delivery instanceof Step.InvalidBlock invalid) {
      return Set.of(invalid.label());
    }
    return delivery instanceof Step.SleepingBlock sleeping
        ? Set.of(sleeping.label())
        : OF_A_FALLEN_BRANCH;
  }

  private void assertEnd() {
    int most = player.chain().headers().find(base()).orElseThrow().height();
    for (BlockHash hash : valid) {
      assertThat(player.chain().isInvalid(hash)).isFalse();
      most = Math.max(most, player.chain().headers().find(hash).orElseThrow().height());
    }
    assertThat(player.tip().height()).isEqualTo(most);
    assertThat(player.tip().hash()).isIn(withBase());
    Coins.assertConsistent(player.chain(), scenario.allBlocks());
  }

  private BlockHash base() {
    return scenario.base().isEmpty()
        ? scenario.params().genesis().hash()
        : scenario.base().get(scenario.base().size() - 1).hash();
  }

  private Set<BlockHash> withBase() {
    Set<BlockHash> all = new HashSet<>(valid);
    all.add(base());
    return all;
  }
}
