package org.farthing.consensus.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.farthing.consensus.bytes.Hex;
import org.farthing.testing.Vectors;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Both engines under one test: each alone against vectors, and each against the other. */
class Secp256k1Test {
  private static final CurveEngine NATIVE = NativeCurve.load().orElse(null);
  private static final CurveEngine JAVA = new BouncyCastleCurve();
  private static final BigInteger FIELD =
      new BigInteger("fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f", 16);

  private static Stream<CurveEngine> engines() {
    return Stream.of(NATIVE, JAVA).filter(engine -> engine != null);
  }

  private static Stream<DynamicNode> forEachEngine(
      Function<CurveEngine, Stream<DynamicTest>> tests) {
    return engines().map(engine -> dynamicContainer(engine.name(), tests.apply(engine)));
  }

  @Test
  void theNativeLibraryIsUsedHere() {
    // The build machines are Linux, macOS or Windows, for which the binding brings a library.
    assertThat(NATIVE).isNotNull();
    assertThat(Secp256k1.engineName()).isEqualTo("libsecp256k1");
  }

  @TestFactory
  Stream<DynamicNode> wycheproof() {
    JsonNode file = Vectors.json("ecdsa_secp256k1_sha256_bitcoin_test.json");
    return forEachEngine(engine -> wycheproof(new Secp256k1(engine), file));
  }

  private static Stream<DynamicTest> wycheproof(Secp256k1 curve, JsonNode file) {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode group : file.get("testGroups")) {
      byte[] key = Hex.constant(group.get("publicKey").get("uncompressed").asText());
      for (JsonNode vector : group.get("tests")) {
        String name = vector.get("tcId") + " " + vector.get("comment").asText();
        tests.add(dynamicTest(name, () -> wycheproof(curve, key, vector)));
      }
    }
    assertThat(tests).hasSize(Vectors.int32(file.get("numberOfTests")));
    return tests.stream();
  }

  private static void wycheproof(Secp256k1 curve, byte[] key, JsonNode vector) {
    byte[] hash = Sha256.hash(Hex.constant(vector.get("msg").asText()));
    byte[] der = Hex.constant(vector.get("sig").asText());
    boolean valid =
        EcdsaSignature.isStrictDer(der)
            && EcdsaSignature.parseLaxDer(der)
                .filter(EcdsaSignature::isLowS)
                .filter(compact -> curve.verifiesEcdsa(compact, hash, key))
                .isPresent();
    String expected = vector.get("result").asText();
    assertThat(expected).isIn("valid", "invalid");
    assertThat(valid).isEqualTo(expected.equals("valid"));
  }

  @TestFactory
  Stream<DynamicNode> bip340() {
    List<String> lines = Vectors.lines("bip340.csv");
    assertThat(lines.get(0)).startsWith("index,secret key,public key,aux_rand,message,signature");
    assertThat(lines).as("a header and 19 vectors").hasSize(20);
    return forEachEngine(
        engine ->
            lines.stream()
                .skip(1)
                .map(line -> line.split(",", 8))
                .map(f -> dynamicTest(f[0] + " " + f[7], () -> bip340(engine, f))));
  }

  private static void bip340(CurveEngine engine, String[] fields) {
    byte[] key = Hex.constant(fields[2]);
    byte[] message = Hex.constant(fields[4]);
    byte[] signature = Hex.constant(fields[5]);
    assertThat(fields[6]).isIn("TRUE", "FALSE");
    assertThat(new Secp256k1(engine).verifiesSchnorr(signature, message, key))
        .isEqualTo(fields[6].equals("TRUE"));
    if (!fields[1].isEmpty()) {
      byte[] secret = Hex.constant(fields[1]);
      assertThat(engine.signSchnorr(message, secret, Hex.constant(fields[3]))).isEqualTo(signature);
      assertThat(Arrays.copyOfRange(engine.publicKey(secret), 1, 33)).isEqualTo(key);
    }
  }

  @Test
  void nonceIsThatOfRfc6979() {
    // "Satoshi Nakamoto" under the key 1, a vector that many libraries share.
    byte[] expected =
        Hex.constant(
            "934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210ee3d8"
                + "2442ce9d2b916064108014783e923ec36b49743e2ffa1c4496f01a512aafd9e5");
    byte[] hash = Sha256.hash("Satoshi Nakamoto".getBytes(StandardCharsets.UTF_8));
    engines()
        .forEach(
            engine ->
                assertThat(engine.signEcdsa(hash, bytes(BigInteger.ONE))).isEqualTo(expected));
  }

  @Test
  void bothEnginesSignAlike() {
    Random random = seeded();
    for (int i = 0; i < 200; i++) {
      byte[] key = i < 2 ? edgeKey(i) : randomKey(random);
      byte[] hash = i % 10 == 0 ? edge(random) : randomBytes(random, 32);
      byte[] ecdsa = JAVA.signEcdsa(hash, key);
      assertThat(NATIVE.signEcdsa(hash, key)).isEqualTo(ecdsa);
      assertThat(EcdsaSignature.isLowS(ecdsa)).isTrue();
      byte[] auxiliary = randomBytes(random, 32);
      byte[] schnorr = JAVA.signSchnorr(hash, key, auxiliary);
      assertThat(NATIVE.signSchnorr(hash, key, auxiliary)).isEqualTo(schnorr);
      byte[] publicKey = JAVA.publicKey(key);
      assertThat(NATIVE.publicKey(key)).isEqualTo(publicKey);
      engines()
          .forEach(
              engine -> {
                Secp256k1 curve = new Secp256k1(engine);
                assertThat(curve.verifiesEcdsa(ecdsa, hash, publicKey)).isTrue();
                byte[] x = Arrays.copyOfRange(publicKey, 1, 33);
                assertThat(curve.verifiesSchnorr(schnorr, hash, x)).isTrue();
              });
    }
  }

  @Test
  void bothEnginesRecoverAlike() {
    Random random = seeded();
    Secp256k1 one = new Secp256k1(NATIVE);
    Secp256k1 other = new Secp256k1(JAVA);
    for (int i = 0; i < 200; i++) {
      byte[] secret = randomKey(random);
      byte[] hash = randomBytes(random, 32);
      byte[] compact = JAVA.signEcdsa(hash, secret);
      byte[] key = JAVA.publicKey(secret);
      List<String> keys = new ArrayList<>();
      for (int id = 0; id < 4; id++) {
        keys.add(one.recovers(compact, hash, id).map(Hex::encode).orElse(""));
        byte[] mutated = mutate(random, compact);
        assertThat(one.recovers(mutated, hash, id).map(Hex::encode))
            .isEqualTo(other.recovers(mutated, hash, id).map(Hex::encode));
      }
      assertThat(keys).contains(Hex.encode(key));
      for (int id = 0; id < 4; id++) {
        assertThat(other.recovers(compact, hash, id).map(Hex::encode).orElse(""))
            .isEqualTo(keys.get(id));
      }
    }
  }

  @Test
  void aLowRIsLookedForWithTheSameNonces() {
    Random random = seeded();
    Secp256k1 one = new Secp256k1(NATIVE);
    Secp256k1 other = new Secp256k1(JAVA);
    int ground = 0;
    for (int i = 0; i < 100; i++) {
      byte[] secret = randomKey(random);
      byte[] hash = randomBytes(random, 32);
      byte[] compact = one.signsLowR(hash, secret);
      assertThat(compact[0]).isNotNegative();
      assertThat(other.signsLowR(hash, secret)).isEqualTo(compact);
      assertThat(one.verifiesEcdsa(compact, hash, NATIVE.publicKey(secret))).isTrue();
      assertThat(Secp256k1.compactToDer(compact).length).isLessThanOrEqualTo(70);
      byte[] plain = NATIVE.signEcdsa(hash, secret);
      boolean isLow = plain[0] >= 0;
      assertThat(Arrays.equals(plain, compact)).isEqualTo(isLow);
      ground += isLow ? 0 : 1;
    }
    assertThat(ground).isBetween(1, 99);
  }

  @Test
  void bothEnginesTweakAlike() {
    Random random = seeded();
    for (int i = 0; i < 500; i++) {
      byte[] key = i % 5 == 0 ? edge(random) : randomKey(random);
      byte[] tweak = i % 3 == 0 ? edge(random) : randomBytes(random, 32);
      assertThat(outcome(NATIVE, engine -> engine.tweakAddPrivate(key, tweak)))
          .isEqualTo(outcome(JAVA, engine -> engine.tweakAddPrivate(key, tweak)));
      assertThat(NATIVE.isValidPrivateKey(key)).isEqualTo(JAVA.isValidPrivateKey(key));
      if (JAVA.isValidPrivateKey(key)) {
        byte[] publicKey = JAVA.publicKey(key);
        String tweaked = outcome(JAVA, engine -> engine.tweakAddPublic(publicKey, tweak));
        assertThat(outcome(NATIVE, engine -> engine.tweakAddPublic(publicKey, tweak)))
            .isEqualTo(tweaked);
        assertThat(outcome(JAVA, engine -> engine.publicKey(engine.tweakAddPrivate(key, tweak))))
            .isEqualTo(tweaked);
      }
    }
  }

  @Test
  void aKeyMinusItselfIsRefused() {
    byte[] key = bytes(BigInteger.TEN);
    byte[] negated = bytes(Secp256k1.ORDER.subtract(BigInteger.TEN));
    engines()
        .forEach(
            engine -> {
              assertThatThrownBy(() -> engine.tweakAddPrivate(key, negated))
                  .isInstanceOf(IllegalArgumentException.class);
              assertThatThrownBy(() -> engine.tweakAddPublic(engine.publicKey(key), negated))
                  .isInstanceOf(IllegalArgumentException.class);
            });
  }

  @Test
  void bothEnginesJudgeHostileInputAlike() {
    Random random = seeded();
    Secp256k1 one = new Secp256k1(NATIVE);
    Secp256k1 other = new Secp256k1(JAVA);
    for (int i = 0; i < 400; i++) {
      byte[] secret = randomKey(random);
      byte[] hash = randomBytes(random, 32);
      byte[] ecdsa = mutate(random, JAVA.signEcdsa(hash, secret));
      byte[] publicKey = mutate(random, form(random, JAVA.publicKey(secret)));
      assertThat(one.validPublicKey(publicKey)).isEqualTo(other.validPublicKey(publicKey));
      assertThat(one.verifiesEcdsa(ecdsa, hash, publicKey))
          .isEqualTo(other.verifiesEcdsa(ecdsa, hash, publicKey));
      byte[] schnorr = mutate(random, NATIVE.signSchnorr(hash, secret, new byte[32]));
      byte[] x = mutate(random, Arrays.copyOfRange(JAVA.publicKey(secret), 1, 33));
      assertThat(one.verifiesSchnorr(schnorr, hash, x))
          .isEqualTo(other.verifiesSchnorr(schnorr, hash, x));
      byte[] tweak = mutate(random, randomBytes(random, 32));
      byte[] sum = Arrays.copyOf(JAVA.publicKey(secret), 33);
      boolean odd = random.nextBoolean();
      assertThat(one.tweakedXOnly(Arrays.copyOfRange(sum, 1, 33), odd, x, tweak))
          .isEqualTo(other.tweakedXOnly(Arrays.copyOfRange(sum, 1, 33), odd, x, tweak));
    }
  }

  @Test
  void aTweakedKeyIsRecognisedWithItsParityOnly() {
    byte[] internal = Arrays.copyOfRange(Secp256k1.publicKey(bytes(BigInteger.TWO)), 1, 33);
    byte[] tweak = bytes(BigInteger.TEN);
    byte[] tweaked = Secp256k1.tweakAddXOnly(internal, tweak);
    byte[] x = Arrays.copyOfRange(tweaked, 1, 33);
    engines()
        .map(Secp256k1::new)
        .forEach(
            curve -> {
              assertThat(curve.tweakedXOnly(x, tweaked[0] == 3, internal, tweak)).isTrue();
              assertThat(curve.tweakedXOnly(x, tweaked[0] == 2, internal, tweak)).isFalse();
              assertThat(curve.tweakedXOnly(internal, false, internal, tweak)).isFalse();
            });
  }

  @Test
  void highAndLowSAreBothValid() {
    byte[] hash = Sha256.hash(new byte[] {1});
    byte[] low = Secp256k1.signEcdsa(hash, bytes(BigInteger.TWO));
    byte[] high = low.clone();
    BigInteger s = new BigInteger(1, low, 32, 32);
    System.arraycopy(bytes(Secp256k1.ORDER.subtract(s)), 0, high, 32, 32);
    byte[] key = Secp256k1.publicKey(bytes(BigInteger.TWO));
    assertThat(EcdsaSignature.isLowS(high)).isFalse();
    assertThat(Secp256k1.verifyEcdsa(high, hash, key)).isTrue();
  }

  @Test
  void derGoesThereAndBack() {
    Random random = seeded();
    for (int i = 0; i < 200; i++) {
      byte[] compact = Secp256k1.signEcdsa(randomBytes(random, 32), randomKey(random));
      byte[] der = Secp256k1.compactToDer(compact);
      assertThat(EcdsaSignature.isStrictDer(der)).isTrue();
      assertThat(EcdsaSignature.parseLaxDer(der)).contains(compact);
    }
  }

  @Test
  void wrongSizesAreRefusedOrNotValid() {
    byte[] hash = new byte[32];
    byte[] key = Secp256k1.publicKey(bytes(BigInteger.ONE));
    assertThat(Secp256k1.verifyEcdsa(new byte[63], hash, key)).isFalse();
    assertThat(Secp256k1.verifyEcdsa(new byte[64], new byte[31], key)).isFalse();
    assertThat(Secp256k1.verifyEcdsa(new byte[64], hash, new byte[0])).isFalse();
    assertThat(Secp256k1.verifySchnorr(new byte[65], hash, new byte[32])).isFalse();
    assertThat(Secp256k1.isValidPublicKey(new byte[33])).isFalse();
    assertThat(Secp256k1.isValidPrivateKey(new byte[31])).isFalse();
    assertThatThrownBy(() -> Secp256k1.publicKey(new byte[32]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Secp256k1.signEcdsa(hash, new byte[33]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Secp256k1.uncompressed(new byte[65]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Random seeded() {
    long seed = System.nanoTime();
    System.out.println("Secp256k1Test seed " + seed);
    return new Random(seed);
  }

  private static String outcome(CurveEngine engine, Function<CurveEngine, byte[]> operation) {
    try {
      return Hex.encode(operation.apply(engine));
    } catch (IllegalArgumentException e) {
      return "refused";
    }
  }

  private static byte[] edgeKey(int index) {
    return bytes(index == 0 ? BigInteger.ONE : Secp256k1.ORDER.subtract(BigInteger.ONE));
  }

  /** Numbers around zero, the curve's order and the field's size. */
  private static byte[] edge(Random random) {
    BigInteger base =
        List.of(BigInteger.ONE, Secp256k1.ORDER, FIELD, BigInteger.ONE.shiftLeft(256))
            .get(random.nextInt(4));
    BigInteger value = base.add(BigInteger.valueOf(random.nextInt(4) - 2L));
    return bytes(value.signum() < 0 ? BigInteger.ZERO : value);
  }

  private static byte[] randomKey(Random random) {
    byte[] key = randomBytes(random, 32);
    key[0] &= 0x7f;
    return key;
  }

  private static byte[] randomBytes(Random random, int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Compressed, uncompressed or hybrid, the latter with right or wrong parity. */
  private static byte[] form(Random random, byte[] uncompressed) {
    byte[] key = uncompressed.clone();
    switch (random.nextInt(3)) {
      case 0 -> {
        key = Arrays.copyOf(key, 33);
        key[0] = (byte) (2 + random.nextInt(2));
      }
      case 1 -> key[0] = (byte) (4 + random.nextInt(4));
      default -> {}
    }
    return key;
  }

  /** A bit, a number, the length, or nothing is changed. */
  private static byte[] mutate(Random random, byte[] data) {
    byte[] result = data.clone();
    switch (random.nextInt(6)) {
      case 0 -> result[random.nextInt(result.length)] ^= (byte) (1 << random.nextInt(8));
      case 1 -> {
        int at = Math.min(result.length - 32, random.nextInt(3) * 32);
        System.arraycopy(edge(random), 0, result, Math.max(0, at), 32);
      }
      case 2 -> result = Arrays.copyOf(result, result.length + random.nextInt(3) - 1);
      default -> {}
    }
    return result;
  }

  private static byte[] bytes(BigInteger value) {
    byte[] raw = value.toByteArray();
    byte[] result = new byte[32];
    int length = Math.min(32, raw.length);
    System.arraycopy(raw, raw.length - length, result, 32 - length, length);
    return result;
  }
}
