package org.farthing.wallet.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the vectors of BIP-0322. */
class SimpleSignatureTest {
  /** Of bc1q9vza2e8x573nczrlzms0wvx3gsqjx7vavgkx0l. */
  private static final String P2WPKH = "00142b05d564e6a7a33c087f16e0f730d1440123799d";

  @ParameterizedTest
  @CsvSource({
    "'', c5680aa69bb8d860bf82d4e9cd3504b55dde018de765a91bb566283c545a99a7,"
        + " 1e9654e951a5ba44c8604c4de6c67fd78a27e81dcadcfe1edf638ba3aaebaed6",
    "Hello World, b79d196740ad5217771c1098fc4a4b51e0535c32236c71f1ea4d61a2d603352b,"
        + " 88737ae86f2077145f93cc4b153ae9a1cb8d56afa511988c149c5c8c9d93bddf"
  })
  void bothTransactionsAreThoseOfTheBip(String message, String toSpend, String toSign)
      throws Exception {
    Transaction first = SimpleSignature.toSpend(Script.parse(P2WPKH), message);
    assertThat(first.txid()).hasToString(toSpend);
    assertThat(SimpleSignature.toSign(first).txid()).hasToString(toSign);
  }

  @ParameterizedTest
  @CsvSource({
    "'', AkcwRAIgM2gBAQqvZX15ZiysmKmQpDrG83avLIT492QBzLnQIxYCIBaTpOaD20qRlEylyxFSeEA2ba9YOixpX8z4"
        + "6TSDtS40ASECx/EgAxlkQpQ9hYjgGu6EBCPMVPwVIVJqO4XCsMvViHI=",
    "Hello World, AkcwRAIgZRfIY3p7/DoVTty6YZbWS71bc5Vct9p9Fia83eRmw2QCICK/ENGfwLtptFluMGs2KsqoNSk8"
        + "9pO7F29zJLUx9a/sASECx/EgAxlkQpQ9hYjgGu6EBCPMVPwVIVJqO4XCsMvViHI="
  })
  void signaturesOfTheBipAreValid(String message, String signature) throws Exception {
    Script script = Script.parse(P2WPKH);
    byte[] bytes = Base64.getDecoder().decode(signature);
    assertThat(SimpleSignature.verify(script, bytes, message)).isTrue();
    assertThat(SimpleSignature.verify(script, bytes, message + " ")).isFalse();
    bytes[20] ^= 1;
    assertThat(SimpleSignature.verify(script, bytes, message)).isFalse();
  }

  @Test
  void bytesThatAreNoWitnessAreNoSignature() throws Exception {
    Script script = Script.parse(P2WPKH);
    assertThat(SimpleSignature.verify(script, new byte[0], "")).isFalse();
    assertThat(SimpleSignature.verify(script, new byte[] {5, 1}, "")).isFalse();
    assertThat(SimpleSignature.verify(script, new byte[] {0, 0}, "")).isFalse();
  }
}
