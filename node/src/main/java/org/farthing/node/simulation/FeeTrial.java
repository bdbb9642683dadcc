package org.farthing.node.simulation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.validation.BlockChecks;
import org.farthing.node.fee.BlockPolicyEstimator;
import org.farthing.node.fee.FeeEstimate;
import org.farthing.node.fee.FeeEstimates;
import org.farthing.node.fee.FeeSource;
import org.farthing.node.fee.MempoolPolicyEstimator;
import org.farthing.node.fee.MinedBlock;
import org.farthing.node.fee.RoomEstimator;
import org.farthing.node.mempool.FeePerWeight;
import org.farthing.node.mempool.FeeRate;
import org.farthing.node.mempool.MempoolEntry;

/**
 * Puts the fee estimators to the test: on a {@link FeeMarket} each is asked at some moment before
 * every block what to pay, and later it is seen whether that was enough, and how much less would
 * have been.
 */
public final class FeeTrial {
  private static final List<Integer> TARGETS = List.of(2, 6, 24);

  private final FeeMarket market;
  private final BlockPolicyEstimator blockPolicy = new BlockPolicyEstimator();
  private final MempoolPolicyEstimator mempoolPolicy = new MempoolPolicyEstimator();
  private final RoomEstimator room = new RoomEstimator();
  private final List<FeeRate> enough = new ArrayList<>();
  private final Map<Question, List<Asked>> answers = new LinkedHashMap<>();
  private List<FeePerWeight> waiting = List.of();
  private List<FeePerWeight> nextBlock = List.of();

  /** Who is asked. */
  public enum Adviser {
    /** As {@code estimatesmartfee} answers unless it is told otherwise, without a guess. */
    LOWER_OF_BOTH("lower of both", false),
    LOWER_OF_BOTH_CONSERVATIVE("lower of both, conservative", true),
    BLOCK_POLICY("block policy", false),
    BLOCK_POLICY_CONSERVATIVE("block policy, conservative", true),
    /** The first, with a guess where nothing is known. */
    GUESSING("lower of both, or a guess", false),
    ROOM_IN_BLOCKS("guess alone", true);

    private final String label;
    private final boolean conservative;

    Adviser(String label, boolean conservative) {
      this.label = label;
      this.conservative = conservative;
    }

    public String label() {
      return label;
    }
  }

  /**
   * @param target within how many blocks
   */
  public record Question(Adviser adviser, int target) {}

  /**
   * @param before how many blocks there were when it was asked
   */
  private record Asked(int before, Optional<FeeRate> answer) {}

  /**
   * What came of one question, asked before each block.
   *
   * @param answered the part of the times at which there was an answer
   * @param confirmed the part of these at which it was enough
   * @param medianExcess by how much it was more than the least that would have been enough, as a
   *     part of that; where it was enough
   * @param mostExcess what it was less than, nine times of ten
   */
  public record Outcome(
      double answered, double confirmed, double medianExcess, double mostExcess) {}

  private FeeTrial(long seed) {
    this.market = new FeeMarket(seed);
  }

  /**
   * Runs a market.
   *
   * @param blocks how many, from more than 24
   */
  public static Map<Question, Outcome> run(long seed, int blocks) {
    FeeTrial trial = new FeeTrial(seed);
    for (int i = 0; i < blocks; i++) {
      trial.block();
    }
    Map<Question, Outcome> outcomes = new LinkedHashMap<>();
    trial.answers.forEach(
        (question, asked) -> outcomes.put(question, trial.outcome(question, asked)));
    return outcomes;
  }

  private void block() {
    FeeMarket.Mined block =
        market.next(
            came -> {
              came.forEach(blockPolicy::entered);
              askAll();
            });
    block.came().forEach(blockPolicy::entered);
    blockPolicy.connected(block.height(), block.mined());
    long weight = block.paid().weight();
    mempoolPolicy.connected(new MinedBlock(block.height(), weight, weight), BlockHash.ZERO);
    room.add(block.height(), block.paid());
    enough.add(block.enough());
  }

  private void askAll() {
    waiting = market.waiting().stream().map(MempoolEntry::feePerWeight).toList();
    nextBlock = nextBlock(waiting);
    for (int target : TARGETS) {
      for (Adviser adviser : Adviser.values()) {
        Optional<FeeRate> answer = ask(adviser, target).rate().map(FeeMarket.LEAST::max);
        answers
            .computeIfAbsent(new Question(adviser, target), key -> new ArrayList<>())
            .add(new Asked(enough.size(), answer));
      }
    }
  }

  private FeeEstimate ask(Adviser adviser, int target) {
    boolean conservative = adviser.conservative;
    return switch (adviser) {
      case LOWER_OF_BOTH, LOWER_OF_BOTH_CONSERVATIVE ->
          FeeEstimates.lower(source -> estimate(source, target, conservative), false);
      case GUESSING -> FeeEstimates.lower(source -> estimate(source, target, conservative), true);
      case BLOCK_POLICY, BLOCK_POLICY_CONSERVATIVE ->
          estimate(FeeSource.BLOCK_POLICY, target, conservative);
      case ROOM_IN_BLOCKS -> estimate(FeeSource.ROOM_IN_BLOCKS, target, conservative);
    };
  }

  private FeeEstimate estimate(FeeSource source, int target, boolean conservative) {
    return switch (source) {
      case BLOCK_POLICY -> blockPolicy.estimate(target, conservative);
      case MEMPOOL_POLICY -> mempoolPolicy.estimate(nextBlock, conservative, FeeMarket.LEAST);
      case ROOM_IN_BLOCKS -> room.estimate(waiting, target, conservative, FeeMarket.LEAST);
    };
  }

  private static List<FeePerWeight> nextBlock(List<FeePerWeight> waiting) {
    List<FeePerWeight> next = new ArrayList<>();
    long weight = 0;
    for (FeePerWeight each : waiting) {
      weight += each.weight();
      if (weight > BlockChecks.MAX_WEIGHT) {
        break;
      }
      next.add(each);
    }
    return next;
  }

  private Outcome outcome(Question question, List<Asked> asked) {
    List<Asked> decided =
        asked.stream().filter(each -> each.before() + question.target() <= enough.size()).toList();
    List<Double> excess = new ArrayList<>();
    int answered = 0;
    for (Asked each : decided) {
      if (each.answer().isPresent()) {
        answered++;
        double paid = each.answer().get().satPerKvb();
        double least =
            enough.subList(each.before(), each.before() + question.target()).stream()
                .mapToDouble(FeeRate::satPerKvb)
                .min()
                .orElseThrow();
        if (paid >= least) {
          excess.add(paid / least - 1);
        }
      }
    }
    Collections.sort(excess);
    return new Outcome(
        (double) answered / decided.size(),
        answered == 0 ? 0 : (double) excess.size() / answered,
        excess.isEmpty() ? 0 : excess.get(excess.size() / 2),
        excess.isEmpty() ? 0 : excess.get(excess.size() * 9 / 10));
  }
}
