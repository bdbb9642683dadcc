package org.farthing.consensus.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.validation.TxChecks;
import org.farthing.consensus.validation.Verdict;
import org.farthing.testing.ScriptText;
import org.farthing.testing.Vectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each transaction of {@code tx_valid.json} and {@code tx_invalid.json}, with the rules it names
 * and with each rule added or removed in turn: what the vectors say is also minimal.
 */
class TransactionVectorsTest {
  private final long seed = System.nanoTime();

  @TestFactory
  Stream<DynamicTest> valid() {
    System.out.println("TransactionVectorsTest seed " + seed);
    return vectors("tx_valid.json", 121, this::checkValid);
  }

  @TestFactory
  Stream<DynamicTest> invalid() {
    System.out.println("TransactionVectorsTest seed " + seed);
    return vectors("tx_invalid.json", 93, this::checkInvalid);
  }

  private interface Check {
    void accept(Vector vector) throws Exception;
  }

  private static Stream<DynamicTest> vectors(String file, int lines, Check check) {
    List<DynamicTest> tests = new ArrayList<>();
    int line = 0;
    for (JsonNode node : Vectors.json(file)) {
      line++;
      if (node.size() == 1 && node.get(0).isTextual()) {
        continue; // A comment.
      }
      tests.add(
          dynamicTest(
              line + " " + node.get(node.size() - 1).asText(),
              () -> check.accept(Vector.parse(node))));
    }
    assertThat(tests).as("lines that are no comment").hasSize(lines);
    return tests.stream();
  }

  /** The flags of a valid transaction are those that it may not be held to. */
  private void checkValid(Vector vector) throws Exception {
    ScriptFlags excluded = FlagSets.parse(vector.flags);
    ScriptFlags flags = FlagSets.ALL.minus(excluded);
    assertThat(FlagSets.trim(flags)).as("flags that go together").isEqualTo(flags);
    PrecomputedTransaction transaction = vector.precomputed();
    assertThat(TxChecks.inIsolation(transaction.transaction())).isEqualTo(Verdict.accepted());
    vector.assertValid(transaction, flags);
    Random random = new Random(seed);
    for (ScriptFlag flag : ScriptFlag.values()) {
      vector.assertValid(transaction, FlagSets.trim(flags.without(flag)));
      vector.assertValid(transaction, FlagSets.trim(flags.minus(FlagSets.random(random))));
      ScriptFlags fewer = FlagSets.trim(excluded.without(flag));
      if (!fewer.equals(excluded)) {
        vector.assertInvalid(transaction, FlagSets.ALL.minus(fewer));
      }
    }
  }

  private void checkInvalid(Vector vector) throws Exception {
    PrecomputedTransaction transaction = vector.precomputed();
    boolean sound = TxChecks.inIsolation(transaction.transaction()) instanceof Verdict.Accepted;
    assertThat(sound).isEqualTo(!vector.flags.equals("BADTX"));
    if (!sound) {
      return;
    }
    ScriptFlags flags = FlagSets.parse(vector.flags);
    assertThat(FlagSets.fill(flags)).as("flags that go together").isEqualTo(flags);
    vector.assertInvalid(transaction, flags);
    Random random = new Random(seed);
    for (ScriptFlag flag : ScriptFlag.values()) {
      vector.assertInvalid(transaction, FlagSets.fill(flags.with(flag)));
      vector.assertInvalid(transaction, FlagSets.fill(flags.union(FlagSets.random(random))));
      ScriptFlags fewer = FlagSets.trim(flags.without(flag));
      if (!fewer.equals(flags)) {
        vector.assertValid(transaction, fewer);
      }
    }
  }

  /** {@code [[[txid, index, script, amount?], …], transaction, flags]} */
  private record Vector(Map<OutPoint, TxOut> outputs, Transaction transaction, String flags) {
    static Vector parse(JsonNode node) throws Exception {
      assertThat(node).hasSize(3);
      Map<OutPoint, TxOut> outputs = new HashMap<>();
      for (JsonNode output : node.get(0)) {
        assertThat(output.size()).isBetween(3, 4);
        OutPoint outPoint =
            new OutPoint(Txid.parse(output.get(0).asText()), Vectors.int32(output.get(1)));
        long amountSat = output.size() == 4 ? Vectors.int64(output.get(3)) : 0;
        outputs.put(outPoint, new TxOut(amountSat, ScriptText.parse(output.get(2).asText())));
      }
      byte[] bytes = Hex.decode(node.get(1).asText());
      return new Vector(outputs, Transaction.decode(bytes), node.get(2).asText());
    }

    PrecomputedTransaction precomputed() {
      List<TxOut> spent = new ArrayList<>();
      for (TxIn input : transaction.inputs()) {
        spent.add(outputs.getOrDefault(input.outPoint(), new TxOut(0, ScriptText.parse(""))));
      }
      return PrecomputedTransaction.of(transaction, spent);
    }

    private ScriptError verify(PrecomputedTransaction precomputed, ScriptFlags rules) {
      for (int i = 0; i < transaction.inputs().size(); i++) {
        assertThat(outputs).containsKey(transaction.inputs().get(i).outPoint());
        ScriptError error = ScriptVerifier.verify(precomputed, i, rules);
        if (error != ScriptError.OK) {
          return error;
        }
      }
      return ScriptError.OK;
    }

    void assertValid(PrecomputedTransaction precomputed, ScriptFlags rules) {
      assertThat(verify(precomputed, rules)).as("with " + rules).isEqualTo(ScriptError.OK);
    }

    void assertInvalid(PrecomputedTransaction precomputed, ScriptFlags rules) {
      assertThat(verify(precomputed, rules)).as("with " + rules).isNotEqualTo(ScriptError.OK);
    }
  }
}
