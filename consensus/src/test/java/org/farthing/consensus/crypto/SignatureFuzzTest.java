package org.farthing.consensus.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.Optional;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.testing.Decoding;

/** Signatures and keys as scripts hold them: any bytes at all. */
class SignatureFuzzTest {
  private static final Secp256k1 JAVA = new Secp256k1(new BouncyCastleCurve());
  private static final byte[] KEY = Secp256k1.publicKey(Sha256.hash(new byte[] {1}));
  private static final byte[] HASH = Sha256.hash(new byte[] {2});

  /** Strict DER is read by the lax reader too, and written again as it was. */
  @FuzzTest
  void der(byte[] input) throws Exception {
    boolean strict =
        Decoding.of(input.length, DecodeException.class, () -> EcdsaSignature.isStrictDer(input))
            .orElseThrow();
    Optional<byte[]> compact =
        Decoding.of(input.length, DecodeException.class, () -> EcdsaSignature.parseLaxDer(input))
            .orElseThrow();
    if (strict) {
      assertThat(compact).isPresent();
    }
    compact.ifPresent(
        signature -> check(signature, strict ? Optional.of(input) : Optional.empty()));
  }

  private static void check(byte[] compact, Optional<byte[]> strictDer) {
    byte[] written = EcdsaSignature.toDer(compact);
    assertThat(EcdsaSignature.isStrictDer(written)).isTrue();
    assertThat(EcdsaSignature.parseLaxDer(written).orElseThrow()).isEqualTo(compact);
    boolean overflow = Arrays.equals(compact, new byte[EcdsaSignature.COMPACT_SIZE]);
    if (!overflow) {
      strictDer.ifPresent(der -> assertThat(written).isEqualTo(der));
    }
    assertThat(JAVA.verifiesEcdsa(compact, HASH, KEY))
        .isEqualTo(Secp256k1.verifyEcdsa(compact, HASH, KEY));
  }

  /** Both engines take the same bytes for a public key. */
  @FuzzTest
  void publicKey(byte[] input) throws Exception {
    boolean valid =
        Decoding.of(input.length, DecodeException.class, () -> Secp256k1.isValidPublicKey(input))
            .orElseThrow();
    assertThat(JAVA.validPublicKey(input)).isEqualTo(valid);
    if (valid) {
      byte[] uncompressed = Secp256k1.uncompressed(input);
      assertThat(Secp256k1.uncompressed(Secp256k1.compressed(input))).isEqualTo(uncompressed);
    }
  }

  /** Both engines give the same verdict on a Schnorr signature, then a key, then a message. */
  @FuzzTest
  void schnorr(byte[] input) throws Exception {
    byte[] signature = Arrays.copyOf(input, Math.min(input.length, Secp256k1.SIGNATURE_SIZE));
    int at = signature.length;
    byte[] key = Arrays.copyOfRange(input, at, Math.min(input.length, at + Secp256k1.KEY_SIZE));
    byte[] message = Arrays.copyOfRange(input, at + key.length, input.length);
    boolean valid =
        Decoding.of(
                input.length,
                DecodeException.class,
                () -> Secp256k1.verifySchnorr(signature, message, key))
            .orElseThrow();
    assertThat(JAVA.verifiesSchnorr(signature, message, key)).isEqualTo(valid);
  }
}
