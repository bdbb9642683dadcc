package org.farthing.consensus.script;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.List;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.testing.Decoding;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever the scripts, the witness and the rules: a verdict, the same each time, within memory
 * that the limits of scripts allow. A run of more than a minute is a failure.
 */
@Timeout(60)
class ScriptFuzzTest {
  /**
   * The most bytes for each byte of input: 201 signature checks, each of which may hash the whole
   * transaction twice over, or copies of items of 520 bytes by instructions of one byte.
   */
  private static final long BYTES_FOR_EACH = 4096;

  private static final long FIXED_BYTES = 4 << 20;

  @FuzzTest
  void verify(byte[] input) throws Exception {
    FuzzedSpend spend = FuzzedSpend.of(input);
    PrecomputedTransaction transaction = spend.transaction();
    ScriptError verdict =
        Decoding.bounded(
            Decoding.watched(FIXED_BYTES + BYTES_FOR_EACH * input.length),
            () -> ScriptVerifier.verify(transaction, 0, spend.flags()));
    assertThat(ScriptVerifier.verify(spend.transaction(), 0, spend.flags())).isEqualTo(verdict);
    TxIn in = transaction.transaction().inputs().get(0);
    TxOut spent = transaction.spent(0);
    int cost = SigOps.cost(transaction.transaction(), List.of(spent), FlagSets.ALL);
    assertThat(cost).isBetween(0, 4 * 20 * (input.length + 64));
    assertThat(in.witness().encodedSize()).isLessThan(2 * input.length + 4096);
  }

  /** A walk over the instructions passes each byte once, and knows when the last is cut off. */
  @FuzzTest
  void instructions(byte[] input) {
    Script script = Script.of(input);
    Instructions in = new Instructions(script);
    ByteWriter walked = new ByteWriter();
    int from = 0;
    while (in.next()) {
      assertThat(in.position()).isGreaterThan(from).isLessThanOrEqualTo(input.length);
      byte[] instruction = Arrays.copyOfRange(input, from, in.position());
      int dataAt = instruction.length - in.dataSize();
      assertThat(Arrays.copyOfRange(instruction, dataAt, instruction.length)).isEqualTo(in.data());
      assertThat(instruction[0] & 0xff).isEqualTo(in.opcode());
      if (in.opcode() <= Opcode.OP_PUSHDATA4) {
        byte[] shortest = new ScriptBuilder().pushMinimal(in.data()).build().toByteArray();
        assertThat(Arrays.equals(shortest, instruction)).isEqualTo(in.isMinimalPush());
      }
      walked.bytes(instruction);
      from = in.position();
    }
    assertThat(Arrays.copyOf(input, walked.size())).isEqualTo(walked.toByteArray());
    assertThat(walked.size() < input.length).isEqualTo(in.isMalformed());
  }

  /** Kinds of outputs, and the scripts that are made of their parts again. */
  @FuzzTest
  void patterns(byte[] input) {
    Script script = Script.of(input);
    OutputType type = ScriptPattern.classify(script);
    byte[] payload = ScriptPattern.payload(script).orElse(new byte[0]);
    switch (type) {
      case P2PKH -> assertThat(ScriptPattern.p2pkh(payload)).isEqualTo(script);
      case P2SH -> assertThat(ScriptPattern.p2sh(payload)).isEqualTo(script);
      case P2WPKH -> assertThat(ScriptPattern.p2wpkh(payload)).isEqualTo(script);
      case P2WSH -> assertThat(ScriptPattern.p2wsh(payload)).isEqualTo(script);
      case P2TR -> assertThat(ScriptPattern.p2tr(payload)).isEqualTo(script);
      case WITNESS_UNKNOWN, ANCHOR ->
          assertThat(ScriptPattern.witnessProgram(ScriptPattern.witnessVersion(script), payload))
              .isEqualTo(script);
      case MULTISIG -> assertThat(ScriptPattern.multisig(script)).isPresent();
      case NULL_DATA -> assertThat(ScriptPattern.isUnspendable(script)).isTrue();
      case P2PK -> assertThat(ScriptPattern.p2pk(payload)).isEqualTo(script);
      case NONSTANDARD -> assertThat(payload).isEmpty();
    }
    assertThat(SigOps.count(script, true)).isLessThanOrEqualTo(SigOps.count(script, false));
  }

  /** Numbers on the stack: what is read minimally is written as it was (BIP-0062 rule 4). */
  @FuzzTest
  void numbers(byte[] input) {
    long value = ScriptNum.decode(input, true, ScriptNum.MAX_LOCK_TIME_SIZE);
    long lax = ScriptNum.decode(input, false, ScriptNum.MAX_LOCK_TIME_SIZE);
    if (value != ScriptNum.INVALID) {
      assertThat(ScriptNum.encode(value)).isEqualTo(input);
      assertThat(lax).isEqualTo(value);
    }
    assertThat(lax == ScriptNum.INVALID).isEqualTo(input.length > ScriptNum.MAX_LOCK_TIME_SIZE);
  }
}
