package org.farthing.consensus.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;
import org.farthing.consensus.bytes.Hex;
import org.junit.jupiter.api.Test;

/** Published vectors, and the JDK's own implementations where it has them. */
class KeyStretchingTest {
  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }

  @Test
  void hmacOfTheStandard() {
    // RFC 4231, test case 2.
    byte[] key = ascii("Jefe");
    byte[] data = ascii("what do ya want for nothing?");
    assertThat(Hex.encode(Hmac.sha256(key, data)))
        .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    assertThat(Hex.encode(Hmac.sha512(key, data)))
        .isEqualTo(
            "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
                + "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737");
  }

  @Test
  void hmacAgreesWithTheJdk() throws GeneralSecurityException {
    Random random = new Random(1);
    for (int length = 1; length < 300; length += 7) {
      byte[] key = new byte[length];
      random.nextBytes(key);
      Mac mac = Mac.getInstance("HmacSHA512");
      mac.init(new SecretKeySpec(key, "HmacSHA512"));
      assertThat(Hmac.sha512(key, key)).isEqualTo(mac.doFinal(key));
    }
  }

  @Test
  void pbkdf2AgreesWithTheJdk() throws GeneralSecurityException {
    PBEKeySpec spec = new PBEKeySpec("password".toCharArray(), ascii("salt"), 1000, 512);
    assertThat(Pbkdf2.hmacSha512(ascii("password"), ascii("salt"), 1000, 64))
        .isEqualTo(
            SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512").generateSecret(spec).getEncoded());
  }

  @Test
  void pbkdf2OfAnyLengthAgreesWithTheJdk() throws GeneralSecurityException {
    for (int length : new int[] {1, 63, 65, 128, 200}) {
      PBEKeySpec spec =
          new PBEKeySpec("words".toCharArray(), ascii("mnemonic"), 3, length * Byte.SIZE);
      assertThat(Pbkdf2.hmacSha512(ascii("words"), ascii("mnemonic"), 3, length))
          .isEqualTo(
              SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                  .generateSecret(spec)
                  .getEncoded());
    }
  }

  @Test
  void hmacWithoutAKeyAgreesWithBouncyCastle() {
    HMac mac = new HMac(new SHA256Digest());
    mac.init(new KeyParameter(new byte[0]));
    mac.update(ascii("data"), 0, 4);
    byte[] expected = new byte[32];
    mac.doFinal(expected, 0);
    assertThat(Hmac.sha256(new byte[0], ascii("data"))).isEqualTo(expected);
  }

  @Test
  void scryptOfTheStandard() {
    // RFC 7914, section 12.
    assertThat(
            Hex.encode(
                Scrypt.derive(ascii("password"), ascii("NaCl"), new Scrypt.Cost(10, 8, 16), 64)))
        .isEqualTo(
            "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
                + "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640");
  }

  @Test
  void aCostBeyondReasonIsRefused() {
    assertThatThrownBy(() -> new Scrypt.Cost(24, 64, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Scrypt.Cost(0, 8, 1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theCipherOfTheStandard() {
    // RFC 8439, section 2.8.2.
    byte[] key = Hex.constant("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f");
    byte[] nonce = Hex.constant("070000004041424344454647");
    byte[] associated = Hex.constant("50515253c0c1c2c3c4c5c6c7");
    byte[] plaintext =
        ascii(
            "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the"
                + " future, sunscreen would be it.");
    byte[] ciphertext = AuthenticatedCipher.encrypt(key, nonce, plaintext, associated);
    assertThat(Hex.encode(ciphertext))
        .startsWith("d31a8d34648e60db7b86afbc53ef7ec2")
        .endsWith("1ae10b594f09e26a7e902ecbd0600691");
    assertThat(AuthenticatedCipher.decrypt(key, nonce, ciphertext, associated))
        .hasValueSatisfying(opened -> assertThat(opened).isEqualTo(plaintext));
    assertThat(AuthenticatedCipher.decrypt(key, nonce, ciphertext, nonce)).isEmpty();
    assertThat(AuthenticatedCipher.decrypt(key, nonce, new byte[15], associated)).isEmpty();
    ciphertext[3] ^= 1;
    assertThat(AuthenticatedCipher.decrypt(key, nonce, ciphertext, associated)).isEmpty();
  }
}
