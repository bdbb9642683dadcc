package org.farthing.consensus.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.consensus.primitives.Script;
import org.farthing.testing.ScriptText;
import org.junit.jupiter.api.Test;

class ScriptPatternTest {
  private static final byte[] KEY = Secp256k1.publicKey(one());

  private static byte[] one() {
    byte[] key = new byte[32];
    key[31] = 1;
    return key;
  }

  @Test
  void whatIsBuiltIsRecognised() {
    byte[] hash20 = new byte[20];
    byte[] hash32 = new byte[32];
    check(ScriptPattern.p2pk(KEY), OutputType.P2PK, KEY);
    byte[] uncompressed = Secp256k1.uncompressed(KEY);
    check(ScriptPattern.p2pk(uncompressed), OutputType.P2PK, uncompressed);
    check(ScriptPattern.p2pkh(hash20), OutputType.P2PKH, hash20);
    check(ScriptPattern.p2sh(hash20), OutputType.P2SH, hash20);
    check(ScriptPattern.p2wpkh(hash20), OutputType.P2WPKH, hash20);
    check(ScriptPattern.p2wsh(hash32), OutputType.P2WSH, hash32);
    check(ScriptPattern.p2tr(hash32), OutputType.P2TR, hash32);
    check(ScriptPattern.witnessProgram(16, new byte[40]), OutputType.WITNESS_UNKNOWN, new byte[40]);
    byte[] anchor = {0x4e, 0x73};
    check(ScriptPattern.witnessProgram(1, anchor), OutputType.ANCHOR, anchor);
    check(ScriptPattern.nullData(new byte[80]), OutputType.NULL_DATA, null);
  }

  private static void check(Script script, OutputType type, byte[] payload) {
    assertThat(ScriptPattern.classify(script)).isEqualTo(type);
    if (payload == null) {
      assertThat(ScriptPattern.payload(script)).isEmpty();
    } else {
      assertThat(ScriptPattern.payload(script)).contains(payload);
    }
  }

  /** Each opcode up to the last of the NOPs, and pushes of what the stack may hold. */
  @Test
  void knownOpcodes() {
    assertThat(ScriptPattern.hasKnownOpcodes(Script.EMPTY)).isTrue();
    for (String known : List.of("NOP10", "RETURN 0xb9", "0x50 0x7e CHECKSIG")) {
      assertThat(ScriptPattern.hasKnownOpcodes(ScriptText.parse(known))).as(known).isTrue();
    }
    for (String unknown : List.of("0xba", "0xff", "1 0xbb 1", "0x02ac", "NOP 0x4c")) {
      assertThat(ScriptPattern.hasKnownOpcodes(ScriptText.parse(unknown))).as(unknown).isFalse();
    }
    Script most = new ScriptBuilder().push(new byte[520]).build();
    Script more = new ScriptBuilder().push(new byte[521]).build();
    assertThat(ScriptPattern.hasKnownOpcodes(most)).isTrue();
    assertThat(ScriptPattern.hasKnownOpcodes(more)).isFalse();
  }

  @Test
  void multisigOfOneToTwentyKeys() {
    for (int keys : new int[] {1, 2, 16, 17, 20}) {
      Script script = ScriptPattern.multisig(keys, Collections.nCopies(keys, KEY));
      assertThat(ScriptPattern.classify(script)).isEqualTo(OutputType.MULTISIG);
      ScriptPattern.Multisig parts = ScriptPattern.multisig(script).orElseThrow();
      assertThat(parts.required()).isEqualTo(keys);
      assertThat(parts.keys()).hasSize(keys).allMatch(key -> key.length == 33);
    }
    assertThat(ScriptPattern.multisig(ScriptPattern.multisig(2, List.of(KEY)))).isEmpty();
    assertThat(ScriptPattern.multisig(ScriptPattern.multisig(0, List.of(KEY)))).isEmpty();
    assertThat(ScriptPattern.multisig(ScriptPattern.multisig(1, Collections.nCopies(21, KEY))))
        .isEmpty();
  }

  @Test
  void almostPatternsAreNonstandard() {
    for (String text :
        List.of(
            "",
            "1",
            "0 0x04 0x01020304",
            "DUP HASH160 0x13 0x00000000000000000000000000000000000000 EQUALVERIFY CHECKSIG",
            "0x21 0x050000000000000000000000000000000000000000000000000000000000000000 CHECKSIG",
            "RETURN 0x4c",
            "1 0 CHECKMULTISIG",
            "CHECKMULTISIG")) {
      assertThat(ScriptPattern.classify(ScriptText.parse(text)))
          .as(text)
          .isEqualTo(OutputType.NONSTANDARD);
    }
  }

  @Test
  void unspendable() {
    assertThat(ScriptPattern.isUnspendable(ScriptText.parse("RETURN"))).isTrue();
    assertThat(ScriptPattern.isUnspendable(Script.of(new byte[10_001]))).isTrue();
    assertThat(ScriptPattern.isUnspendable(Script.of(new byte[10_000]))).isFalse();
    assertThat(ScriptPattern.isUnspendable(Script.EMPTY)).isFalse();
  }

  @Test
  void wrongSizesAreRefused() {
    assertThatThrownBy(() -> ScriptPattern.p2pkh(new byte[19]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ScriptPattern.p2wsh(new byte[20]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ScriptPattern.witnessProgram(17, new byte[2]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void signatureChecksAreCounted() {
    Script multisig = ScriptPattern.multisig(1, List.of(KEY, KEY, KEY));
    assertThat(SigOps.count(multisig, false)).isEqualTo(20);
    assertThat(SigOps.count(multisig, true)).isEqualTo(3);
    assertThat(SigOps.count(ScriptText.parse("CHECKSIG CHECKSIGVERIFY 0x4c"), true)).isEqualTo(2);
    Script output = ScriptPattern.p2sh(new byte[20]);
    assertThat(SigOps.p2sh(new ScriptBuilder().push(multisig).build(), output)).isEqualTo(3);
    assertThat(SigOps.p2sh(ScriptText.parse("NOP"), output)).isZero();
    assertThat(SigOps.p2sh(new ScriptBuilder().push(multisig).build(), multisig)).isZero();
  }
}
