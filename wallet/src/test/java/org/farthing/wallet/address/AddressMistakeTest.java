package org.farthing.wallet.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.farthing.consensus.params.Network;
import org.farthing.wallet.TestNetworks;
import org.farthing.wallet.encoding.Base58Check;
import org.farthing.wallet.encoding.Bech32;
import org.farthing.wallet.encoding.EncodingException;
import org.farthing.wallet.error.WalletException;
import org.junit.jupiter.api.Test;

class AddressMistakeTest {
  private static final String CHARSET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

  private static AddressMistake mistake(String text, Network network) {
    assertThatThrownBy(() -> Address.parse(text, network)).isInstanceOf(WalletException.class);
    return AddressMistake.of(text, network);
  }

  private static void check(String text, String message, Integer... positions) {
    assertThat(mistake(text, TestNetworks.BITCOIN))
        .isEqualTo(new AddressMistake(message, List.of(positions)));
  }

  /** The addresses are those of BIP-0173 and BIP-0350. */
  @Test
  void whatIsWrongWithTheInvalidAddressesOfTheStandards() {
    String unknown = "Invalid or unsupported Segwit (Bech32) or Base58 encoding.";
    check("tc1qw508d6qejxtdg4y5r3zarvary0c5xw7kg3g4ty", unknown);
    check("tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq47Zagq", unknown);
    check(
        "BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P",
        "Invalid Bech32 v0 address program size (16 bytes), per BIP141");
    check("bc1pw5dgrnzv", "Invalid Bech32 address program size (1 byte)");
    check(
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v8n0nx0muaewav253zgeav",
        "Invalid Bech32 address program size (41 bytes)");
    check(
        "BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R",
        "Invalid Bech32 address witness version");
    check(
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd",
        "Version 1+ witness address must use Bech32m checksum");
    check(
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh",
        "Version 0 witness address must use Bech32 checksum");
    check(
        "bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4",
        "Invalid Base 32 character",
        59);
    check(
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v07qwwzcrf",
        "Invalid padding in Bech32 data section");
    check("bc1gmk9yu", "Empty Bech32 data section");
    check("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8F3t4", "Invalid character or mixed case", 38);
  }

  @Test
  void whatIsWrongWithOtherTexts() {
    check("bcw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "Missing separator");
    check("bc1qw50", "Invalid separator position", 2);
    check("bc1 é", "Invalid character or mixed case", 3, 4, 5);
    check(
        "bc1" + "q".repeat(89),
        "Bech32 string too long",
        IntStream.range(90, 92).boxed().toArray(Integer[]::new));
    check(
        Bech32.encode("bca", new byte[3], Bech32.Variant.BECH32),
        "Invalid or unsupported prefix for Segwit (Bech32) address (expected bc, got bca).");
    byte[] payload = new byte[21];
    check(
        Base58Check.encode(payload).replaceAll(".$", "z"),
        "Invalid checksum or length of Base58 address (P2PKH or P2SH)");
    check(
        Base58Check.encode(new byte[22]),
        "Invalid checksum or length of Base58 address (P2PKH or P2SH)");
    check(Base58Check.encode(new byte[20]), "Invalid length for Base58 address (P2PKH or P2SH)");
    payload[0] = 1;
    check(Base58Check.encode(payload), "Invalid or unsupported Base58-encoded address.");
    check("0", "Invalid or unsupported Segwit (Bech32) or Base58 encoding.");
  }

  /**
   * One or two wrong characters behind the prefix are found, whatever they are. Bech32 and Bech32m
   * are two codes, and now and then two wrong characters of one are as near to the other.
   */
  @Test
  void mistypedCharactersAreFound() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      byte[] program = new byte[random.nextBoolean() ? 20 : 32];
      random.nextBytes(program);
      int version = random.nextInt(2);
      String address = Address.segwit(TestNetworks.REGTEST, version, program).toString();
      StringBuilder text = new StringBuilder(address);
      TreeSet<Integer> changed = new TreeSet<>();
      int count = 1 + random.nextInt(2);
      while (changed.size() < count) {
        int at = 5 + random.nextInt(address.length() - 5);
        text.setCharAt(at, CHARSET.charAt(random.nextInt(32)));
        if (text.charAt(at) != address.charAt(at)) {
          changed.add(at);
        } else {
          changed.remove(at);
        }
      }
      AddressMistake found = mistake(text.toString(), TestNetworks.REGTEST);
      assertThat(found.message()).as(text + ", seed " + seed).matches("Invalid Bech32m? checksum");
      if (!found.positions().equals(List.copyOf(changed))) {
        assertThat(found.positions()).as(text + ", seed " + seed).hasSizeLessThanOrEqualTo(count);
        assertThat(canBeMended(text.toString(), found.positions()))
            .as(text + ", seed " + seed)
            .isTrue();
      }
    }
  }

  /** Whether other characters at these places make a text whose checksum is right. */
  private static boolean canBeMended(String text, List<Integer> positions) {
    if (positions.isEmpty()) {
      return isRight(text);
    }
    int at = positions.get(0);
    List<Integer> rest = positions.subList(1, positions.size());
    return CHARSET
        .chars()
        .anyMatch(
            character ->
                canBeMended(
                    text.substring(0, at) + (char) character + text.substring(at + 1), rest));
  }

  private static boolean isRight(String text) {
    try {
      Bech32.decode(text);
      return true;
    } catch (EncodingException e) {
      return false;
    }
  }
}
