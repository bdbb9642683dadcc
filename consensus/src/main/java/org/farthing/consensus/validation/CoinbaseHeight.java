package org.farthing.consensus.validation;

import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.script.ScriptBuilder;

/** The height at the beginning of a coinbase's script (BIP-0034). */
public final class CoinbaseHeight {
  private CoinbaseHeight() {}

  /** The shortest push of the height: an opcode up to 16, else its bytes, little-endian. */
  public static Script push(int height) {
    return new ScriptBuilder().number(height).build();
  }

  static boolean isAtStartOf(Script script, int height) {
    Script expected = push(height);
    if (script.size() < expected.size()) {
      return false;
    }
    for (int i = 0; i < expected.size(); i++) {
      if (script.byteAt(i) != expected.byteAt(i)) {
        return false;
      }
    }
    return true;
  }
}
