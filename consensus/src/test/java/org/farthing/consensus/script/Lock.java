package org.farthing.consensus.script;

import java.util.List;
import org.farthing.consensus.primitives.Script;
import org.farthing.testing.TestKey;

/**
 * A script, and how to satisfy it.
 *
 * @param script what runs, wherever it stands: in the output, behind a hash, in a leaf
 */
record Lock(Script script, Key key) {
  /** Makes the items that the script wants on the stack, the top last. */
  interface Key {
    List<byte[]> items(Signer signer);
  }

  /** Signs under the rules of the place where the script is. */
  interface Signer {
    /**
     * A signature with its hash type.
     *
     * @param last the code separator executed last before the signature is checked
     */
    byte[] sign(TestKey key, Separator last);

    default byte[] sign(TestKey key) {
      return sign(key, Separator.NONE);
    }
  }

  /**
   * A place in a script.
   *
   * @param end where the next instruction begins
   * @param index of the code separator among the instructions
   */
  record Separator(int end, int index) {
    static final Separator NONE = new Separator(0, TaprootContext.NO_SEPARATOR);
  }

  static Lock of(Script script, byte[]... items) {
    List<byte[]> fixed = List.of(items);
    return new Lock(script, signer -> fixed);
  }

  Lock with(Script other) {
    return new Lock(other, key);
  }
}
