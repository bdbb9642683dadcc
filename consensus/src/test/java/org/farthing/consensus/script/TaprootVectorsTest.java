package org.farthing.consensus.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.consensus.crypto.TaggedHash;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Witness;
import org.farthing.testing.TestKey;
import org.farthing.testing.Vectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** {@code bip341_wallet_vectors.json}: trees, outputs, control blocks, and signatures by key. */
class TaprootVectorsTest {
  private static final String FILE = "bip341_wallet_vectors.json";

  @Test
  void theFileHasNoOtherParts() {
    assertThat(Vectors.json(FILE).fieldNames())
        .toIterable()
        .containsExactly("version", "scriptPubKey", "keyPathSpending");
    assertThat(Vectors.json(FILE).get("version").intValue()).isOne();
  }

  @TestFactory
  Stream<DynamicTest> outputs() {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode vector : Vectors.json(FILE).get("scriptPubKey")) {
      tests.add(dynamicTest("output " + tests.size(), () -> checkOutput(vector)));
    }
    assertThat(tests).hasSize(7);
    return tests.stream();
  }

  private static void checkOutput(JsonNode vector) throws Exception {
    JsonNode given = vector.get("given");
    JsonNode between = vector.get("intermediary");
    JsonNode expected = vector.get("expected");
    byte[] internal = bytes(given, "internalPubkey");
    byte[] root = {};
    if (given.get("scriptTree").isNull()) {
      assertThat(between.get("merkleRoot").isNull()).isTrue();
      assertThat(expected.has("scriptPathControlBlocks")).isFalse();
    } else {
      root = tree(given.get("scriptTree")).hash();
      assertThat(root).isEqualTo(bytes(between, "merkleRoot"));
    }
    assertThat(Taproot.tweak(internal, root)).isEqualTo(bytes(between, "tweak"));
    byte[] outputKey = Taproot.outputKey(internal, root);
    byte[] x = TapTree.xOnly(outputKey);
    assertThat(x).isEqualTo(bytes(between, "tweakedPubkey"));
    assertThat(ScriptPattern.p2tr(x).toByteArray()).isEqualTo(bytes(expected, "scriptPubKey"));
    if (root.length != 0) {
      checkPaths(vector, tree(given.get("scriptTree")), internal, outputKey);
    }
  }

  private static void checkPaths(JsonNode vector, TapTree tree, byte[] internal, byte[] outputKey)
      throws Exception {
    JsonNode hashes = vector.get("intermediary").get("leafHashes");
    JsonNode controls = vector.get("expected").get("scriptPathControlBlocks");
    List<TapTree.Path> paths = tree.paths();
    assertThat(hashes).hasSize(paths.size());
    assertThat(controls).hasSize(paths.size());
    for (int i = 0; i < paths.size(); i++) {
      byte[] leafHash = paths.get(i).leaf().hash();
      byte[] control = paths.get(i).controlBlock(internal, outputKey);
      assertThat(leafHash).isEqualTo(Hex.decode(hashes.get(i).asText()));
      assertThat(control).isEqualTo(Hex.decode(controls.get(i).asText()));
      assertThat(Taproot.isControlSize(control.length)).isTrue();
      assertThat(Taproot.commits(TapTree.xOnly(outputKey), control, leafHash)).isTrue();
      control[0] ^= 1;
      assertThat(Taproot.commits(TapTree.xOnly(outputKey), control, leafHash)).isFalse();
    }
  }

  /** {@code [left, right]} or {@code {script, leafVersion}}. */
  private static TapTree tree(JsonNode node) throws Exception {
    if (node.isArray()) {
      assertThat(node).hasSize(2);
      return new TapTree.Branch(tree(node.get(0)), tree(node.get(1)));
    }
    Script script = Script.parse(node.get("script").asText());
    return new TapTree.Leaf(Vectors.int32(node.get("leafVersion")), script);
  }

  @TestFactory
  Stream<DynamicTest> keyPathSpending() throws Exception {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode vector : Vectors.json(FILE).get("keyPathSpending")) {
      Spending spending = Spending.parse(vector);
      tests.add(dynamicTest("hashes", spending::checkHashes));
      for (JsonNode input : vector.get("inputSpending")) {
        String name = "input " + input.get("given").get("txinIndex");
        tests.add(dynamicTest(name, () -> spending.checkInput(input)));
      }
      tests.add(dynamicTest("signed transaction", spending::checkSigned));
    }
    assertThat(tests).hasSize(1 + 7 + 1);
    return tests.stream();
  }

  /** A transaction of nine inputs, seven of which spend taproot outputs. */
  private record Spending(JsonNode vector, Transaction unsigned, List<TxOut> spent) {
    static Spending parse(JsonNode vector) throws Exception {
      JsonNode given = vector.get("given");
      List<TxOut> spent = new ArrayList<>();
      for (JsonNode output : given.get("utxosSpent")) {
        Script script = Script.parse(output.get("scriptPubKey").asText());
        spent.add(new TxOut(Vectors.int64(output.get("amountSats")), script));
      }
      Transaction unsigned = Transaction.decode(bytes(given, "rawUnsignedTx"));
      return new Spending(vector, unsigned, spent);
    }

    void checkHashes() throws Exception {
      JsonNode common = vector.get("intermediary");
      PrecomputedTransaction precomputed = PrecomputedTransaction.of(unsigned, spent);
      assertThat(precomputed.amountsHash()).isEqualTo(bytes(common, "hashAmounts"));
      assertThat(precomputed.outputsHash()).isEqualTo(bytes(common, "hashOutputs"));
      assertThat(precomputed.prevoutsHash()).isEqualTo(bytes(common, "hashPrevouts"));
      assertThat(precomputed.scriptsHash()).isEqualTo(bytes(common, "hashScriptPubkeys"));
      assertThat(precomputed.sequencesHash()).isEqualTo(bytes(common, "hashSequences"));
    }

    void checkInput(JsonNode input) throws Exception {
      JsonNode given = input.get("given");
      JsonNode between = input.get("intermediary");
      int index = Vectors.int32(given.get("txinIndex"));
      int type = Vectors.int32(given.get("hashType"));

      byte[] message = bytes(between, "sigMsg");
      assertThat(new TaggedHash("TapSighash").hash(message)).isEqualTo(bytes(between, "sigHash"));
      PrecomputedTransaction precomputed = PrecomputedTransaction.of(unsigned, spent);
      byte[] hash = SigHash.taproot(precomputed, index, type).orElseThrow();
      assertThat(hash).isEqualTo(bytes(between, "sigHash"));

      TestKey key = TestKey.of(bytes(given, "internalPrivkey"));
      assertThat(key.xOnly()).isEqualTo(bytes(between, "internalPubkey"));
      byte[] root = given.get("merkleRoot").isNull() ? new byte[0] : bytes(given, "merkleRoot");
      assertThat(Taproot.tweak(key.xOnly(), root)).isEqualTo(bytes(between, "tweak"));
      byte[] tweakedKey = key.tweaked(root).privateKey();
      assertThat(tweakedKey).isEqualTo(bytes(between, "tweakedPrivkey"));

      byte[] signature = Secp256k1.signSchnorr(hash, tweakedKey, new byte[32]);
      if (type != SigHashType.DEFAULT) {
        signature = Arrays.copyOf(signature, 65);
        signature[64] = (byte) type;
      }
      JsonNode witness = input.get("expected").get("witness");
      assertThat(witness).hasSize(1);
      assertThat(signature).isEqualTo(Hex.decode(witness.get(0).asText()));
      assertThat(verify(index, signature)).isEqualTo(ScriptError.OK);
      signature[3] ^= 1;
      assertThat(verify(index, signature)).isEqualTo(ScriptError.SCHNORR_SIG);
    }

    private ScriptError verify(int index, byte[] signature) {
      var inputs = new ArrayList<>(unsigned.inputs());
      inputs.set(index, inputs.get(index).withWitness(Witness.of(signature)));
      Transaction signed =
          new Transaction(unsigned.version(), inputs, unsigned.outputs(), unsigned.lockTime());
      return ScriptVerifier.verify(
          PrecomputedTransaction.of(signed, spent), index, ScriptFlags.STANDARD);
    }

    void checkSigned() throws Exception {
      Transaction signed = Transaction.decode(bytes(vector.get("auxiliary"), "fullySignedTx"));
      assertThat(signed.txid()).isNotNull();
      assertThat(signed.outputs()).isEqualTo(unsigned.outputs());
      assertThat(new Spend(signed, spent, ScriptFlags.STANDARD).verdict())
          .isEqualTo(ScriptError.OK);
    }
  }

  private static byte[] bytes(JsonNode node, String field) throws Exception {
    return Hex.decode(node.get(field).asText());
  }
}
