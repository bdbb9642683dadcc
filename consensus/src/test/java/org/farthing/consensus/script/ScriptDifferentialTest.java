package org.farthing.consensus.script;

import static org.assertj.core.api.Assertions.assertThat;

import fr.acinq.bitcoin.OutPoint;
import fr.acinq.bitcoin.Satoshi;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.farthing.consensus.primitives.TxOut;
import org.junit.jupiter.api.Test;

/**
 * Random spends, some of them mutated, judged by us and by bitcoin-kmp, an independent script
 * engine. {@code -Dfarthing.differential.cases} and {@code -Dfarthing.differential.seed} make more
 * of them, or the same again.
 */
class ScriptDifferentialTest {
  private static final int CASES = Integer.getInteger("farthing.differential.cases", 4_000);
  private static final long SEED = Long.getLong("farthing.differential.seed", System.nanoTime());

  @Test
  void bothEnginesGiveTheSameVerdict() throws Exception {
    System.out.println("ScriptDifferentialTest seed " + SEED + ", cases " + CASES);
    Map<ScriptError, Integer> verdicts = new EnumMap<>(ScriptError.class);
    for (int i = 0; i < CASES; i++) {
      // Neighbouring seeds would begin with the same numbers.
      Random random = new Random((SEED + i) * 0x9e3779b97f4a7c15L);
      Spend spend = new SpendGenerator(random).next(flags(random));
      for (int mutations = random.nextInt(3); mutations > 0; mutations--) {
        spend = new SpendMutator(random).mutate(spend);
      }
      ScriptError verdict = spend.verdict();
      verdicts.merge(verdict, 1, Integer::sum);
      assertThat(oracleAccepts(spend))
          .as("case with seed %d: %s says %s", SEED + i, verdict, spend)
          .isEqualTo(verdict == ScriptError.OK);
    }
    System.out.println(verdicts);
    assertThat(verdicts.get(ScriptError.OK)).isBetween(CASES / 5, CASES * 4 / 5);
    assertThat(verdicts).hasSizeGreaterThan(25);
  }

  private static ScriptFlags flags(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> ScriptFlags.STANDARD;
      case 1 -> settled(FlagSets.trim(FlagSets.random(random)));
      default -> ScriptFlags.MANDATORY;
    };
  }

  /**
   * The oracle still takes lock-time instructions for reserved ones where their rules are off,
   * which Bitcoin Core no longer does.
   */
  private static ScriptFlags settled(ScriptFlags flags) {
    return flags.has(ScriptFlag.DISCOURAGE_UPGRADABLE_NOPS)
        ? flags.with(ScriptFlag.CHECKLOCKTIMEVERIFY).with(ScriptFlag.CHECKSEQUENCEVERIFY)
        : flags;
  }

  private static boolean oracleAccepts(Spend spend) throws Exception {
    var transaction = fr.acinq.bitcoin.Transaction.read(spend.transaction().serialize());
    Map<OutPoint, fr.acinq.bitcoin.TxOut> outputs = new HashMap<>();
    for (int i = 0; i < spend.spent().size(); i++) {
      TxOut output = spend.spent().get(i);
      outputs.put(
          transaction.txIn.get(i).outPoint,
          new fr.acinq.bitcoin.TxOut(
              new Satoshi(output.valueSat()), output.scriptPubKey().toByteArray()));
    }
    int bits = 0;
    for (ScriptFlag flag : ScriptFlag.values()) {
      if (spend.flags().has(flag)) {
        bits |=
            fr.acinq.bitcoin.ScriptFlags.class
                .getField("SCRIPT_VERIFY_" + flag.name())
                .getInt(null);
      }
    }
    try {
      fr.acinq.bitcoin.Transaction.correctlySpends(transaction, outputs, bits);
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }
}
