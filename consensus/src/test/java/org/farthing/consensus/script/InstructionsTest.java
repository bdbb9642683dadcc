package org.farthing.consensus.script;

import static org.assertj.core.api.Assertions.assertThat;

import org.farthing.consensus.primitives.Script;
import org.farthing.testing.ScriptText;
import org.junit.jupiter.api.Test;

/** Walks over scripts, cut off ones too. */
class InstructionsTest {
  @Test
  void aPushThatIsCutOffEndsTheWalkForGood() {
    for (String text : new String[] {"0x02 0x51", "0x4c", "0x4c 0x02 0x51", "0x4d 0x01", "0x4e"}) {
      Instructions in = new Instructions(ScriptText.parse("1 " + text));
      assertThat(in.next()).isTrue();
      assertThat(in.isMalformed()).isFalse();
      for (int i = 0; i < 3; i++) {
        assertThat(in.next()).as(text).isFalse();
        assertThat(in.isMalformed()).isTrue();
      }
    }
  }

  /** BIP-0062 rule 3: 1 to 75 bytes directly, then with a length of one byte, of two, of four. */
  @Test
  void minimalPushes() {
    int[] prefixSizes = {1, 2, 3, 5};
    for (int size : new int[] {2, 75, 76, 255, 256, 0xffff, 0x10000}) {
      int least = size <= 75 ? 1 : size <= 255 ? 2 : size <= 0xffff ? 3 : 5;
      for (int prefix : prefixSizes) {
        if (prefix >= least) {
          assertThat(first(push(prefix, size)).isMinimalPush())
              .as("%d bytes behind %d", size, prefix)
              .isEqualTo(prefix == least);
        }
      }
    }
    assertThat(first(ScriptText.parse("0")).isMinimalPush()).isTrue();
    assertThat(first(push(2, 0)).isMinimalPush()).isFalse();
  }

  /** Bytes that have an opcode of their own: 1 to 16 and -1. */
  @Test
  void oneByteIsPushedByItsOwnOpcode() {
    for (int value = 0; value <= 0xff; value++) {
      Script script = Script.of(new byte[] {1, (byte) value});
      boolean own = (value >= 1 && value <= 16) || value == 0x81;
      assertThat(first(script).isMinimalPush()).as("%d", value).isEqualTo(!own);
    }
  }

  private static Instructions first(Script script) {
    Instructions in = new Instructions(script);
    assertThat(in.next()).isTrue();
    return in;
  }

  private static Script push(int prefixSize, int size) {
    ScriptBuilder builder = new ScriptBuilder();
    if (prefixSize == 1) {
      builder.op(size);
    } else {
      builder.op(prefixSize == 2 ? 0x4c : prefixSize == 3 ? 0x4d : 0x4e);
      for (int i = 0; i < prefixSize - 1; i++) {
        builder.op(size >>> (8 * i) & 0xff);
      }
    }
    return builder.append(new byte[size]).build();
  }
}
