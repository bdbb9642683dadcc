package org.farthing.consensus.fullblock;

import java.util.List;
import java.util.stream.Stream;

/** All scenarios. */
final class Scenarios {
  private Scenarios() {}

  static List<Scenario> all() {
    return Stream.of(
            HeaderScenarios.all(),
            BranchScenarios.all(),
            MerkleScenarios.all(),
            CoinbaseScenarios.all(),
            SizeScenarios.all(),
            SigOpScenarios.all(),
            SpendScenarios.all(),
            MoneyScenarios.all(),
            LockTimeScenarios.all(),
            SequenceScenarios.all(),
            ActivationScenarios.all(),
            WitnessScenarios.all(),
            ScriptScenarios.all(),
            DuplicateScenarios.all(),
            EncodingScenarios.all(),
            List.of(LongReorganisation.thousandBlocks()))
        .flatMap(List::stream)
        .toList();
  }
}
