package org.farthing.consensus.script;

import java.util.Arrays;

/** What of a script its signatures cover: all that follows the last code separator executed. */
final class ScriptCode {
  private final byte[] script;
  private byte[] covered;

  ScriptCode(byte[] script) {
    this.script = script;
    this.covered = script;
  }

  /** A code separator has been executed, and the next instruction is here. */
  void beginAt(int position) {
    covered = Arrays.copyOfRange(script, position, script.length);
  }

  /** Shared, never changed. */
  byte[] bytes() {
    return covered;
  }
}
