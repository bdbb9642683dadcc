package org.farthing.consensus.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.testing.ScriptText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class InterpreterTest {
  private static final Transaction TRANSACTION =
      new Transaction(
          2,
          List.of(new TxIn(new OutPoint(Txid.ZERO, 0), Script.EMPTY, 0)),
          List.of(new TxOut(0, Script.EMPTY)),
          0);

  private static ScriptError run(Script script, SigVersion version, ScriptFlags flags) {
    PrecomputedTransaction precomputed =
        PrecomputedTransaction.of(TRANSACTION, List.of(new TxOut(0, script)));
    TaprootContext context =
        version == SigVersion.TAPSCRIPT
            ? TaprootContext.scriptPath(null, new byte[32], script.size())
            : null;
    return Interpreter.run(
        new ScriptStack(),
        script.toByteArray(),
        new Interpreter.Rules(new SignatureChecker(precomputed, 0), flags, version, context));
  }

  private static ScriptError run(String text) {
    return run(ScriptText.parse(text), SigVersion.BASE, ScriptFlags.MANDATORY);
  }

  @Test
  void randomBytesNeverMakeItThrow() {
    long seed = System.nanoTime();
    System.out.println("InterpreterTest seed " + seed);
    Random random = new Random(seed);
    List<SigVersion> versions = List.of(SigVersion.values());
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(60)];
      random.nextBytes(bytes);
      for (int at = 0; at < bytes.length; at++) {
        // Fewer pushes, so that more is executed.
        bytes[at] = random.nextInt(3) == 0 ? (byte) (0x51 + random.nextInt(4)) : bytes[at];
      }
      SigVersion version = versions.get(random.nextInt(3));
      assertThat(run(Script.of(bytes), version, FlagSets.random(random))).isNotNull();
    }
  }

  @Test
  void theLargestScriptsStayWithinTheLimits() {
    assertThat(run("1 " + "DUP ".repeat(201) + "DROP")).isEqualTo(ScriptError.OP_COUNT);
    assertThat(run("1 ".repeat(1_000))).isEqualTo(ScriptError.OK);
    assertThat(run("1 ".repeat(1_001))).isEqualTo(ScriptError.STACK_SIZE);
    assertThat(run("1 ".repeat(999) + "TOALTSTACK 2DUP")).isEqualTo(ScriptError.STACK_SIZE);
    assertThat(run(Script.of(new byte[10_001]), SigVersion.BASE, ScriptFlags.NONE))
        .isEqualTo(ScriptError.SCRIPT_SIZE);
    assertThat(run("IF")).isEqualTo(ScriptError.INVALID_STACK_OPERATION);
    Script deep = ScriptText.parse("0 IF " + "IF ".repeat(50_000) + "ENDIF ".repeat(50_001));
    assertThat(run(deep, SigVersion.TAPSCRIPT, ScriptFlags.MANDATORY)).isEqualTo(ScriptError.OK);
  }

  /** Were the rest of the script copied for each, this would move 7 TB. */
  @Test
  @Timeout(20)
  void aTapscriptFullOfCodeSeparatorsTakesNoTime() {
    byte[] script = new byte[3_900_000];
    Arrays.fill(script, (byte) Opcode.OP_CODESEPARATOR);
    assertThat(run(Script.of(script), SigVersion.TAPSCRIPT, ScriptFlags.MANDATORY))
        .isEqualTo(ScriptError.OK);
  }

  @Test
  void numbersGoThereAndBack() {
    List<Long> values = new ArrayList<>(List.of(0L, 1L, -1L, 127L, 128L, -128L, 255L, -255L));
    values.addAll(List.of(0x7fffL, 0x8000L, -0x8000L, 0x7fffffffL, -0x7fffffffL));
    for (long value : values) {
      byte[] bytes = ScriptNum.encode(value);
      assertThat(ScriptNum.decode(bytes, true, ScriptNum.MAX_SIZE)).isEqualTo(value);
      assertThat(ScriptNum.isTrue(bytes)).isEqualTo(value != 0);
    }
    assertThat(ScriptNum.encode(0x80000000L)).hasSize(5);
    assertThat(ScriptNum.decode(ScriptNum.encode(0x80000000L), true, 4))
        .isEqualTo(ScriptNum.INVALID);
    assertThat(ScriptNum.decode(new byte[] {(byte) 0x80}, false, 4)).isZero();
    assertThat(ScriptNum.decode(new byte[] {(byte) 0x80}, true, 4)).isEqualTo(ScriptNum.INVALID);
    assertThat(ScriptNum.isTrue(new byte[] {0, (byte) 0x80})).isFalse();
  }

  @Test
  void rulesWithoutMeaningAreRefused() {
    PrecomputedTransaction precomputed =
        PrecomputedTransaction.of(TRANSACTION, List.of(new TxOut(0, Script.EMPTY)));
    ScriptFlags lonely = ScriptFlags.of(ScriptFlag.WITNESS);
    assertThatThrownBy(() -> ScriptVerifier.verify(precomputed, 0, lonely))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** BIP-0065 and BIP-0112 gave the instructions a meaning, so they are not reserved. */
  @Test
  void lockTimeInstructionsAreNeverDiscouraged() {
    ScriptFlags flags = ScriptFlags.of(ScriptFlag.DISCOURAGE_UPGRADABLE_NOPS);
    for (String name : List.of("CHECKLOCKTIMEVERIFY", "CHECKSEQUENCEVERIFY")) {
      assertThat(run(ScriptText.parse("1 " + name), SigVersion.BASE, flags))
          .isEqualTo(ScriptError.OK);
    }
    assertThat(run(ScriptText.parse("1 NOP1"), SigVersion.BASE, flags))
        .isEqualTo(ScriptError.DISCOURAGE_UPGRADABLE_NOPS);
  }

  @Test
  void opcodeNamesAreBitcoinCores() {
    assertThat(Opcode.name(Opcode.OP_0)).isEqualTo("0");
    assertThat(Opcode.name(Opcode.OP_16)).isEqualTo("16");
    assertThat(Opcode.name(Opcode.OP_1NEGATE)).isEqualTo("-1");
    assertThat(Opcode.name(Opcode.OP_CHECKSIGADD)).isEqualTo("OP_CHECKSIGADD");
    assertThat(Opcode.name(Opcode.OP_WITHIN)).isEqualTo("OP_WITHIN");
    assertThat(Opcode.name(Opcode.OP_NOP10)).isEqualTo("OP_NOP10");
    assertThat(Opcode.name(0xfe)).isEqualTo("OP_UNKNOWN");
  }
}
