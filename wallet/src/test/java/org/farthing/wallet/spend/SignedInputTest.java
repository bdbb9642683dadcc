package org.farthing.wallet.spend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.primitives.Witness;
import org.farthing.consensus.script.ScriptBuilder;
import org.farthing.consensus.script.SigHashType;
import org.junit.jupiter.api.Test;

/** Weights by hand: four for each byte of outpoint, scriptSig and sequence, one of the witness. */
class SignedInputTest {
  private static final byte[] KEY = new byte[33];
  private static final int OUTPOINT_AND_SEQUENCE = 36 + 4;

  private static TxIn input(Script scriptSig, byte[]... witness) {
    return new TxIn(new OutPoint(Txid.ZERO, 0), scriptSig, -3, Witness.of(witness));
  }

  /** An ECDSA signature of a form that is valid, with its type. */
  private static byte[] signature(int firstOfR, int firstOfS) {
    byte[] compact = new byte[64];
    Arrays.fill(compact, (byte) 1);
    compact[0] = (byte) firstOfR;
    compact[32] = (byte) firstOfS;
    return SigHashType.append(Secp256k1.compactToDer(compact), SigHashType.ALL);
  }

  @Test
  void shorterSignaturesAreReckonedAsTheLongest() {
    byte[] usual = signature(1, 1);
    byte[] shorter = signature(0, 1);
    byte[] longest = signature(0x80, 1);
    assertThat(new int[] {usual.length, shorter.length, longest.length})
        .containsExactly(71, 70, 72);
    int expected = 4 * (OUTPOINT_AND_SEQUENCE + 1) + 1 + (1 + 72) + (1 + 33);
    for (byte[] each : new byte[][] {usual, shorter, longest}) {
      assertThat(SignedInput.mostWeight(input(Script.EMPTY, each, KEY))).isEqualTo(expected);
    }
  }

  /** As old signers may have made them; nobody does so any more, and they stay what they are. */
  @Test
  void longerOnesStayAsTheyAre() {
    byte[] highS = signature(0x80, 0x80);
    assertThat(highS).hasSize(73);
    assertThat(SignedInput.mostWeight(input(Script.EMPTY, highS, KEY)))
        .isEqualTo(4 * (OUTPOINT_AND_SEQUENCE + 1) + 1 + (1 + 73) + (1 + 33));
  }

  @Test
  void signaturesOfScriptsCountFourTimes() {
    Script scriptSig = new ScriptBuilder().push(signature(1, 1)).push(KEY).build();
    assertThat(SignedInput.mostWeight(input(scriptSig)))
        .isEqualTo(4 * (OUTPOINT_AND_SEQUENCE + 1 + (1 + 72) + (1 + 33)) + 1);
  }

  /** The length of a script of 253 bytes takes two bytes more than that of 252. */
  @Test
  void theLengthOfTheScriptGrowsToo() {
    byte[] redeemScript = new byte[105];
    Script scriptSig =
        new ScriptBuilder()
            .op(0)
            .push(signature(1, 1))
            .push(signature(1, 1))
            .push(redeemScript)
            .build();
    int size = 1 + 2 * (1 + 71) + (2 + 105);
    assertThat(scriptSig.size()).isEqualTo(size).isEqualTo(252);
    assertThat(SignedInput.mostWeight(input(scriptSig)))
        .isEqualTo(4 * (OUTPOINT_AND_SEQUENCE + 3 + size + 2) + 1);
  }

  @Test
  void whatIsNoEcdsaSignatureHasItsSize() {
    byte[] schnorr = new byte[64];
    assertThat(SignedInput.mostWeight(input(Script.EMPTY, schnorr)))
        .isEqualTo(4 * (OUTPOINT_AND_SEQUENCE + 1) + 1 + (1 + 64));
    assertThat(SignedInput.mostWeight(input(Script.EMPTY)))
        .isEqualTo(4 * (OUTPOINT_AND_SEQUENCE + 1) + 1);
    byte[] empty = new byte[0];
    assertThat(SignedInput.mostWeight(input(Script.EMPTY, empty, KEY)))
        .isEqualTo(4 * (OUTPOINT_AND_SEQUENCE + 1) + 1 + 1 + (1 + 33));
  }
}
