package org.farthing.consensus.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Sequence;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.primitives.Witness;
import org.farthing.testing.TestKey;
import org.junit.jupiter.api.Test;

/** Which signatures in which order satisfy two of three keys. */
class MultisigOrderTest {
  private static final int KEYS = 3;

  /** A signature that no key has made, and none at all. */
  private static final int WRONG = KEYS;

  private static final int EMPTY = KEYS + 1;

  private static final byte[] MALFORMED = {0x30, 0x01, 0x02, SigHashType.ALL};

  private static final List<byte[]> PUBLIC_KEYS =
      List.of(
          TestKey.number(1).publicKey(),
          TestKey.number(2).publicKey(),
          TestKey.number(3).publicKey());

  private static final Script SCRIPT = ScriptPattern.multisig(2, PUBLIC_KEYS);
  private static final List<TxOut> SPENT = List.of(new TxOut(1_000, ScriptPattern.p2wsh(SCRIPT)));

  private static Transaction spending(Witness witness) {
    TxIn input = new TxIn(new OutPoint(Txid.ZERO, 0), Script.EMPTY, Sequence.FINAL, witness);
    return new Transaction(2, List.of(input), List.of(new TxOut(900, Script.EMPTY)), 0);
  }

  /** By the key of this index, or one of the two above. */
  private static byte[] signature(int signer) {
    if (signer == EMPTY) {
      return new byte[0];
    }
    PrecomputedTransaction unsigned = PrecomputedTransaction.of(spending(Witness.EMPTY), SPENT);
    byte[] hash = SigHash.segwit(unsigned, 0, SCRIPT, SigHashType.ALL);
    byte[] key = TestKey.number(1 + signer).privateKey();
    return SigHashType.append(
        Secp256k1.compactToDer(Secp256k1.signEcdsa(hash, key)), SigHashType.ALL);
  }

  private static ScriptError verdict(byte[] first, byte[] second, ScriptFlags flags) {
    Witness witness = Witness.of(new byte[0], first, second, SCRIPT.toByteArray());
    return new Spend(spending(witness), SPENT, flags).verdict();
  }

  /** The keys of the signatures must follow each other as they do in the script. */
  @Test
  void onlyTheOrderOfTheKeysWillDo() {
    for (ScriptFlags flags : List.of(ScriptFlags.MANDATORY, ScriptFlags.STANDARD)) {
      for (int first = 0; first <= EMPTY; first++) {
        for (int second = 0; second <= EMPTY; second++) {
          boolean right = first < second && second < KEYS;
          assertThat(verdict(signature(first), signature(second), flags) == ScriptError.OK)
              .as("%d, then %d, by %s", first, second, flags)
              .isEqualTo(right);
        }
      }
    }
  }

  /**
   * Signatures are tried from the last one on, each with the keys from the last one on: whether a
   * malformed one is met depends on the others.
   */
  @Test
  void aMalformedSignatureIsAnErrorOnlyWhereItsTurnComes() {
    ScriptFlags strict = ScriptFlags.MANDATORY;
    for (int last = 1; last < KEYS; last++) {
      assertThat(verdict(MALFORMED, signature(last), strict)).isEqualTo(ScriptError.SIG_DER);
    }
    assertThat(verdict(MALFORMED, signature(0), strict)).isEqualTo(ScriptError.EVAL_FALSE);
    assertThat(verdict(MALFORMED, signature(WRONG), strict)).isEqualTo(ScriptError.EVAL_FALSE);
    assertThat(verdict(signature(0), MALFORMED, strict)).isEqualTo(ScriptError.SIG_DER);
    assertThat(verdict(MALFORMED, signature(1), strict.without(ScriptFlag.DERSIG)))
        .isEqualTo(ScriptError.EVAL_FALSE);
  }
}
