package org.farthing.consensus.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random spends, some of them mutated, judged by us and by bitcoin-kmp, an independent script
 * engine. {@code -Dfarthing.differential.cases} and {@code -Dfarthing.differential.seed} make more
 * of them, or the same again.
 */
class ScriptDifferentialTest {
  private static final int CASES = Integer.getInteger("farthing.differential.cases", 4_000);
  private static final long SEED = Long.getLong("farthing.differential.seed", System.nanoTime());

  /** Enough to reach everything; always the same, since rare things are missed now and then. */
  private static final int CASES_FOR_REACH = 12_000;

  private static final long SEED_FOR_REACH = 20_261_121;

  @Test
  void bothEnginesGiveTheSameVerdict() {
    System.out.println("ScriptDifferentialTest seed " + SEED + ", cases " + CASES);
    DifferentialReport report = judge(SEED, CASES);
    System.out.println(report);
    assertThat(report.differences()).isEmpty();
  }

  @Test
  @Tag("slow")
  void theGeneratorReachesEveryErrorAndEveryInstruction() {
    DifferentialReport report = judge(SEED_FOR_REACH, CASES_FOR_REACH);
    assertThat(report.differences()).isEmpty();
    assertThat(missingErrors(report)).as("errors that were never provoked").isEmpty();
    assertThat(missingOpcodes(report)).as("opcodes in no accepted script").isEmpty();
  }

  private static DifferentialReport judge(long firstSeed, int cases) {
    DifferentialReport report = new DifferentialReport();
    for (int i = 0; i < cases; i++) {
      report.add(firstSeed + i, spend(firstSeed + i));
    }
    return report;
  }

  private static Spend spend(long seed) {
    // Neighbouring seeds would begin with the same numbers.
    Random random = new Random(seed * 0x9e3779b97f4a7c15L);
    Spend spend = new SpendGenerator(random).next(flags(random));
    for (int mutations = random.nextInt(3); mutations > 0; mutations--) {
      spend = new SpendMutator(random).mutate(spend);
    }
    return spend;
  }

  private static ScriptFlags flags(Random random) {
    return switch (random.nextInt(8)) {
      case 0, 1 -> ScriptFlags.STANDARD;
      case 2 -> FlagSets.trim(FlagSets.random(random));
      case 3 -> ScriptFlags.of(ScriptFlag.P2SH, ScriptFlag.WITNESS, ScriptFlag.TAPROOT);
      default -> ScriptFlags.MANDATORY;
    };
  }

  /** All but the one that no script provokes. */
  private static List<ScriptError> missingErrors(DifferentialReport report) {
    List<ScriptError> missing = new ArrayList<>(List.of(ScriptError.values()));
    missing.remove(ScriptError.UNKNOWN_ERROR);
    missing.removeAll(report.verdicts().keySet());
    return missing;
  }

  /** VERIF and VERNOTIF fail even where they are not executed; what follows 0xba has no name. */
  private static List<String> missingOpcodes(DifferentialReport report) {
    List<String> missing = new ArrayList<>();
    for (int opcode = Opcode.OP_PUSHDATA1; opcode <= Opcode.OP_CHECKSIGADD; opcode++) {
      boolean hopeless = opcode == Opcode.OP_VERIF || opcode == Opcode.OP_VERNOTIF;
      if (!hopeless && !report.acceptedOpcodes().get(opcode)) {
        missing.add(Opcode.name(opcode));
      }
    }
    return missing;
  }
}
