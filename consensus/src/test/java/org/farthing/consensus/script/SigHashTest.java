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
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.primitives.Witness;
import org.farthing.testing.Vectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SigHashTest {
  @TestFactory
  Stream<DynamicTest> legacy() {
    List<DynamicTest> tests = new ArrayList<>();
    int line = 0;
    for (JsonNode vector : Vectors.json("sighash.json")) {
      line++;
      if (vector.size() == 1) {
        continue; // The names of the columns.
      }
      tests.add(dynamicTest("line " + line, () -> checkLegacy(vector)));
    }
    return tests.stream();
  }

  private static void checkLegacy(JsonNode vector) throws Exception {
    assertThat(vector).hasSize(5);
    Transaction transaction = Transaction.decode(Hex.decode(vector.get(0).asText()));
    Script script = Script.parse(vector.get(1).asText());
    int inputIndex = vector.get(2).intValue();
    int type = vector.get(3).intValue();
    byte[] expected = Txid.parse(vector.get(4).asText()).toByteArray();
    assertThat(SigHash.legacy(transaction, inputIndex, script, type)).isEqualTo(expected);
    SigHashCache cache = new SigHashCache(unknownOutputs(transaction), inputIndex);
    assertThat(cache.legacy(script.toByteArray(), type)).isEqualTo(expected);
    assertThat(cache.legacy(new byte[] {Opcode.OP_1}, type))
        .isEqualTo(SigHash.legacy(transaction, inputIndex, Script.of(new byte[] {0x51}), type));
    assertThat(cache.legacy(script.toByteArray(), type)).isEqualTo(expected);
    assertThat(cache.legacy(script.toByteArray(), type ^ 0x40))
        .isEqualTo(SigHash.legacy(transaction, inputIndex, script, type ^ 0x40));
  }

  private static PrecomputedTransaction unknownOutputs(Transaction transaction) {
    List<TxOut> outputs =
        transaction.inputs().stream().map(input -> new TxOut(0, Script.EMPTY)).toList();
    return PrecomputedTransaction.of(transaction, outputs);
  }

  /** The examples of native P2WPKH and of P2WSH with SINGLE and two code separators. */
  @Test
  void segwitAsBip143Shows() throws Exception {
    Transaction transaction =
        Transaction.decode(
            Hex.decode(
                "0100000002fff7f7881a8099afa6940d42d1e7f6362bec38171ea3edf433541db4e4ad969f"
                    + "0000000000eeffffffef51e1b804cc89d182d279655c3aa89e815b1b309fe287d9b2b55d57"
                    + "b90ec68a0100000000ffffffff02202cb206000000001976a9148280b37df378db99f66f85"
                    + "c95a783a76ac7a6d5988ac9093510d000000001976a9143bde42dbee7e4dbe6a21b2d50ce2"
                    + "f0167faa815988ac11000000"));
    byte[] keyHash = Hex.decode("1d0f172a0ecb48aee1be1f2687d2963ae33f71a1");
    List<TxOut> spent =
        List.of(
            new TxOut(625_000_000, Script.EMPTY),
            new TxOut(600_000_000, ScriptPattern.p2wpkh(keyHash)));
    assertThat(
            SigHash.segwit(
                PrecomputedTransaction.of(transaction, spent),
                1,
                ScriptPattern.p2pkh(keyHash),
                SigHashType.ALL))
        .isEqualTo(Hex.decode("c37af31116d1b27caf68aae9e3ac82f1477929014d5b917657d0eb49478cb670"));
  }

  @TestFactory
  Stream<DynamicTest> keyPathSpending() {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode vector : Vectors.json("bip341_wallet_vectors.json").get("keyPathSpending")) {
      for (JsonNode input : vector.get("inputSpending")) {
        String name = "input " + input.get("given").get("txinIndex");
        tests.add(dynamicTest(name, () -> checkKeyPath(vector, input)));
      }
    }
    return tests.stream();
  }

  private static void checkKeyPath(JsonNode vector, JsonNode input) throws Exception {
    JsonNode common = vector.get("intermediary");
    Transaction unsigned =
        Transaction.decode(Hex.decode(vector.get("given").get("rawUnsignedTx").asText()));
    List<TxOut> spent = new ArrayList<>();
    for (JsonNode output : vector.get("given").get("utxosSpent")) {
      Script script = Script.parse(output.get("scriptPubKey").asText());
      spent.add(new TxOut(output.get("amountSats").longValue(), script));
    }
    PrecomputedTransaction precomputed = PrecomputedTransaction.of(unsigned, spent);
    assertThat(precomputed.amountsHash()).isEqualTo(bytes(common, "hashAmounts"));
    assertThat(precomputed.outputsHash()).isEqualTo(bytes(common, "hashOutputs"));
    assertThat(precomputed.prevoutsHash()).isEqualTo(bytes(common, "hashPrevouts"));
    assertThat(precomputed.scriptsHash()).isEqualTo(bytes(common, "hashScriptPubkeys"));
    assertThat(precomputed.sequencesHash()).isEqualTo(bytes(common, "hashSequences"));

    JsonNode given = input.get("given");
    JsonNode between = input.get("intermediary");
    int index = given.get("txinIndex").intValue();
    int type = given.get("hashType").intValue();
    byte[] hash = SigHash.taproot(precomputed, index, type).orElseThrow();
    assertThat(hash).isEqualTo(bytes(between, "sigHash"));

    byte[] key = bytes(given, "internalPrivkey");
    byte[] publicKey = Secp256k1.publicKey(key);
    byte[] internal = Arrays.copyOfRange(publicKey, 1, 33);
    assertThat(internal).isEqualTo(bytes(between, "internalPubkey"));
    byte[] root = given.get("merkleRoot").isNull() ? new byte[0] : bytes(given, "merkleRoot");
    byte[] tweak = Taproot.tweak(internal, root);
    assertThat(tweak).isEqualTo(bytes(between, "tweak"));
    byte[] tweakedKey = bytes(between, "tweakedPrivkey");
    byte[] signature = Secp256k1.signSchnorr(hash, tweakedKey, new byte[32]);
    byte[] typed = type == 0 ? signature : Arrays.copyOf(signature, 65);
    if (type != 0) {
      typed[64] = (byte) type;
    }
    assertThat(typed).isEqualTo(Hex.decode(input.get("expected").get("witness").get(0).asText()));
    assertThat(verify(unsigned, spent, index, typed)).isEqualTo(ScriptError.OK);
    typed[3] ^= 1;
    assertThat(verify(unsigned, spent, index, typed)).isEqualTo(ScriptError.SCHNORR_SIG);
  }

  private static ScriptError verify(
      Transaction unsigned, List<TxOut> spent, int index, byte[] signature) {
    var inputs = new ArrayList<>(unsigned.inputs());
    inputs.set(index, inputs.get(index).withWitness(Witness.of(signature)));
    Transaction signed =
        new Transaction(unsigned.version(), inputs, unsigned.outputs(), unsigned.lockTime());
    return ScriptVerifier.verify(
        PrecomputedTransaction.of(signed, spent), index, ScriptFlags.MANDATORY);
  }

  @TestFactory
  Stream<DynamicTest> taprootOutputs() {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode vector : Vectors.json("bip341_wallet_vectors.json").get("scriptPubKey")) {
      tests.add(dynamicTest("output " + tests.size(), () -> checkOutput(vector)));
    }
    return tests.stream();
  }

  private static void checkOutput(JsonNode vector) throws Exception {
    byte[] internal = bytes(vector.get("given"), "internalPubkey");
    List<byte[]> leaves = new ArrayList<>();
    byte[] root = merkleRoot(vector.get("given").get("scriptTree"), leaves);
    JsonNode between = vector.get("intermediary");
    assertThat(Taproot.tweak(internal, root)).isEqualTo(bytes(between, "tweak"));
    byte[] outputKey = Taproot.outputKey(internal, root);
    Script output = ScriptPattern.p2tr(Arrays.copyOfRange(outputKey, 1, 33));
    assertThat(output.toHex()).isEqualTo(vector.get("expected").get("scriptPubKey").asText());
    JsonNode controls = vector.get("expected").path("scriptPathControlBlocks");
    assertThat(controls).hasSize(leaves.size());
    byte[] x = ScriptPattern.payload(output).orElseThrow();
    for (int i = 0; i < leaves.size(); i++) {
      byte[] control = Hex.decode(controls.get(i).asText());
      assertThat(leaves.get(i)).isEqualTo(Hex.decode(between.get("leafHashes").get(i).asText()));
      assertThat(Taproot.isControlSize(control.length)).isTrue();
      assertThat(Taproot.commits(x, control, leaves.get(i))).isTrue();
      control[0] ^= 1;
      assertThat(Taproot.commits(x, control, leaves.get(i))).isFalse();
    }
  }

  private static byte[] merkleRoot(JsonNode tree, List<byte[]> leaves) throws Exception {
    if (tree.isNull()) {
      return new byte[0];
    }
    if (tree.isArray()) {
      assertThat(tree).hasSize(2);
      byte[] left = merkleRoot(tree.get(0), leaves);
      return Taproot.branchHash(left, merkleRoot(tree.get(1), leaves));
    }
    Script script = Script.parse(tree.get("script").asText());
    byte[] leaf = Taproot.leafHash(tree.get("leafVersion").intValue(), script);
    leaves.add(leaf);
    return leaf;
  }

  private static byte[] bytes(JsonNode node, String field) throws Exception {
    return Hex.decode(node.get(field).asText());
  }
}
