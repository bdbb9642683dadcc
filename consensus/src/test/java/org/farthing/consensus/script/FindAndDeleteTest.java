package org.farthing.consensus.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Sequence;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.testing.ScriptText;
import org.farthing.testing.TestKey;
import org.junit.jupiter.api.Test;

/** Signatures that stand in the script that they sign: taken out, or refused by policy. */
class FindAndDeleteTest {
  private static final ScriptFlags CONSTANT =
      ScriptFlags.MANDATORY.without(ScriptFlag.DERSIG).with(ScriptFlag.CONST_SCRIPTCODE);
  private static final ScriptFlags LAX = CONSTANT.without(ScriptFlag.CONST_SCRIPTCODE);
  private static final String KEY = "0x21 0x" + Hex.encode(TestKey.number(3).publicKey());
  private static final String SIGNATURE = "0x04 0x01020304";

  private static ScriptError verdict(String scriptPubKey, ScriptFlags flags) {
    TxIn input = new TxIn(new OutPoint(Txid.ZERO, 0), Script.EMPTY, Sequence.FINAL);
    Transaction transaction =
        new Transaction(2, List.of(input), List.of(new TxOut(0, Script.EMPTY)), 0);
    TxOut spent = new TxOut(0, ScriptText.parse(scriptPubKey));
    return ScriptVerifier.verify(PrecomputedTransaction.of(transaction, List.of(spent)), 0, flags);
  }

  @Test
  void aSignatureInTheScriptIsRefusedByPolicyOnly() {
    String single = SIGNATURE + " " + KEY + " CHECKSIG NOT";
    assertThat(verdict(single, LAX)).isEqualTo(ScriptError.OK);
    assertThat(verdict(single, CONSTANT)).isEqualTo(ScriptError.SIG_FINDANDDELETE);
    String multiple = "0 " + SIGNATURE + " 1 " + KEY + " 1 CHECKMULTISIG NOT";
    assertThat(verdict(multiple, LAX)).isEqualTo(ScriptError.OK);
    assertThat(verdict(multiple, CONSTANT)).isEqualTo(ScriptError.SIG_FINDANDDELETE);
  }

  @Test
  void onlyTheSameBytesAsAPushAreTakenOut() {
    byte[] signature = {1, 2, 3, 4};
    assertThat(after("0x04 0x01020304 1", signature)).isEqualTo(ScriptText.parse("1"));
    assertThat(after("1 0x04 0x01020304 0x04 0x01020304 2", signature))
        .isEqualTo(ScriptText.parse("1 2"));
    // Behind another length, or inside of another push, it stands for something else.
    for (String other : List.of("0x4c04 0x01020304 1", "0x05 0x0401020304", "0x04 0x01020305")) {
      assertThat(after(other, signature)).as(other).isEqualTo(ScriptText.parse(other));
    }
    // One right behind the other.
    Script nested = ScriptText.parse("0x02 0x02ab 0x02 0x02ab 0xab");
    assertThat(after(nested, new byte[] {2, (byte) 0xab})).isEqualTo(ScriptText.parse("0xab"));
    assertThat(after("0x04 0x01020304 0x4c", signature)).isEqualTo(ScriptText.parse("0x4c"));
  }

  private static Script after(String script, byte[] signature) {
    return after(ScriptText.parse(script), signature);
  }

  private static Script after(Script script, byte[] signature) {
    return Script.of(SignatureOps.findAndDelete(script.toByteArray(), signature));
  }
}
