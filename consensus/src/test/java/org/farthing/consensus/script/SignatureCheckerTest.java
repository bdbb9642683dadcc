package org.farthing.consensus.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Sequence;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.testing.TestKey;
import org.junit.jupiter.api.Test;

class SignatureCheckerTest {
  private static final TestKey KEY = TestKey.number(7);
  private static final Script OUTPUT = ScriptPattern.p2pk(KEY.publicKey());

  private static Transaction spending(int lockTime, byte[] signature) {
    Script scriptSig =
        signature.length == 0 ? Script.EMPTY : new ScriptBuilder().push(signature).build();
    TxIn input = new TxIn(new OutPoint(Txid.ZERO, 0), scriptSig, Sequence.FINAL);
    return new Transaction(1, List.of(input), List.of(new TxOut(1, OUTPUT)), lockTime);
  }

  private static byte[] der(int lockTime) {
    Transaction unsigned = spending(lockTime, new byte[0]);
    byte[] hash = SigHash.legacy(unsigned, 0, OUTPUT, SigHashType.ALL);
    return Secp256k1.compactToDer(Secp256k1.signEcdsa(hash, KEY.privateKey()));
  }

  private static ScriptError verdict(int lockTime, byte[] signature) {
    PrecomputedTransaction tx =
        PrecomputedTransaction.of(spending(lockTime, signature), List.of(new TxOut(1, OUTPUT)));
    return ScriptVerifier.verify(tx, 0, ScriptFlags.NONE);
  }

  /** The last byte is the hash type, also where the number s lacks just that byte. */
  @Test
  void theHashTypeIsNoPartOfTheNumbers() {
    int lockTime = 0;
    byte[] der = der(lockTime);
    while (der[der.length - 1] != SigHashType.ALL) {
      der = der(++lockTime);
    }
    byte[] complete = new ByteWriter().bytes(der).uint8(SigHashType.ALL).toByteArray();
    assertThat(verdict(lockTime, complete)).isEqualTo(ScriptError.OK);
    assertThat(verdict(lockTime, der)).isEqualTo(ScriptError.EVAL_FALSE);
    assertThat(verdict(lockTime, Arrays.copyOf(der, 1))).isEqualTo(ScriptError.EVAL_FALSE);
  }

  @Test
  void eachInputSpendsOneOutput() {
    Transaction tx = spending(0, new byte[0]);
    TxOut output = new TxOut(1, OUTPUT);
    for (List<TxOut> spent : List.of(List.<TxOut>of(), List.of(output, output))) {
      assertThatThrownBy(() -> PrecomputedTransaction.of(tx, spent))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(spent.size() + " outputs for 1 inputs");
    }
  }
}
