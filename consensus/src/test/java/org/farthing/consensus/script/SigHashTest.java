package org.farthing.consensus.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
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
    assertThat(tests).hasSize(500);
    return tests.stream();
  }

  private static void checkLegacy(JsonNode vector) throws Exception {
    assertThat(vector).hasSize(5);
    Transaction transaction = Transaction.decode(Hex.decode(vector.get(0).asText()));
    Script script = Script.parse(vector.get(1).asText());
    int inputIndex = Vectors.int32(vector.get(2));
    int type = Vectors.int32(vector.get(3));
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

  /** The example of native P2WPKH. */
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
}
