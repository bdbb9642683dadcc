package org.farthing.consensus.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.testing.ScriptText;
import org.junit.jupiter.api.Test;

/** The limits of bare scripts, each at its edge and one beyond. */
class ScriptLimitsTest {
  private static ScriptError verdict(Script scriptPubKey) {
    return verdict(scriptPubKey, ScriptFlags.MANDATORY);
  }

  private static ScriptError verdict(Script scriptPubKey, ScriptFlags flags) {
    Transaction transaction =
        new Transaction(
            2,
            List.of(new TxIn(new OutPoint(Txid.ZERO, 0), Script.EMPTY, 0)),
            List.of(new TxOut(0, Script.EMPTY)),
            0);
    PrecomputedTransaction precomputed =
        PrecomputedTransaction.of(transaction, List.of(new TxOut(0, scriptPubKey)));
    return ScriptVerifier.verify(precomputed, 0, flags);
  }

  private static ScriptError verdict(String text) {
    return verdict(ScriptText.parse(text));
  }

  @Test
  void numbersUpTo16AreNoOperations() {
    assertThat(verdict("16 " + "NOP ".repeat(201))).isEqualTo(ScriptError.OK);
    assertThat(verdict("16 " + "NOP ".repeat(202))).isEqualTo(ScriptError.OP_COUNT);
    // Counted also where they are not executed.
    assertThat(verdict("16 0 IF " + "NOP ".repeat(199) + "ENDIF")).isEqualTo(ScriptError.OK);
    assertThat(verdict("16 0 IF " + "NOP ".repeat(200) + "ENDIF")).isEqualTo(ScriptError.OP_COUNT);
  }

  @Test
  void keysOfAMultisigAreOperations() {
    String multisig = "0 0 " + "0 ".repeat(20) + "20 CHECKMULTISIG DROP ";
    String tail = "NOP ".repeat(201 - 8 * 22 - 1);
    assertThat(verdict(multisig.repeat(8) + tail + "1 NOP")).isEqualTo(ScriptError.OK);
    assertThat(verdict(multisig.repeat(8) + tail + "1 NOP NOP")).isEqualTo(ScriptError.OP_COUNT);
    assertThat(verdict("NOP ".repeat(181) + multisig + "1")).isEqualTo(ScriptError.OP_COUNT);
  }

  @Test
  void bothStacksTogetherHoldAThousandItems() {
    String parts = "1 ".repeat(850) + "TOALTSTACK ".repeat(150);
    assertThat(verdict(parts + "1 ".repeat(150))).isEqualTo(ScriptError.OK);
    assertThat(verdict(parts + "1 ".repeat(151))).isEqualTo(ScriptError.STACK_SIZE);
  }

  @Test
  void itemsAndScriptsHaveASize() {
    Script item = new ScriptBuilder().push(new byte[520]).op(Opcode.OP_1).build();
    assertThat(verdict(item)).isEqualTo(ScriptError.OK);
    Script larger = new ScriptBuilder().push(new byte[521]).op(Opcode.OP_1).build();
    assertThat(verdict(larger)).isEqualTo(ScriptError.PUSH_SIZE);
    ScriptBuilder full = new ScriptBuilder();
    for (int i = 0; i < 19; i++) {
      full.push(new byte[520]);
    }
    // 19 times 523 bytes, and 63 more.
    Script largest = full.push(new byte[61]).op(Opcode.OP_1).build();
    assertThat(largest.size()).isEqualTo(10_000);
    assertThat(verdict(largest)).isEqualTo(ScriptError.OK);
    assertThat(verdict(new ScriptBuilder().append(largest).op(Opcode.OP_1).build()))
        .isEqualTo(ScriptError.SCRIPT_SIZE);
  }

  /** Operands have four bytes at most, those of lock times five (BIP-0065). */
  @Test
  void numbersHaveASize() {
    assertThat(verdict("1 0x04 0x00000000 PICK")).isEqualTo(ScriptError.OK);
    for (String name : List.of("PICK", "ROLL", "1ADD", "NOT")) {
      assertThat(verdict("1 0x05 0x0000000000 " + name)).isEqualTo(ScriptError.SCRIPTNUM);
    }
    assertThat(verdict("1 0x05 0x0000000000 CHECKLOCKTIMEVERIFY"))
        .isNotEqualTo(ScriptError.SCRIPTNUM);
    assertThat(verdict("1 0x06 0x000000000000 CHECKLOCKTIMEVERIFY"))
        .isEqualTo(ScriptError.SCRIPTNUM);
  }

  /** BIP-0011's template as wallets and relays know it, at its edges. */
  @Test
  void multisigTemplates() {
    String key = "0x21 0x02" + "11".repeat(32) + " ";
    String uncompressed = "0x41 0x04" + "11".repeat(64) + " ";
    for (String text :
        List.of(
            "1 " + key + "1 CHECKMULTISIG",
            "1 " + key + uncompressed + "2 CHECKMULTISIG",
            "2 " + key.repeat(16) + "16 CHECKMULTISIG",
            "1 " + key.repeat(17) + "0x01 0x11 CHECKMULTISIG")) {
      assertThat(ScriptPattern.multisig(ScriptText.parse(text))).as(text).isPresent();
    }
    for (String text :
        List.of(
            "0 " + key + "1 CHECKMULTISIG",
            "2 " + key + "1 CHECKMULTISIG",
            "1 " + key + "2 CHECKMULTISIG",
            "1 " + key + "CHECKMULTISIG",
            "-1 " + key + "1 CHECKMULTISIG",
            "NOP " + key + "1 CHECKMULTISIG",
            "0x01 0x01 " + key + "1 CHECKMULTISIG",
            "0x4c01 0x02 " + key.repeat(17) + "0x01 0x11 CHECKMULTISIG",
            "1 " + key + "1 NOP CHECKMULTISIG",
            "1 " + key + "1 CHECKMULTISIGVERIFY",
            "1 0x02 0x0211 1 CHECKMULTISIG",
            "1 " + key + "1")) {
      assertThat(ScriptPattern.multisig(ScriptText.parse(text))).as(text).isEmpty();
    }
    assertThat(ScriptPattern.multisig(Script.EMPTY)).isEmpty();
  }

  /** A clean stack could not be asked of witnesses that nobody looks at. */
  @Test
  void aCleanStackNeedsTheRulesThatKeepItClean() {
    Script script = ScriptText.parse("1");
    ScriptFlags clean = ScriptFlags.of(ScriptFlag.CLEANSTACK);
    for (ScriptFlags alone : List.of(clean, clean.with(ScriptFlag.P2SH))) {
      assertThatThrownBy(() -> verdict(script, alone)).isInstanceOf(IllegalArgumentException.class);
    }
    ScriptFlags all = clean.with(ScriptFlag.P2SH).with(ScriptFlag.WITNESS);
    assertThat(verdict(script, all)).isEqualTo(ScriptError.OK);
    assertThat(verdict(ScriptText.parse("1 1"), all)).isEqualTo(ScriptError.CLEANSTACK);
  }

  /** As BIP-0016 counts pushes: all up to 16, OP_RESERVED among them. */
  @Test
  void pushOnlyScripts() {
    assertThat(ScriptPattern.isPushOnly(ScriptText.parse("0 'abc' -1 RESERVED 1 16"))).isTrue();
    assertThat(ScriptPattern.isPushOnly(ScriptText.parse("16 NOP"))).isFalse();
    assertThat(ScriptPattern.isPushOnly(ScriptText.parse("1 0x02 0x01"))).isFalse();
  }

  @Test
  void hashesAndProgramsHaveTheirSizes() {
    byte[] wrong = new byte[21];
    assertThatThrownBy(() -> ScriptPattern.p2sh(wrong))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ScriptPattern.p2wpkh(wrong))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ScriptPattern.p2tr(wrong))
        .isInstanceOf(IllegalArgumentException.class);
    for (int size : new int[] {1, 41}) {
      assertThatThrownBy(() -> ScriptPattern.witnessProgram(2, new byte[size]))
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (int size : new int[] {2, 40}) {
      assertThat(ScriptPattern.isWitnessProgram(ScriptPattern.witnessProgram(2, new byte[size])))
          .isTrue();
    }
  }
}
