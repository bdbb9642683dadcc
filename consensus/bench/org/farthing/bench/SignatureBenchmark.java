package org.farthing.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.consensus.crypto.Sha256;
import org.farthing.testing.TestKey;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One signature check on one thread: of the curve alone, and of an input as blocks have them. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SignatureBenchmark {
  private static final int COUNT = 64;

  /** What the curve alone is asked. */
  private static final class Signed {
    final byte[] hash;
    final byte[] ecdsa;
    final byte[] schnorr;
    final byte[] publicKey;
    final byte[] xOnlyKey;

    Signed(TestKey key) {
      hash = Sha256.hash(key.publicKey());
      ecdsa = Secp256k1.signEcdsa(hash, key.privateKey());
      schnorr = Secp256k1.signSchnorr(hash, key.privateKey(), new byte[32]);
      publicKey = key.publicKey();
      xOnlyKey = key.xOnly();
    }
  }

  private final List<Signed> signed = new ArrayList<>();
  private final List<SignedInput> witnessKeyHashes = new ArrayList<>();
  private final List<SignedInput> keyHashes = new ArrayList<>();
  private final List<SignedInput> keyPaths = new ArrayList<>();
  private int next;

  public SignatureBenchmark() {
    for (int i = 0; i < COUNT; i++) {
      TestKey key = TestKey.number(1000 + i);
      signed.add(new Signed(key));
      witnessKeyHashes.add(SignedInput.witnessKeyHash(key));
      keyHashes.add(SignedInput.keyHash(key));
      keyPaths.add(SignedInput.keyPath(key));
    }
  }

  private int next() {
    next = (next + 1) % COUNT;
    return next;
  }

  private static void check(boolean valid) {
    if (!valid) {
      throw new AssertionError("a signature that was made here is not valid");
    }
  }

  @Benchmark
  public void ecdsa() {
    Signed item = signed.get(next());
    check(Secp256k1.verifyEcdsa(item.ecdsa, item.hash, item.publicKey));
  }

  @Benchmark
  public void schnorr() {
    Signed item = signed.get(next());
    check(Secp256k1.verifySchnorr(item.schnorr, item.hash, item.xOnlyKey));
  }

  @Benchmark
  public void inputP2wpkh() {
    check(witnessKeyHashes.get(next()).verify());
  }

  @Benchmark
  public void inputP2pkh() {
    check(keyHashes.get(next()).verify());
  }

  @Benchmark
  public void inputP2trKeyPath() {
    check(keyPaths.get(next()).verify());
  }
}
