package org.farthing.consensus.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.farthing.consensus.bytes.Hex;
import org.junit.jupiter.api.Test;

class ParsedKeysTest {
  private static final byte[] HASH = Sha256.hash(new byte[1]);

  private int parsed;
  private final ParsedKeys keys =
      new ParsedKeys(
          key -> {
            parsed++;
            return Secp256k1.uncompressed(key);
          });

  private static byte[] secret(int number) {
    byte[] secret = new byte[Secp256k1.KEY_SIZE];
    new Random(number).nextBytes(secret);
    secret[0] = 1;
    return secret;
  }

  private static byte[] negated(byte[] compressed) {
    byte[] other = compressed.clone();
    other[0] ^= 1;
    return other;
  }

  @Test
  void isParsedWhenItIsMetAgainAndNeverAfterwards() {
    byte[] key = Secp256k1.publicKey(secret(1));
    assertThat(keys.quickest(key)).isSameAs(key);
    byte[] full = Secp256k1.uncompressed(key);
    for (int time = 0; time < 3; time++) {
      assertThat(keys.quickest(key.clone())).isEqualTo(full);
    }
    assertThat(parsed).isEqualTo(1);
  }

  @Test
  void tellsTheTwoKeysWithOneCoordinateApart() {
    byte[] key = Secp256k1.publicKey(secret(2));
    for (int time = 0; time < 4; time++) {
      for (byte[] each : new byte[][] {key, negated(key)}) {
        assertThat(Secp256k1.compressed(keys.quickest(each))).isEqualTo(each);
      }
    }
  }

  @Test
  void leavesOtherFormsAndWhatIsNoPointAsTheyAre() {
    byte[] full = Secp256k1.uncompressed(Secp256k1.publicKey(secret(3)));
    // There is no point with this x coordinate.
    byte[] none =
        Hex.constant("02eefdea4cdb677750a420fee807eacf21eb9898ae79b9768766e4faa04a2d4a34");
    assertThat(Secp256k1.isValidPublicKey(none)).isFalse();
    for (int time = 0; time < 3; time++) {
      assertThat(keys.quickest(full)).isSameAs(full);
      assertThat(keys.quickest(none)).isSameAs(none);
    }
  }

  @Test
  void keysThatTakeEachOthersPlacesAreNotTakenForEachOther() {
    // Of a parser that is no curve, since it takes hundreds of thousands to fill the places.
    ParsedKeys many = new ParsedKeys(key -> Arrays.copyOf(key, Secp256k1.UNCOMPRESSED_SIZE));
    Random random = new Random(6);
    for (int number = 0; number < 100_000; number++) {
      byte[] key = new byte[Secp256k1.COMPRESSED_SIZE];
      random.nextBytes(key);
      key[0] = 2;
      many.quickest(key);
      byte[] quickest = many.quickest(key);
      assertThat(quickest).hasSize(Secp256k1.UNCOMPRESSED_SIZE).startsWith(key);
    }
  }

  @Test
  void signaturesAreJudgedTheSameEachTime() {
    byte[] key = Secp256k1.publicKey(secret(4));
    byte[] good = Secp256k1.signEcdsa(HASH, secret(4));
    byte[] bad = Secp256k1.signEcdsa(HASH, secret(5));
    for (int time = 0; time < 4; time++) {
      assertThat(Secp256k1.verifyEcdsa(good, HASH, key)).isTrue();
      assertThat(Secp256k1.verifyEcdsa(bad, HASH, key)).isFalse();
      assertThat(Secp256k1.verifyEcdsa(good, HASH, negated(key))).isFalse();
    }
  }
}
