package org.farthing.wallet.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Witness;
import org.farthing.consensus.script.Opcode;
import org.farthing.consensus.script.PrecomputedTransaction;
import org.farthing.consensus.script.ScriptBuilder;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.consensus.script.SigHash;
import org.farthing.consensus.script.SigHashType;
import org.farthing.testing.TestKey;
import org.farthing.wallet.TestNetworks;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.encoding.EncodingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the vectors of BIP-0322: basic-test-vectors.json and generated-test-vectors.json. */
class SimpleSignatureTest {
  /** Of bc1q9vza2e8x573nczrlzms0wvx3gsqjx7vavgkx0l. */
  private static final String P2WPKH = "00142b05d564e6a7a33c087f16e0f730d1440123799d";

  @ParameterizedTest
  @CsvSource({
    "'', c5680aa69bb8d860bf82d4e9cd3504b55dde018de765a91bb566283c545a99a7,"
        + " 1e9654e951a5ba44c8604c4de6c67fd78a27e81dcadcfe1edf638ba3aaebaed6",
    "Hello World, b79d196740ad5217771c1098fc4a4b51e0535c32236c71f1ea4d61a2d603352b,"
        + " 88737ae86f2077145f93cc4b153ae9a1cb8d56afa511988c149c5c8c9d93bddf",
    "UTF-8 support: \u00f6\u00e4\u00fc\u00e9\u00e0\u00e8 \u6d4b\u8bd5\u6587\u672c \uD83D\uDE04,"
        + " c8f4f525fe8afb1bc09b44175bd2096f079c98425e8a1be676b712add1fb62f0,"
        + " 8f488e06b89eafd019ec528109eafaf7f1d1811fd617aa1eeb9658f1c1be6586"
  })
  void bothTransactionsAreThoseOfTheBip(String message, String toSpend, String toSign)
      throws Exception {
    Transaction first = SimpleSignature.toSpend(Script.parse(P2WPKH), message);
    assertThat(first.txid()).hasToString(toSpend);
    assertThat(SimpleSignature.toSign(first).txid()).hasToString(toSign);
  }

  private static Script script(String address) throws Exception {
    return Address.parse(address, TestNetworks.BITCOIN).toScript();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        " | bc1q9vza2e8x573nczrlzms0wvx3gsqjx7vavgkx0l | "
            + "smpAkcwRAIgM2gBAQqvZX15ZiysmKmQpDrG83avLIT492QBzLnQIxYCIBaTpOaD20qRlEylyxFSeEA2ba9YOixpX"
            + "8z46TSDtS40ASECx/EgAxlkQpQ9hYjgGu6EBCPMVPwVIVJqO4XCsMvViHI=",
        " | bc1q9vza2e8x573nczrlzms0wvx3gsqjx7vavgkx0l | "
            + "smpAkgwRQIhAPkJ1Q4oYS0htvyuSFHLxRQpFAY56b70UvE7Dxazen0ZAiAtZfFz1S6T6I23MWI2lK/pcNTWncuyL"
            + "8UL+oMdydVgzAEhAsfxIAMZZEKUPYWI4BruhAQjzFT8FSFSajuFwrDL1Yhy",
        "Hello World | bc1q9vza2e8x573nczrlzms0wvx3gsqjx7vavgkx0l | "
            + "smpAkcwRAIgZRfIY3p7/DoVTty6YZbWS71bc5Vct9p9Fia83eRmw2QCICK/ENGfwLtptFluMGs2KsqoNSk89pO7F"
            + "29zJLUx9a/sASECx/EgAxlkQpQ9hYjgGu6EBCPMVPwVIVJqO4XCsMvViHI=",
        "Hello World | bc1q9vza2e8x573nczrlzms0wvx3gsqjx7vavgkx0l | "
            + "smpAkgwRQIhAOzyynlqt93lOKJr+wmmxIens//zPzl9tqIOua93wO6MAiBi5n5EyAcPScOjf1lAqIUIQtr3zKNea"
            + "vYabHyR8eGhowEhAsfxIAMZZEKUPYWI4BruhAQjzFT8FSFSajuFwrDL1Yhy",
        "This will be a p2wsh 3-of-3 multisig BIP 322 signed message |"
            + " bc1qp0ahvfh83088w49k405szqgg4f3pptr7p2g06tdxfjcd40z4lh4q95lsz9 | "
            + "smpBQBHMEQCIFX9aaqPJWq2Ff2kpen5bFDTid+ehgUOpHV0LfjncXy4AiA3GNicF7aKPzdpa9PCpmaYQs3pHd+qb"
            + "vvhXdxOCKCAMAFIMEUCIQD/ELXg6CNYyUQijCg96JtgvgjZb9dsl1Ctof4QAeyTcQIgVM/1AAblFl/DCt6A1gJg+"
            + "T/i2qU5SQD09+chFJzolRwBSDBFAiEAlqRfSFyWNVQhvaCnmeV5tyneiCWMTcFbuujoD/pFa3wCIGnZjfQb8NolS"
            + "Yq9asV+ZeBSkCGHJcqnaV4JYS5MYPEGAWlTIQJ1aLEfEi/4p7wcV+XHZCBVvGGJZ7L3v+jhH+mZA8lN0yECCovfe"
            + "c+kIdllXpKCgA8RX/HZ2x5yHOtCSKP8/sf6pnwhAwxSng6kCgCXXSAmJOOZFdr3vdK3HzGqCFloOHgc5fM6U64=",
        "No prefix fallback | bc1pss0zhytly75awhm6x2hhvd5lnzv3vssgrf9axfheq8ldyzn88ges79fler | "
            + "AUCJYOwOjxYAvatTAGYaVlNXBVyFuc4MwNQkOuK2tl8xhfKDONd0NjfYyNSYcRqeCp8hsAnCEPHAVEkO9h6vbQ/R",
        "2V6TUTMSH4VQ3Z7WZWKYD7DFNH | bc1qqthe0hz8klx90e7stf6shclhsvqd5ly96pn53v | "
            + "smpAkgwRQIhALC6hdfxNy1n45d7UXSskRBdfZW0Al259E1kDMpipdYkAiAJPfZqb+WurZuf1apU5xeE6Igui9dvt"
            + "5tihQLDvxlY1AEhAqbnruyo677ktQjio7XOchO3w51Dh9AbRVngha5jtNfT",
        "PURVOQ544B6HUATVBJZN5EZJUU |"
            + " bc1pcquvhrqv0q68t4m0hfq6tpn006qrskyc7yrqnp2uyrf2emg3wynsdjyk38 | "
            + "smpAUB6B2Rbupzua8LTQIF06516wzl+cwKy1be8RgoiW0riyXdKwe6GTz/5Hnb37m67pJwIKCh+D5jDueG6KpvYp"
            + "mu8",
        "G7ZTXXOVJFHGDD6XYJAGBAMT5A |"
            + " bc1qw6g0rgrpuxvj4edkwtvzpmt3c5m08mhp8nuk3mrk4erufvlczp5ssdscjd | "
            + "smpBABIMEUCIQCKl1f9Cj26k0fFWE48+O4ibhYJYPytbDZWJRaaG9BybwIgCbk+3BViWkpuu2RI+41dwtlQ/m/01"
            + "G860pTFCzDFfokBSDBFAiEA0O77DJsaM7IO+Ht06sp3umzXB64CNNOwf2isZuPfdmwCIGlggOwRSkXsqlPhE1gMd"
            + "d5hf7ycL33Orfrr4v/XnMGSAUdSIQNsu/OwZurHvJMoiJoSAmmCHLoqIc5Wblh+rek+7rhASCECgYVkUspeAxwRf"
            + "M6v4GRBhN/gGxTfpPqZuOlBIYZxTJZSrg==",
        "Z3SB7SRL555ZGOHVMYT5WG7RIZ |"
            + " bc1qazhmhwl9sxgjmwnd96hh926s3x5l0cf64yy6hvyn6qms438x550qy5sgva | "
            + "smpBQBHMEQCICNI6H6b+VCZV9Z2H6EW5hPrE1buC6SJuy2ljSNmQlGfAiASbm5UrA8KH6TwF6evx7COV+i27ubiq"
            + "2v9TyLYPOO63gFIMEUCIQCMOFnJbg0sy88G6wUXjv5stjVgfvAokOogWsisdkAnlAIgETfBw7kJhISFu9vIomFcE"
            + "F/1NsN6c0h3KjNcpmNAZtMBSDBFAiEA/lUU+wBeA3prt8vHRpcQN763OYZ8L61DfN0QI/gkHpMCIB2qHwgoXNTH0"
            + "sdqeAMD2ah7dSTie2bflax3Q3I/GibQAWlTIQKo003Zjj9Jg/kT7sOA7cTdIKmzsrIYBAuPd9hj8FZuHCEC6Bdal"
            + "Mtwbjcx2vJjVelv7BJml0rY7Q5ze+PWen6tb5shAytperlYBs69tbn86t3pINqXy0NzttKZKi6Y8X+USQXaU64="
      })
  void signaturesOfTheBipAreValid(String said, String address, String signature) throws Exception {
    String message = said == null ? "" : said;
    Script script = script(address);
    byte[] bytes = SimpleSignature.parse(signature);
    assertThat(SimpleSignature.verify(script, bytes, message)).isTrue();
    assertThat(SimpleSignature.verify(script, bytes, message + " ")).isFalse();
    assertThat(SimpleSignature.verify(Script.parse("0014" + "11".repeat(20)), bytes, message))
        .isFalse();
    Witness witness = Witness.read(new ByteReader(bytes));
    assertThat(SimpleSignature.format(witness))
        .isEqualTo(signature.startsWith("smp") ? signature : "smp" + signature);
    bytes[20] ^= 1;
    assertThat(SimpleSignature.verify(script, bytes, message)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not-valid-base64!!!",
        "fooAA==",
        "fulAUDZwFXUp+adN+/UZj5dVrGAbB3zKs1Vcalz5fCF9srxS63eSWNGvH1NYbrBkPt1BJDUyWUz9zgUxfc63/Qhe"
            + "T6M",
        "pofAA=="
      })
  void whatIsNoSuchTextIsRefused(String signature) {
    assertThatThrownBy(() -> SimpleSignature.parse(signature))
        .isInstanceOf(EncodingException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "smp", "smpAA=="})
  void withoutAWitnessNothingIsSigned(String signature) throws Exception {
    assertThat(SimpleSignature.verify(Script.parse(P2WPKH), SimpleSignature.parse(signature), ""))
        .isFalse();
  }

  private static PrecomputedTransaction unsigned(Script script) {
    Transaction toSpend = SimpleSignature.toSpend(script, "whole");
    return PrecomputedTransaction.of(SimpleSignature.toSign(toSpend), toSpend.outputs());
  }

  private static boolean isValid(Script script, byte[]... witness) throws Exception {
    byte[] bytes = SimpleSignature.parse(SimpleSignature.format(Witness.of(witness)));
    return SimpleSignature.verify(script, bytes, "whole");
  }

  private static byte[] segwit(Script script, Script code, int type) {
    byte[] hash = SigHash.segwit(unsigned(script), 0, code, type);
    byte[] compact = Secp256k1.signEcdsa(hash, TestKey.number(1).privateKey());
    return SigHashType.append(Secp256k1.compactToDer(compact), type);
  }

  /** What leaves out a part would say nothing of that part. */
  @ParameterizedTest
  @ValueSource(ints = {SigHashType.ALL, SigHashType.NONE, SigHashType.SINGLE, 0x81, 0x82, 0x83})
  void onlySignaturesOfEverythingCount(int type) throws Exception {
    TestKey key = TestKey.number(1);
    boolean whole = type == SigHashType.ALL;
    byte[] signature = segwit(key.p2wpkh(), key.p2pkh(), type);
    assertThat(isValid(key.p2wpkh(), signature, key.publicKey())).isEqualTo(whole);
    Script code = ScriptPattern.p2pk(key.publicKey());
    Script hashed = ScriptPattern.p2wsh(code);
    assertThat(isValid(hashed, segwit(hashed, code, type), code.toByteArray())).isEqualTo(whole);
    TestKey output = key.tweaked(new byte[0]);
    Script taproot = ScriptPattern.p2tr(output.xOnly());
    byte[] hash = SigHash.taproot(unsigned(taproot), 0, type).orElseThrow();
    byte[] schnorr = Secp256k1.signSchnorr(hash, output.privateKey(), new byte[32]);
    assertThat(isValid(taproot, SigHashType.append(schnorr, type))).isEqualTo(whole);
  }

  @Test
  void aScriptThatLeavesOutAPartOfItselfSignsNothing() throws Exception {
    byte[] key = TestKey.number(1).publicKey();
    Script behind = ScriptPattern.p2pk(key);
    Script code = new ScriptBuilder().op(Opcode.OP_CODESEPARATOR).append(behind).build();
    Script script = ScriptPattern.p2wsh(code);
    assertThat(isValid(script, segwit(script, behind, SigHashType.ALL), code.toByteArray()))
        .isFalse();
  }

  @Test
  void bytesThatAreNoWitnessAreNoSignature() throws Exception {
    Script script = Script.parse(P2WPKH);
    assertThat(SimpleSignature.verify(script, new byte[0], "")).isFalse();
    assertThat(SimpleSignature.verify(script, new byte[] {5, 1}, "")).isFalse();
    assertThat(SimpleSignature.verify(script, new byte[] {0, 0}, "")).isFalse();
  }
}
