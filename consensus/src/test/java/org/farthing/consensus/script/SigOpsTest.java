package org.farthing.consensus.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What signature checks cost, counted by hand after BIP-0016 and BIP-0141. */
class SigOpsTest {
  private static final Script TWO_OF_THREE = ScriptText.parse("2 0 0 0 3 CHECKMULTISIG");
  private static final Script P2WPKH = ScriptPattern.p2wpkh(new byte[20]);

  @ParameterizedTest
  @CsvSource({
    "'', 0, 0",
    "CHECKSIG, 1, 1",
    "CHECKSIG CHECKSIGVERIFY CHECKSIG, 3, 3",
    "CHECKMULTISIG, 20, 20",
    "0 CHECKMULTISIG, 20, 20",
    "1 CHECKMULTISIG, 1, 20",
    "16 CHECKMULTISIGVERIFY, 16, 20",
    "17 CHECKMULTISIG, 20, 20",
    "-1 CHECKMULTISIG, 20, 20",
    "2 NOP CHECKMULTISIG, 20, 20",
    "3 CHECKMULTISIG CHECKMULTISIGVERIFY, 23, 40",
    // The signatures of tapscript count in another way.
    "CHECKSIGADD, 0, 0",
    // A push that is cut off ends the count.
    "CHECKSIG 0x02ac, 1, 1",
  })
  void inScripts(String script, int accurate, int inaccurate) {
    assertThat(SigOps.count(ScriptText.parse(script), true)).isEqualTo(accurate);
    assertThat(SigOps.count(ScriptText.parse(script), false)).isEqualTo(inaccurate);
  }

  private static Script p2sh(Script redeem) {
    return ScriptPattern.p2sh(Hash160.hash(redeem.toByteArray()));
  }

  private static Script pushing(Script script) {
    return new ScriptBuilder().push(script).build();
  }

  @Test
  void behindScriptHashes() {
    Script output = p2sh(TWO_OF_THREE);
    Script push = pushing(TWO_OF_THREE);
    assertThat(SigOps.p2sh(push, output)).isEqualTo(3);
    for (String before : List.of("0", "16", "RESERVED", "'CHECKSIG'")) {
      Script longer = new ScriptBuilder().append(ScriptText.parse(before)).append(push).build();
      assertThat(SigOps.p2sh(longer, output)).as(before).isEqualTo(3);
    }
    assertThat(SigOps.p2sh(push, TWO_OF_THREE)).as("no P2SH").isZero();
    assertThat(SigOps.p2sh(Script.EMPTY, output)).isZero();
    for (String more : List.of("NOP", "0", "0x02ac")) {
      Script longer = new ScriptBuilder().append(push).append(ScriptText.parse(more)).build();
      assertThat(SigOps.p2sh(longer, output)).as(more).isZero();
    }
    Script notOnlyPushes = new ScriptBuilder().op(Opcode.OP_NOP).append(push).build();
    assertThat(SigOps.p2sh(notOnlyPushes, output)).isZero();
  }

  @Test
  void inWitnesses() {
    Witness key = Witness.of(new byte[71], new byte[33]);
    Witness script = Witness.of(new byte[1], TWO_OF_THREE.toByteArray());
    Script p2wsh = ScriptPattern.p2wsh(TWO_OF_THREE);
    assertThat(SigOps.witness(Script.EMPTY, P2WPKH, key)).isEqualTo(1);
    assertThat(SigOps.witness(Script.EMPTY, P2WPKH, Witness.EMPTY)).isEqualTo(1);
    assertThat(SigOps.witness(Script.EMPTY, p2wsh, script)).isEqualTo(3);
    assertThat(SigOps.witness(Script.EMPTY, p2wsh, Witness.EMPTY)).isZero();
    assertThat(SigOps.witness(pushing(P2WPKH), p2sh(P2WPKH), key)).isEqualTo(1);
    assertThat(SigOps.witness(pushing(p2wsh), p2sh(p2wsh), script)).isEqualTo(3);
    for (Script other :
        List.of(
            ScriptPattern.p2tr(new byte[32]),
            ScriptPattern.witnessProgram(1, new byte[20]),
            ScriptPattern.witnessProgram(0, new byte[22]),
            TWO_OF_THREE)) {
      assertThat(SigOps.witness(Script.EMPTY, other, script)).isZero();
      assertThat(SigOps.witness(pushing(other), p2sh(other), script)).isZero();
    }
    // The script of an input means nothing where the output is no P2SH.
    assertThat(SigOps.witness(pushing(P2WPKH), TWO_OF_THREE, key)).isZero();
  }

  private static Transaction transaction(OutPoint spent, List<Script> scriptSigs, Script... pays) {
    List<TxIn> inputs = new ArrayList<>();
    for (Script scriptSig : scriptSigs) {
      TxIn input = new TxIn(spent, scriptSig, Sequence.FINAL);
      inputs.add(input.withWitness(Witness.of(new byte[71], new byte[33])));
    }
    List<TxOut> outputs = new ArrayList<>();
    for (Script script : pays) {
      outputs.add(new TxOut(1, script));
    }
    return new Transaction(2, inputs, outputs, 0);
  }

  private static OutPoint somewhere() {
    return new OutPoint(Txid.ZERO, 0);
  }

  @Test
  void inTransactions() {
    Script one = ScriptText.parse("CHECKSIG");
    Transaction tx = transaction(somewhere(), List.of(one, one), one, TWO_OF_THREE);
    assertThat(SigOps.legacy(tx)).isEqualTo(1 + 1 + 1 + 20);
  }

  @Test
  void costs() {
    List<Script> scriptSigs = List.of(pushing(TWO_OF_THREE), Script.EMPTY, pushing(P2WPKH));
    Transaction tx = transaction(somewhere(), scriptSigs, ScriptText.parse("CHECKSIG"));
    List<TxOut> spent =
        List.of(new TxOut(1, p2sh(TWO_OF_THREE)), new TxOut(1, P2WPKH), new TxOut(1, p2sh(P2WPKH)));
    assertThat(SigOps.cost(tx, spent, ScriptFlags.NONE)).isEqualTo(4);
    ScriptFlags scriptHash = ScriptFlags.of(ScriptFlag.P2SH);
    assertThat(SigOps.cost(tx, spent, scriptHash)).isEqualTo(4 + 4 * 3);
    assertThat(SigOps.cost(tx, spent, scriptHash.with(ScriptFlag.WITNESS)))
        .isEqualTo(4 + 4 * 3 + 1 + 1);
  }

  /** A coinbase spends nothing, whatever it is said to. */
  @Test
  void costsOfCoinbases() {
    Transaction coinbase =
        transaction(OutPoint.NULL, List.of(pushing(P2WPKH)), ScriptText.parse("CHECKSIG"));
    List<TxOut> spent = Collections.singletonList(new TxOut(1, p2sh(P2WPKH)));
    assertThat(SigOps.cost(coinbase, List.of(), ScriptFlags.MANDATORY)).isEqualTo(4);
    assertThat(SigOps.cost(coinbase, spent, ScriptFlags.MANDATORY)).isEqualTo(4);
  }
}
