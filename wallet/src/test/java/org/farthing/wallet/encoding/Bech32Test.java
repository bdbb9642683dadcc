package org.farthing.wallet.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Stream;
import org.farthing.consensus.params.Network;
import org.farthing.wallet.TestNetworks;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.encoding.Bech32.Variant;
import org.farthing.wallet.error.WalletException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class Bech32Test {
  @TestFactory
  Stream<DynamicTest> theVectorsOfTheStandards() {
    return lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> DynamicTest.dynamicTest(line, () -> check(line.split(" ", -1))));
  }

  private static Stream<String> lines() {
    try (var in = Bech32Test.class.getResourceAsStream("bech32-vectors.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void check(String[] vector) throws EncodingException, WalletException {
    switch (vector[0]) {
      case "bech32" -> checkValid(vector[1], Variant.BECH32);
      case "bech32m" -> checkValid(vector[1], Variant.BECH32M);
      case "invalid" ->
          assertThatThrownBy(() -> Bech32.decode(vector[1])).isInstanceOf(EncodingException.class);
      case "address" -> {
        Network network = vector[1].equals("bc") ? TestNetworks.BITCOIN : TestNetworks.BITCOIN_TEST;
        Address address = Address.parse(vector[2], network);
        assertThat(address.toScript()).hasToString(vector[3]);
        assertThat(address).hasToString(vector[2].toLowerCase(Locale.ROOT));
      }
      case "invalid-address" -> {
        for (Network network : new Network[] {TestNetworks.BITCOIN, TestNetworks.BITCOIN_TEST}) {
          assertThatThrownBy(() -> Address.parse(vector[1], network))
              .isInstanceOf(WalletException.class);
        }
      }
      default -> throw new AssertionError("unknown kind of vector: " + vector[0]);
    }
  }

  private static void checkValid(String text, Variant variant) throws EncodingException {
    Bech32.Decoded decoded = Bech32.decode(text);
    assertThat(decoded.variant()).isEqualTo(variant);
    assertThat(Bech32.encode(decoded.prefix(), decoded.values(), variant))
        .isEqualTo(text.toLowerCase(Locale.ROOT));
  }
}
