package org.farthing.consensus.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.primitives.Amount;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Sequence;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Witness;
import org.farthing.testing.ScriptText;
import org.farthing.testing.Vectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each line of {@code script_tests.json}, with the error it expects; then with rules added where it
 * fails, or taken away where it does not, which must not change whether it does.
 */
class ScriptVectorsTest {
  private static final int LINES = 1_233;
  private static final int VARIATIONS = 64;
  private static final String SCRIPT_MARK = "#SCRIPT#";
  private static final String CONTROL_MARK = "#CONTROLBLOCK#";
  private static final String TAPROOT_OUTPUT = "0x51 0x20 #TAPROOTOUTPUT#";

  /** The x-only public key of the private key 1, which the vectors' taproot outputs have. */
  private static final byte[] INTERNAL_KEY =
      Hex.constant("79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798");

  private final long seed = System.nanoTime();

  @TestFactory
  Stream<DynamicTest> vectors() {
    System.out.println("ScriptVectorsTest seed " + seed);
    List<DynamicTest> tests = new ArrayList<>();
    int line = 0;
    for (JsonNode vector : Vectors.json("script_tests.json")) {
      line++;
      if (vector.size() == 1 && vector.get(0).isTextual()) {
        continue; // A comment.
      }
      tests.add(dynamicTest(line + " " + vector, () -> check(vector)));
    }
    assertThat(tests).as("lines that are no comment").hasSize(LINES);
    return tests.stream();
  }

  private void check(JsonNode vector) throws Exception {
    int at = vector.get(0).isArray() ? 1 : 0;
    assertThat(vector.size()).isBetween(at + 4, at + 5);
    Spend spend = new Spend();
    if (at == 1) {
      spend.readWitness(vector.get(0));
    }
    Script scriptSig = ScriptText.parse(vector.get(at).asText());
    String output = vector.get(at + 1).asText();
    Script scriptPubKey =
        output.equals(TAPROOT_OUTPUT) ? spend.taprootOutput() : ScriptText.parse(output);
    ScriptFlags named = FlagSets.parse(vector.get(at + 2).asText());
    ScriptFlags flags = FlagSets.fill(named);
    ScriptError expected = error(vector.get(at + 3).asText());

    PrecomputedTransaction transaction = spend.of(scriptSig, scriptPubKey);
    assertThat(ScriptVerifier.verify(transaction, 0, flags)).isEqualTo(expected);
    Random random = new Random(seed);
    for (int i = 0; i < VARIATIONS; i++) {
      ScriptFlags other = FlagSets.random(random);
      boolean valid = expected == ScriptError.OK;
      ScriptFlags varied =
          valid ? FlagSets.trim(flags.minus(other)) : FlagSets.fill(flags.union(other));
      assertThat(ScriptVerifier.verify(transaction, 0, varied) == ScriptError.OK)
          .as("with " + varied)
          .isEqualTo(valid);
    }
  }

  /** One name is shorter in the vectors; an unknown one is an error. */
  private static ScriptError error(String name) {
    return name.equals("NULLFAIL") ? ScriptError.SIG_NULLFAIL : ScriptError.valueOf(name);
  }

  /** The transaction that spends, as Bitcoin Core's tests build it. */
  private static final class Spend {
    private final List<byte[]> witness = new ArrayList<>();
    private long amountSat;
    private byte[] outputKey;

    /** Items, then the amount in coins. */
    void readWitness(JsonNode items) throws Exception {
      for (int i = 0; i < items.size() - 1; i++) {
        String item = items.get(i).asText();
        if (item.startsWith(SCRIPT_MARK)) {
          witness.add(ScriptText.parse(item.substring(SCRIPT_MARK.length())).toByteArray());
        } else if (item.equals(CONTROL_MARK)) {
          commit(Script.of(witness.get(witness.size() - 1)));
        } else {
          witness.add(Hex.decode(item));
        }
      }
      JsonNode amount = items.get(items.size() - 1);
      assertThat(amount.isNumber()).isTrue();
      amountSat = Amount.parse(amount.decimalValue().toPlainString());
    }

    /** A tree of one leaf. */
    private void commit(Script script) {
      TapTree tree = new TapTree.Leaf(Taproot.LEAF_TAPSCRIPT, script);
      byte[] key = Taproot.outputKey(INTERNAL_KEY, tree.hash());
      witness.add(tree.paths().get(0).controlBlock(INTERNAL_KEY, key));
      outputKey = TapTree.xOnly(key);
    }

    Script taprootOutput() {
      assertThat(outputKey).as("a control block before the output").isNotNull();
      return ScriptPattern.p2tr(outputKey);
    }

    PrecomputedTransaction of(Script scriptSig, Script scriptPubKey) {
      Script height = new ScriptBuilder().number(0).number(0).build();
      TxOut output = new TxOut(amountSat, scriptPubKey);
      Transaction credit =
          new Transaction(
              1, List.of(new TxIn(OutPoint.NULL, height, Sequence.FINAL)), List.of(output), 0);
      TxIn input =
          new TxIn(new OutPoint(credit.txid(), 0), scriptSig, Sequence.FINAL, Witness.of(witness));
      TxOut onward = new TxOut(amountSat, Script.EMPTY);
      Transaction spend = new Transaction(1, List.of(input), List.of(onward), 0);
      return PrecomputedTransaction.of(spend, List.of(output));
    }
  }
}
