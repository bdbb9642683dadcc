package org.farthing.consensus.chain;

import static org.assertj.core.api.Assertions.assertThat;

import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.crypto.Hash160;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.script.ScriptPattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompressedCoinTest {
  /** The generator of the curve, both ways: y is even. */
  private static final String X =
      "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";

  private static final String Y =
      "483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8";

  private static String coin(Script script) {
    ByteWriter out = new ByteWriter();
    CompressedCoin.write(new Coin(new TxOut(50_00000000L, script), 1, true), out);
    return Hex.encode(out.toByteArray());
  }

  /** The values are those of Bitcoin Core's own test of its amounts. */
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "1000000, 7",
    "100000000, 9",
    "5000000000, 50",
    "2100000000000000, 21000000"
  })
  void amountsLoseTheirZeros(long sat, long compressed) {
    assertThat(CompressedCoin.compressAmount(sat)).isEqualTo(compressed);
  }

  /** The examples in the description of the format in Bitcoin Core's serialisation. */
  @ParameterizedTest
  @CsvSource({
    "0, 00",
    "1, 01",
    "127, 7f",
    "128, 8000",
    "255, 807f",
    "256, 8100",
    "16383, fe7f",
    "16384, ff00",
    "16511, ff7f",
    "65535, 82fe7f",
    "4294967296, 8efefeff00"
  })
  void aNumberHasOneForm(long number, String hex) {
    ByteWriter out = new ByteWriter();
    CompressedCoin.writeNumber(number, out);
    assertThat(Hex.encode(out.toByteArray())).isEqualTo(hex);
  }

  @Test
  void ofUsualScriptsOnlyWhatTheyPayToIsWritten() throws DecodeException {
    byte[] hash = Hash160.hash(new byte[1]);
    assertThat(coin(ScriptPattern.p2pkh(hash))).isEqualTo("033200" + Hex.encode(hash));
    assertThat(coin(ScriptPattern.p2sh(hash))).isEqualTo("033201" + Hex.encode(hash));
    assertThat(coin(ScriptPattern.p2pk(Hex.decode("02" + X)))).isEqualTo("033202" + X);
    assertThat(coin(ScriptPattern.p2pk(Hex.decode("03" + X)))).isEqualTo("033203" + X);
    assertThat(coin(ScriptPattern.p2pk(Hex.decode("04" + X + Y)))).isEqualTo("033204" + X);
  }

  @Test
  void everyOtherScriptIsWrittenWhole() throws DecodeException {
    assertThat(coin(Script.EMPTY)).isEqualTo("033206");
    String program = "0014" + "11".repeat(20);
    assertThat(coin(Script.of(Hex.decode(program)))).isEqualTo("0332" + "1c" + program);
    String offTheCurve = "04" + X + X;
    assertThat(coin(ScriptPattern.p2pk(Hex.decode(offTheCurve))))
        .isEqualTo("0332" + "49" + "41" + offTheCurve + "ac");
  }
}
