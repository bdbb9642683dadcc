package org.farthing.consensus.script;

import java.util.Arrays;

/** What of a script its signatures cover: all that follows the last code separator executed. */
final class ScriptCode {
  private final byte[] script;
  private int start;
  private byte[] covered;

  ScriptCode(byte[] script) {
    this.script = script;
    this.covered = script;
  }

  /**
   * A code separator has been executed, and the next instruction is here. Nothing is copied before
   * a signature asks for it: a tapscript may hold millions of code separators.
   */
  void beginAt(int position) {
    start = position;
    covered = null;
  }

  /** Shared, never changed. */
  byte[] bytes() {
    if (covered == null) {
      covered = Arrays.copyOfRange(script, start, script.length);
    }
    return covered;
  }
}
