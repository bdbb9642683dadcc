package org.farthing.consensus.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.bouncycastle.math.ec.ECFieldElement;
import org.farthing.consensus.bytes.Hex;
import org.farthing.testing.Vectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ElligatorSwiftTest {
  @TestFactory
  Stream<DynamicTest> vectorsOfBip324() {
    List<String> lines = Vectors.lines("ellswift_decode_test_vectors.csv");
    assertThat(lines).hasSize(77);
    return lines.stream()
        .skip(1)
        .map(line -> line.split(",", -1))
        .map(
            fields ->
                dynamicTest(
                    fields[2],
                    () ->
                        assertThat(ElligatorSwift.decode(Hex.constant(fields[0])))
                            .asHexString()
                            .isEqualToIgnoringCase(fields[1])));
  }

  @Test
  void everyFormOfAKeyIsReadAsTheKey() {
    Random random = new Random(324);
    for (int round = 0; round < 50; round++) {
      byte[] key = new byte[32];
      random.nextBytes(key);
      byte[] publicKey = Secp256k1.publicKey(key);
      byte[] x = Arrays.copyOfRange(publicKey, 1, 33);
      byte[] one = ElligatorSwift.encode(publicKey, random);
      byte[] other = ElligatorSwift.encode(publicKey, random);
      assertThat(ElligatorSwift.decode(one)).isEqualTo(x);
      assertThat(ElligatorSwift.decode(other)).isEqualTo(x);
      assertThat(one).isNotEqualTo(other);
    }
  }

  /** No case gives a form that is read as another key, and all eight occur. */
  @Test
  void eachCaseOfTheInverseLeadsBack() {
    Random random = new Random(8);
    int[] found = new int[8];
    for (int round = 0; round < 100; round++) {
      byte[] key = new byte[32];
      random.nextBytes(key);
      ECFieldElement x = ElligatorSwift.reduced(Secp256k1.publicKey(key), 1);
      byte[] bytes = new byte[32];
      random.nextBytes(bytes);
      ECFieldElement u = ElligatorSwift.reduced(bytes, 0);
      for (int which = 0; which < 8; which++) {
        Optional<ECFieldElement> t = ElligatorSwift.inverse(x, u, which);
        if (t.isPresent()) {
          found[which]++;
          assertThat(ElligatorSwift.xSwiftEc(u, t.get())).isEqualTo(x);
        }
      }
    }
    assertThat(found).doesNotContain(0);
  }

  @Test
  void bothSidesFindTheSameSecret() {
    Random random = new Random(2);
    byte[] ours = new byte[32];
    byte[] theirs = new byte[32];
    random.nextBytes(ours);
    random.nextBytes(theirs);
    byte[] ourForm = ElligatorSwift.encode(Secp256k1.publicKey(ours), random);
    byte[] theirForm = ElligatorSwift.encode(Secp256k1.publicKey(theirs), random);
    byte[] secret = ElligatorSwift.sharedSecret(ours, ourForm, theirForm, true);
    assertThat(ElligatorSwift.sharedSecret(theirs, theirForm, ourForm, false)).isEqualTo(secret);
    assertThat(ElligatorSwift.sharedSecret(theirs, theirForm, ourForm, true)).isNotEqualTo(secret);
  }
}
