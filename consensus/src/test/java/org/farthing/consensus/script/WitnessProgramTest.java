package org.farthing.consensus.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.farthing.consensus.crypto.Hash160;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Sequence;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.primitives.Witness;
import org.farthing.testing.ScriptText;
import org.junit.jupiter.api.Test;

/** Which witness programs have a meaning, and which are left to later rules (BIP-0141, 341). */
class WitnessProgramTest {
  private static final ScriptFlags DISCOURAGED =
      ScriptFlags.MANDATORY.with(ScriptFlag.DISCOURAGE_UPGRADABLE_WITNESS_PROGRAM);

  private static ScriptError verdict(
      Script scriptPubKey, Script scriptSig, Witness witness, ScriptFlags flags) {
    TxIn input = new TxIn(new OutPoint(Txid.ZERO, 0), scriptSig, Sequence.FINAL, witness);
    Transaction transaction =
        new Transaction(2, List.of(input), List.of(new TxOut(1, Script.EMPTY)), 0);
    TxOut spent = new TxOut(1, scriptPubKey);
    return ScriptVerifier.verify(PrecomputedTransaction.of(transaction, List.of(spent)), 0, flags);
  }

  private static ScriptError bare(Script program, ScriptFlags flags, byte[]... witness) {
    return verdict(program, Script.EMPTY, Witness.of(witness), flags);
  }

  private static ScriptError nested(Script program, ScriptFlags flags, byte[]... witness) {
    return verdict(
        ScriptPattern.p2sh(Hash160.hash(program.toByteArray())),
        new ScriptBuilder().push(program).build(),
        Witness.of(witness),
        flags);
  }

  /** Not zero: such a program would count as false before it counted as a program. */
  private static byte[] filled(int size) {
    byte[] program = new byte[size];
    Arrays.fill(program, (byte) 1);
    return program;
  }

  @Test
  void versionZeroHasTwoSizes() {
    for (int size : new int[] {2, 19, 21, 31, 33, 40}) {
      assertThat(bare(ScriptPattern.witnessProgram(0, filled(size)), ScriptFlags.MANDATORY))
          .isEqualTo(ScriptError.WITNESS_PROGRAM_WRONG_LENGTH);
    }
    assertThat(bare(ScriptPattern.p2wsh(filled(32)), ScriptFlags.MANDATORY))
        .isEqualTo(ScriptError.WITNESS_PROGRAM_WITNESS_EMPTY);
    assertThat(bare(ScriptPattern.p2wpkh(filled(20)), ScriptFlags.MANDATORY, new byte[1]))
        .isEqualTo(ScriptError.WITNESS_PROGRAM_MISMATCH);
  }

  @Test
  void onlyThirtyTwoBytesOfVersionOneAreTaproot() {
    for (int version = 1; version <= 16; version++) {
      for (int size : new int[] {2, 20, 31, 32, 33, 40}) {
        Script program = ScriptPattern.witnessProgram(version, filled(size));
        boolean taproot = version == 1 && size == 32;
        assertThat(bare(program, ScriptFlags.MANDATORY))
            .as("version %d, %d bytes", version, size)
            .isEqualTo(taproot ? ScriptError.WITNESS_PROGRAM_WITNESS_EMPTY : ScriptError.OK);
        assertThat(bare(program, DISCOURAGED))
            .isEqualTo(
                taproot
                    ? ScriptError.WITNESS_PROGRAM_WITNESS_EMPTY
                    : ScriptError.DISCOURAGE_UPGRADABLE_WITNESS_PROGRAM);
      }
    }
  }

  @Test
  void taprootHasNoMeaningBehindAScriptHashNorBeforeItsTime() {
    Script program = ScriptPattern.p2tr(filled(32));
    assertThat(nested(program, ScriptFlags.MANDATORY)).isEqualTo(ScriptError.OK);
    assertThat(nested(program, DISCOURAGED))
        .isEqualTo(ScriptError.DISCOURAGE_UPGRADABLE_WITNESS_PROGRAM);
    ScriptFlags before = ScriptFlags.MANDATORY.without(ScriptFlag.TAPROOT);
    assertThat(bare(program, before)).isEqualTo(ScriptError.OK);
    assertThat(bare(program, before.with(ScriptFlag.DISCOURAGE_UPGRADABLE_WITNESS_PROGRAM)))
        .isEqualTo(ScriptError.OK);
  }

  @Test
  void anAnchorIsForAnyone() {
    Script anchor = ScriptPattern.witnessProgram(1, new byte[] {0x4e, 0x73});
    assertThat(bare(anchor, DISCOURAGED)).isEqualTo(ScriptError.OK);
    assertThat(nested(anchor, DISCOURAGED))
        .isEqualTo(ScriptError.DISCOURAGE_UPGRADABLE_WITNESS_PROGRAM);
    Script almost = ScriptPattern.witnessProgram(1, new byte[] {0x4e, 0x74});
    assertThat(bare(almost, DISCOURAGED))
        .isEqualTo(ScriptError.DISCOURAGE_UPGRADABLE_WITNESS_PROGRAM);
    Script other = ScriptPattern.witnessProgram(2, new byte[] {0x4e, 0x73});
    assertThat(bare(other, DISCOURAGED))
        .isEqualTo(ScriptError.DISCOURAGE_UPGRADABLE_WITNESS_PROGRAM);
  }

  /** What stands in the witness of a key path is a signature, and behind it an annex. */
  @Test
  void oneItemIsAKeyPath() {
    Script program = ScriptPattern.p2tr(filled(32));
    byte[] annex = {Taproot.ANNEX_TAG};
    assertThat(bare(program, ScriptFlags.MANDATORY, new byte[1]))
        .isEqualTo(ScriptError.SCHNORR_SIG_SIZE);
    assertThat(bare(program, ScriptFlags.MANDATORY, annex)).isEqualTo(ScriptError.SCHNORR_SIG_SIZE);
    assertThat(bare(program, ScriptFlags.MANDATORY, new byte[64], annex))
        .isEqualTo(ScriptError.SCHNORR_SIG);
    assertThat(bare(program, ScriptFlags.MANDATORY, new byte[64], new byte[0]))
        .isEqualTo(ScriptError.TAPROOT_WRONG_CONTROL_SIZE);
  }

  /** 33 bytes, and 32 for each of up to 128 levels (BIP-0341). */
  @Test
  void sizesOfControlBlocks() {
    Script program = ScriptPattern.p2tr(filled(32));
    for (int size : new int[] {0, 1, 32, 34, 64, 66, 33 + 32 * 128 - 1, 33 + 32 * 129}) {
      assertThat(bare(program, ScriptFlags.MANDATORY, new byte[1], new byte[size]))
          .as("%d bytes", size)
          .isEqualTo(ScriptError.TAPROOT_WRONG_CONTROL_SIZE);
    }
    for (int size : new int[] {33, 65, 33 + 32 * 128}) {
      assertThat(bare(program, ScriptFlags.MANDATORY, new byte[1], new byte[size]))
          .as("%d bytes", size)
          .isEqualTo(ScriptError.WITNESS_PROGRAM_MISMATCH);
    }
  }

  @Test
  void conditionsInVersionZeroAreMinimalByPolicy() {
    Script script = ScriptText.parse("IF 1 ELSE 1 ENDIF");
    Script program = ScriptPattern.p2wsh(script);
    ScriptFlags policy = ScriptFlags.MANDATORY.with(ScriptFlag.MINIMALIF);
    byte[][] arguments = {{}, {1}, {2}, {0}, {1, 0}, {1, 1}};
    for (int i = 0; i < arguments.length; i++) {
      assertThat(bare(program, ScriptFlags.MANDATORY, arguments[i], script.toByteArray()))
          .isEqualTo(ScriptError.OK);
      assertThat(bare(program, policy, arguments[i], script.toByteArray()))
          .as("argument %d", i)
          .isEqualTo(i < 2 ? ScriptError.OK : ScriptError.MINIMALIF);
    }
  }
}
