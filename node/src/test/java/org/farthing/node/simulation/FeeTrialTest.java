package org.farthing.node.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.farthing.node.simulation.FeeTrial.Adviser;
import org.farthing.node.simulation.FeeTrial.Outcome;
import org.farthing.node.simulation.FeeTrial.Question;
import org.junit.jupiter.api.Test;

class FeeTrialTest {
  private static final int BLOCKS = 200;

  private static final Map<Question, Outcome> OUTCOMES = FeeTrial.run(1, BLOCKS);

  private Outcome of(Adviser adviser, int target) {
    return OUTCOMES.get(new Question(adviser, target));
  }

  @Test
  void aSeedDecidesEverything() {
    assertThat(FeeTrial.run(1, BLOCKS)).isEqualTo(OUTCOMES);
    assertThat(FeeTrial.run(2, BLOCKS)).isNotEqualTo(OUTCOMES);
  }

  @Test
  void theGuessAlwaysAnswers() {
    assertThat(of(Adviser.GUESSING, 6).answered()).isEqualTo(1);
    assertThat(of(Adviser.ROOM_IN_BLOCKS, 2).answered()).isEqualTo(1);
    assertThat(of(Adviser.LOWER_OF_BOTH, 6).answered()).isBetween(0.8, 0.999);
  }

  @Test
  void whoPaysWhatTheyAskIsMostlyConfirmedInTime() {
    for (Adviser adviser :
        List.of(Adviser.BLOCK_POLICY, Adviser.BLOCK_POLICY_CONSERVATIVE, Adviser.ROOM_IN_BLOCKS)) {
      assertThat(of(adviser, 24).confirmed()).as(adviser.label()).isGreaterThan(0.85);
    }
    assertThat(of(Adviser.BLOCK_POLICY_CONSERVATIVE, 6).confirmed()).isGreaterThan(0.9);
  }

  @Test
  void cautionCostsMore() {
    assertThat(of(Adviser.BLOCK_POLICY_CONSERVATIVE, 6).medianExcess())
        .isGreaterThanOrEqualTo(of(Adviser.LOWER_OF_BOTH, 6).medianExcess());
  }
}
