package org.farthing.consensus.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.primitives.CoinSetHash;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class MuHashTest {
  private static byte[] number(int value) {
    byte[] element = new byte[32];
    element[0] = (byte) value;
    return element;
  }

  private static String display(MuHash set) {
    return CoinSetHash.of(set.digest()).toString();
  }

  /** The value in Bitcoin Core's {@code muhash_tests}. */
  @Test
  void theKnownDigest() {
    MuHash set = new MuHash();
    set.insert(number(0));
    set.insert(number(1));
    set.remove(number(2));
    assertThat(display(set))
        .isEqualTo("10d312b100cbd32ada024a6646e40d3482fcff103668d2625f10002a607d5863");
  }

  /** The state in Bitcoin Core's {@code muhash_tests}: all bits of the product count. */
  @Test
  void theKnownProduct() {
    MuHash set = new MuHash();
    set.insert(number(1));
    set.insert(number(2));
    String numerator =
        "1fa093295ea30a6a3acdc7b3f770fa538eff537528e990e2910e40bbcfd7f669"
            + "6b1256901929094694b56316de342f593303dd12ac43e06dce1be1ff8301c845"
            + "beb15468fff0ef002dbf80c29f26e6452bccc91b5cb9437ad410d2a67ea84788"
            + "7fa3c6a6553309946880fe20db2c73fe0641adbd4e86edfee0d9f8cd0ee12308"
            + "98873dc13ed8ddcaf045c80faa082774279007a2253f8922ee3ef361d378a6af"
            + "3ddaf180b190ac97e556888c36b3d1fb1c85aab9ccd46e3deaeb7b7cf5db067a"
            + "7e9ff86b658cf3acd6662bbcce37232daa753c48b794356c020090c831a83044"
            + "16e2aa7ad633c0ddb2f11be1be316a81be7f7e472071c042cb68faef549c221e"
            + "bff209273638b741aba5a81675c45a5fa92fea4ca821d7a324cb1e1a2ccd3b76"
            + "c4228ec8066dad2a5df6e1bd0de45c7dd5de8070bdb46db6c554cf9aefc9b7b2"
            + "bbf9f75b1864d9f95005314593905c0109b71f703d49944ae94477b51dac10a8"
            + "16bb6d1c700bafabc8bd86fac8df24be519a2f2836b16392e18036cb13e48c5c";
    assertThat(Hex.encode(set.state())).isEqualTo(numerator + "01" + "00".repeat(383));
    assertThat(MuHash.ofState(set.state()).digest()).isEqualTo(set.digest());
  }

  /** A number beyond the modulus is reduced; the digest is the one in {@code muhash_tests}. */
  @Test
  void aNumberBeyondTheModulus() {
    byte[] state = new byte[MuHash.STATE_SIZE];
    Arrays.fill(state, 0, MuHash.STATE_SIZE / 2, (byte) 0xff);
    state[MuHash.STATE_SIZE / 2] = 1;
    assertThat(Hex.encode(MuHash.ofState(state).digest()))
        .isEqualTo("3a31e6903aff0de9f62f9a9f7f8b861de76ce2cda09822b90014319ae5dc2271");
  }

  @Test
  void aStateOfAnotherSizeIsRefused() {
    assertThatThrownBy(() -> MuHash.ofState(new byte[MuHash.STATE_SIZE - 1]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @TestFactory
  Stream<DynamicTest> setsOfAnotherImplementation() throws IOException {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(getClass().getResourceAsStream("/muhash.txt")),
                StandardCharsets.UTF_8))) {
      List<String> lines = in.lines().filter(line -> !line.startsWith("#")).toList();
      assertThat(lines).hasSize(12);
      return lines.stream()
          .map(
              line -> {
                String[] parts = line.split(" ", -1);
                return DynamicTest.dynamicTest(
                    parts[2],
                    () -> {
                      MuHash set = new MuHash();
                      elements(parts[0]).forEach(set::insert);
                      elements(parts[1]).forEach(set::remove);
                      assertThat(display(set)).isEqualTo(parts[2]);
                    });
              });
    }
  }

  /** A dot is no element, a hyphen the empty one. */
  private static List<byte[]> elements(String text) {
    return text.equals(".")
        ? List.of()
        : Arrays.stream(text.split(",", -1))
            .map(hex -> Hex.constant(hex.equals("-") ? "" : hex))
            .toList();
  }

  @Test
  void neitherOrderNorPartsNorDetoursMatter() {
    Random random = new Random(1);
    for (int round = 0; round < 10; round++) {
      List<byte[]> elements = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        byte[] element = new byte[random.nextInt(100)];
        random.nextBytes(element);
        elements.add(element);
      }
      MuHash expected = new MuHash();
      elements.forEach(expected::insert);
      Collections.shuffle(elements, random);
      MuHash left = new MuHash();
      MuHash right = new MuHash();
      elements.subList(0, 7).forEach(left::insert);
      elements.subList(7, 20).forEach(right::insert);
      left.insert(number(round));
      right.remove(number(round));
      left.combine(right);
      assertThat(left.digest()).isEqualTo(expected.digest());
      assertThat(left.state()).isEqualTo(expected.state());
      left.remove(elements.get(0));
      assertThat(left.digest()).isNotEqualTo(expected.digest());
    }
  }

  @Test
  void manyDigestsAtOnceAreThoseOfEach() {
    Random random = new Random(3);
    for (int size : new int[] {0, 1, 2, 50}) {
      List<MuHash> sets = new ArrayList<>();
      MuHash set = new MuHash();
      for (int i = 0; i < size; i++) {
        set.insert(number(i));
        if (random.nextBoolean()) {
          set.remove(number(random.nextInt(100)));
        }
        sets.add(MuHash.ofState(set.unreducedState()));
      }
      List<byte[]> digests = MuHash.digests(sets);
      assertThat(digests).hasSize(size);
      for (int i = 0; i < size; i++) {
        assertThat(digests.get(i)).isEqualTo(sets.get(i).digest());
      }
    }
  }
}
