package org.farthing.bench;

import java.util.concurrent.TimeUnit;
import org.farthing.consensus.crypto.Hash160;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Witness;
import org.farthing.consensus.script.Opcode;
import org.farthing.consensus.script.ScriptBuilder;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.testing.ScriptText;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Whole inputs without signatures on one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ScriptBenchmark {
  private static final byte[] SECRET = new byte[32];

  private final SignedInput sum =
      bare("2 3", "ADD 5 EQUAL");
  private final SignedInput branches =
      bare("1 0", "IF RETURN ELSE DUP 1 EQUALVERIFY NOT IF RETURN ENDIF 1 ENDIF");
  private final SignedInput hashLock = withHashLock();
  private final SignedInput scriptHash = withScriptHash();
  private final SignedInput witnessScriptHash = withWitnessScriptHash();

  private static SignedInput bare(String scriptSig, String scriptPubKey) {
    SignedInput unsigned = SignedInput.unsigned(ScriptText.parse(scriptPubKey));
    return unsigned.with(unsigned.input().withScriptSig(ScriptText.parse(scriptSig)));
  }

  private static SignedInput withHashLock() {
    Script lock = ScriptPattern.p2sh(Hash160.hash(SECRET));
    // More than the pattern of P2SH, which would want a script.
    Script equal = new ScriptBuilder().op(Opcode.OP_NOP).append(lock).build();
    SignedInput unsigned = SignedInput.unsigned(equal);
    Script scriptSig = new ScriptBuilder().push(SECRET).build();
    return unsigned.with(unsigned.input().withScriptSig(scriptSig));
  }

  private static SignedInput withScriptHash() {
    Script redeem = ScriptText.parse("ADD 5 EQUAL");
    SignedInput unsigned =
        SignedInput.unsigned(ScriptPattern.p2sh(Hash160.hash(redeem.toByteArray())));
    Script scriptSig = new ScriptBuilder().number(2).number(3).push(redeem).build();
    return unsigned.with(unsigned.input().withScriptSig(scriptSig));
  }

  private static SignedInput withWitnessScriptHash() {
    Script script = ScriptText.parse("ADD 5 EQUAL");
    SignedInput unsigned = SignedInput.unsigned(ScriptPattern.p2wsh(script));
    Witness witness = Witness.of(new byte[] {2}, new byte[] {3}, script.toByteArray());
    return unsigned.with(unsigned.input().withWitness(witness));
  }

  private static void check(SignedInput input) {
    if (!input.verify()) {
      throw new AssertionError("an input that should be valid is not");
    }
  }

  /** {@code 2 3 | ADD 5 EQUAL} */
  @Benchmark
  public void sum() {
    check(sum);
  }

  /** Two levels of conditions. */
  @Benchmark
  public void branches() {
    check(branches);
  }

  /** The preimage of a HASH160. */
  @Benchmark
  public void hashLock() {
    check(hashLock);
  }

  /** The sum behind a P2SH output. */
  @Benchmark
  public void scriptHash() {
    check(scriptHash);
  }

  /** The sum behind a P2WSH output. */
  @Benchmark
  public void witnessScriptHash() {
    check(witnessScriptHash);
  }
}
