package org.farthing.consensus.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.primitives.Script;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bytes that are written, as the script language defines them. */
class ScriptBuilderTest {
  /** Each prefix at its boundaries. */
  @ParameterizedTest
  @CsvSource({
    "0, 00",
    "1, 01",
    "75, 4b",
    "76, 4c4c",
    "255, 4cff",
    "256, 4d0001",
    "65535, 4dffff",
    "65536, 4e00000100"
  })
  void pushes(int size, String prefix) {
    byte[] data = new byte[size];
    Arrays.fill(data, (byte) 5);
    String written = prefix + Hex.encode(data);
    assertThat(new ScriptBuilder().push(data).build()).hasToString(written);
    assertThat(new ScriptBuilder().push(Script.of(data)).build()).hasToString(written);
    String minimal = size == 1 ? "55" : written;
    assertThat(new ScriptBuilder().pushMinimal(data).build()).hasToString(minimal);
  }

  @ParameterizedTest
  @CsvSource({
    "-256, 020081",
    "-255, 02ff80",
    "-2, 0182",
    "-1, 4f",
    "0, 00",
    "1, 51",
    "16, 60",
    "17, 0111",
    "127, 017f",
    "128, 028000",
    "255, 02ff00",
    "256, 020001"
  })
  void numbers(long value, String written) {
    assertThat(new ScriptBuilder().number(value).build()).hasToString(written);
  }

  /** A byte alone has an instruction of its own where it is a number from 1 to 16, or -1. */
  @ParameterizedTest
  @CsvSource({
    "00, 0100",
    "01, 51",
    "10, 60",
    "11, 0111",
    "7f, 017f",
    "80, 0180",
    "81, 4f",
    "82, 0182",
    "ff, 01ff",
    "0100, 020100",
    "8100, 028100"
  })
  void minimalPushes(String data, String written) {
    assertThat(new ScriptBuilder().pushMinimal(Hex.constant(data)).build()).hasToString(written);
  }
}
